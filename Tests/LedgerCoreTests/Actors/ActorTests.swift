// Roles with their days and subtrees (L9, L9a): who may do what, where and when.

import Testing

@testable import LedgerCore

@Suite("Actors and roles")
struct ActorTests {
  static let refusals = [
    RefusalCase(.actorUnknown, "a command by nobody") { scene in
      scene.when("2022-02-01T09:00:00+08:00", .actor(.register(RegisterActor(actor: "app"))), by: "nobody")
    },
    RefusalCase(.actorUnknown, "a role for nobody") { scene in
      scene.grant("nobody", .operator)
    },
    RefusalCase(.actorRoleMissing, "a clerk registers an actor") { scene in
      scene.when("2022-02-01T09:00:00+08:00", .actor(.register(RegisterActor(actor: "app"))))
    },
    RefusalCase(.actorOutsideOrganisation, "an operator of one city enrols in another") { scene in
      scene.local("2022-01-01", "2023-01-01")
      return scene.enrol("li", "sz", "2022-02-01T09:00:00+08:00", by: "local")
    },
    RefusalCase(.actorOutsideOrganisation, "an operator of a city registers a root") { scene in
      scene.local("2022-01-01", "2023-01-01")
      return scene.when(
        "2022-02-01T09:00:00+08:00", .organisation(.register(RegisterOrganisation(organisation: "hn"))),
        by: "local")
    },
    RefusalCase(.actorExists, "a registered actor is registered") { scene in
      scene.when("2022-02-01T09:00:00+08:00", .actor(.register(RegisterActor(actor: "clerk"))), by: "owner")
    },
    RefusalCase(.roleExists, "the same role over the same organisation in days that overlap") { scene in
      scene.grant("clerk", .operator)
    },
    RefusalCase(.roleUnknown, "a role that is not held is revoked") { scene in
      scene.revoke("clerk", .finance, "2022-03-01")
    },
    RefusalCase(.roleEmptyPeriod, "a role of no day") { scene in
      scene.when(
        "2022-02-01T09:00:00+08:00",
        .actor(
          .grantRole(GrantRole(actor: "clerk", role: .auditor, from: "2022-02-01", until: "2022-02-01"))),
        by: "owner")
    },
  ]

  @Test("A command may be five minutes ahead of the ledger's clock, and no more")
  func tolerance() {
    var scene = Scene()
    let outcome = scene.when(
      "2022-02-01T09:05:00+08:00", .actor(.register(RegisterActor(actor: "app"))), by: "owner",
      recorded: "2022-02-01T09:00:00+08:00")
    #expect(outcome == .happened(["registered"]))
  }

  @Test("A role holds from its first day until the day before it ends, by the day of the command")
  func days() {
    var scene = Scene()
    scene.local("2022-03-01", "2022-04-01")
    #expect(scene.enrol("a", "gz", "2022-02-28T23:59:59+08:00", by: "local").code == .actorRoleMissing)
    #expect(scene.enrol("b", "gz", "2022-03-01T00:00:00+08:00", by: "local").isAccepted)
    #expect(scene.enrol("c", "gz", "2022-03-31T23:59:59.999+08:00", by: "local").isAccepted)
    #expect(scene.enrol("d", "gz", "2022-04-01T00:00:00+08:00", by: "local").code == .actorRoleMissing)
    // A late command is judged by the day on which it happened.
    #expect(scene.enrol("e", "gz", "2022-03-15T09:00:00+08:00", by: "local").isAccepted)
  }

  @Test("A role reaches everything below its organisation and nothing beside or above it")
  func subtree() {
    var scene = Scene()
    scene.local("2022-01-01", "2023-01-01")
    let at = "2022-02-01T09:00:00+08:00"
    #expect(scene.enrol("a", "gz", at, by: "local").isAccepted)
    #expect(scene.enrol("b", "gz-1", at, by: "local").isAccepted)
    #expect(scene.enrol("c", "sz", at, by: "local").code == .actorOutsideOrganisation)
    #expect(scene.enrol("d", "gd", at, by: "local").code == .actorOutsideOrganisation)
    let transfer = CommandBody.member(.transfer(TransferMember(member: "a", organisation: "sz")))
    #expect(scene.when(at, transfer, by: "local").code == .actorOutsideOrganisation)
    #expect(scene.when(at, transfer).isAccepted)
  }

  @Test("A revoked role ends on its day and may be granted again from then on")
  func revoke() {
    var scene = Scene()
    #expect(scene.revoke("clerk", .operator, "2022-03-01").isAccepted)
    #expect(scene.revoke("clerk", .operator, "2022-04-01").code == .roleUnknown)
    #expect(
      scene.when("2022-02-28T09:00:00+08:00", .member(.verify(VerifyMember(member: "wang")))).isAccepted)
    let data = GrantRole(actor: "clerk", role: .operator, from: "2022-03-01")
    #expect(scene.when("2022-03-02T09:00:00+08:00", .actor(.grantRole(data)), by: "owner").isAccepted)
  }
}

extension Scene {
  @discardableResult
  fileprivate mutating func grant(_ actor: ActorID, _ role: Role) -> Outcome {
    when(
      "2022-02-01T09:00:00+08:00",
      .actor(.grantRole(GrantRole(actor: actor, role: role, from: "2022-02-01"))),
      by: "owner")
  }

  fileprivate mutating func revoke(_ actor: ActorID, _ role: Role, _ until: CivilDay) -> Outcome {
    when(
      "2022-02-01T09:00:00+08:00", .actor(.revokeRole(RevokeRole(actor: actor, role: role, until: until))),
      by: "owner")
  }

  /// An operator of `gz` and all below it.
  fileprivate mutating func local(_ from: CivilDay, _ until: CivilDay) {
    let at = "2022-01-02T09:00:00+08:00"
    when(at, .actor(.register(RegisterActor(actor: "local"))), by: "owner")
    let data = GrantRole(actor: "local", role: .operator, organisation: "gz", from: from, until: until)
    when(at, .actor(.grantRole(data)), by: "owner")
  }

  fileprivate mutating func enrol(
    _ member: MemberID, _ organisation: OrganisationID, _ at: String, by actor: ActorID
  ) -> Outcome {
    when(at, .member(.enrol(EnrolMember(member: member, organisation: organisation))), by: actor)
  }
}
