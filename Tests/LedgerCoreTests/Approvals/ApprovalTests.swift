// A command that waits for a second actor (L6): who may open, grant and deny, and what becomes of what waited.

import Testing

@testable import LedgerCore

@Suite("Approvals")
struct ApprovalTests {
  static let refusals = [
    RefusalCase(.approvalUnknown, "nobody opened it") { scene in
      scene.grantApproval("2022-02-01T09:00:00+08:00", "nothing")
    },
    RefusalCase(.approvalDecided, "a granted one is granted again") { scene in
      scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
      scene.grantApproval("2022-02-01T10:00:00+08:00", "ask")
      return scene.grantApproval("2022-02-01T11:00:00+08:00", "ask")
    },
    RefusalCase(.approvalDecided, "a denied one is granted") { scene in
      scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
      scene.denyApproval("2022-02-01T10:00:00+08:00", "ask", by: "chief")
      return scene.grantApproval("2022-02-01T11:00:00+08:00", "ask")
    },
    RefusalCase(.approvalBySameActor, "who opened it is an approver too, and grants it") { scene in
      scene.approver("clerk")
      scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
      return scene.grantApproval("2022-02-01T10:00:00+08:00", "ask", by: "clerk")
    },
    RefusalCase(.approvalNotPossible, "an approval of an approval") { scene in
      scene.when(
        "2022-02-01T09:00:00+08:00",
        .approval(.open(OpenApproval(.approval(.open(OpenApproval(Scene.leaving)))))))
    },
    RefusalCase(.approvalNotPossible, "a job") { scene in
      scene.when(
        "2022-02-01T09:00:00+08:00",
        .approval(.open(OpenApproval(.job(.closeDay(CloseDay(day: "2022-01-31")))))))
    },
    RefusalCase(.approvalNotPossible, "an application for a grant, which another is to approve") { scene in
      scene.when(
        "2022-02-01T09:00:00+08:00",
        .approval(.open(OpenApproval(.grant(.apply(ApplyForGrant(programme: "p", station: "s")))))))
    },
    RefusalCase(.approvalNotPossible, "the approval of a campaign, which is a second actor's by itself") {
      scene in
      scene.when(
        "2022-02-01T09:00:00+08:00",
        .approval(.open(OpenApproval(.campaign(.approve(ApproveCampaign(campaign: "c", version: 1)))))))
    },
  ]

  @Test("What waits is decided when it is granted, by its own rules and at that time")
  func granted() {
    var scene = Scene()
    scene.rule()
    scene.earn("2022-01-10T09:00:00+08:00")
    #expect(scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask") == .happened(["opened"]))
    #expect(scene.book.member("wang")?.left == nil)
    #expect(
      scene.grantApproval("2022-02-02T09:00:00+08:00", "ask")
        == .happened(["granted", "left", "forfeited lots 2 of read@1 until 2022-12-31"]))
    #expect(scene.book.member("wang")?.left == .forfeit)
    let approval = scene.book.approval("ask")
    #expect(approval?.status == .granted)
    #expect(approval?.decidedBy == "chief")
    #expect(approval?.opener == "clerk")
  }

  @Test("A refusal of what waits is the grant's, and the approval stays open")
  func refusedInside() {
    var scene = Scene()
    scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
    scene.when("2022-02-02T09:00:00+08:00", Scene.leaving)
    let refused = scene.grantApproval("2022-02-03T09:00:00+08:00", "ask")
    #expect(refused.code == .memberLeft)
    #expect(scene.records.last?.refusal != nil)
    #expect(scene.book.approval("ask")?.status == .open)
    scene.when(
      "2022-02-04T09:00:00+08:00", .member(.rejoin(RejoinMember(member: "wang", organisation: "gz"))))
    #expect(scene.grantApproval("2022-02-05T09:00:00+08:00", "ask").isAccepted)
  }

  @Test("What is due on whom it is about comes first")
  func dueFirst() {
    var scene = Scene()
    scene.rule("read", 2, .endOfMonth(later: 0))
    scene.earn("2022-01-10T09:00:00+08:00")
    scene.openApproval("2022-01-20T09:00:00+08:00", id: "ask")
    #expect(
      scene.grantApproval("2022-02-02T09:00:00+08:00", "ask")
        == .happened([
          "expired lots 2 of read@1 until 2022-01-31 at 2022-01-31T16:00:00.000Z", "granted", "left",
        ]))
  }

  @Test("Who opens needs the role of what waits; who grants is an approver over the same organisation")
  func roles() {
    var scene = Scene()
    scene.approver("chief", over: "sz")
    #expect(
      scene.openApproval("2022-02-01T09:00:00+08:00", id: "nobody", by: "chief").code == .actorRoleMissing)
    scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
    #expect(scene.grant("ask", by: "chief") == .actorOutsideOrganisation)
    #expect(scene.grant("ask", by: "clerk") == .actorRoleMissing)
  }

  @Test("The actor who opened it may take it back, and no other without the role")
  func takenBack() {
    var scene = Scene()
    scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
    #expect(scene.denyApproval("2022-02-01T10:00:00+08:00", "ask", by: "owner").code == .actorRoleMissing)
    #expect(scene.denyApproval("2022-02-01T11:00:00+08:00", "ask", by: "clerk").isAccepted)
    #expect(scene.book.approval("ask")?.status == .denied)
  }

  @Test("A grant before the opening's time is too early")
  func beforeCause() {
    var scene = Scene()
    scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
    let early = scene.grantApproval("2022-02-01T08:59:59+08:00", "ask")
    #expect(early.code == .timeBeforeCause)
  }

  @Test("An opener whose role has ended since no longer carries what waits")
  func roleEnded() {
    var scene = Scene()
    scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
    scene.when(
      "2022-02-02T09:00:00+08:00",
      .actor(.revokeRole(RevokeRole(actor: "clerk", role: .operator, until: "2022-02-03"))), by: "owner")
    #expect(scene.grantApproval("2022-02-02T10:00:00+08:00", "ask").isAccepted)
    scene = Scene()
    scene.openApproval("2022-02-01T09:00:00+08:00", id: "ask")
    scene.when(
      "2022-02-02T09:00:00+08:00",
      .actor(.revokeRole(RevokeRole(actor: "clerk", role: .operator, until: "2022-02-03"))), by: "owner")
    #expect(scene.grantApproval("2022-02-03T10:00:00+08:00", "ask").code == .actorRoleMissing)
  }
}

extension Scene {
  static let leaving = CommandBody.member(.leave(LeaveMember(member: "wang", points: .forfeit)))

  /// Makes an actor an approver, registering it if need be.
  mutating func approver(_ actor: ActorID, over organisation: OrganisationID? = nil) {
    let dawn = "2022-01-01T00:00:00+08:00"
    if book.actor(actor) == nil { when(dawn, .actor(.register(RegisterActor(actor: actor))), by: "owner") }
    when(
      dawn,
      .actor(
        .grantRole(GrantRole(actor: actor, role: .approver, organisation: organisation, from: "2022-01-01"))),
      by: "owner")
  }

  /// Holds wang's leaving until a second actor agrees.
  @discardableResult
  mutating func openApproval(_ at: String, id: String, by actor: ActorID = "clerk") -> Outcome {
    when(at, .approval(.open(OpenApproval(Self.leaving))), by: actor, id: id)
  }

  @discardableResult
  mutating func grantApproval(_ at: String, _ approval: CommandID, by actor: ActorID = "chief") -> Outcome {
    if book.actor(actor) == nil { approver(actor) }
    return when(at, .approval(.grant(GrantApproval(approval: approval))), by: actor)
  }

  fileprivate mutating func grant(_ approval: CommandID, by actor: ActorID) -> Refusal.Code? {
    when("2022-02-01T10:00:00+08:00", .approval(.grant(GrantApproval(approval: approval))), by: actor).code
  }

  @discardableResult
  mutating func denyApproval(_ at: String, _ approval: CommandID, by actor: ActorID) -> Outcome {
    if book.actor(actor) == nil { approver(actor) }
    return when(at, .approval(.deny(DenyApproval(approval: approval))), by: actor)
  }
}
