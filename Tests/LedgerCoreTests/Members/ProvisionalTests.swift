// Provisional members (M3): admitted on a credential, met at a station, regular once verified.

import Testing

@testable import LedgerCore

@Suite("Provisional members")
struct ProvisionalTests {
  private static let noon = "2022-02-01T12:00:00+08:00"

  static let refusals = [
    RefusalCase(.stationUnknown, "met at a station that is not there") { scene in
      scene.admit(noon, at: "booth")
    },
    RefusalCase(.stationClosed, "met at a closed station") { scene in
      scene.openStation(noon)
      scene.closeStation(noon)
      return scene.admit(noon, at: "booth")
    },
    RefusalCase(.timeBeforeCause, "met at a station before it was opened") { scene in
      scene.openStation(noon)
      return scene.admit("2022-02-01T11:59:59+08:00", at: "booth")
    },
    RefusalCase(.memberExists, "admitting somebody who is a member") { scene in
      scene.admit(noon, "wang")
    },
  ]

  @Test("A provisional member counts as a member, and the credential and the station are known")
  func admitted() {
    var scene = Scene()
    scene.openStation(Self.noon)
    #expect(scene.admit(Self.noon, at: "booth") == .happened(["enrolled"]))
    let member = scene.book.member("guest") ?? Member()
    #expect(member.isProvisional)
    #expect(member.credential == Credential(kind: "work permit", seenBy: "the station"))
    #expect(member.station == "booth")
    #expect(scene.book.organisation("gz")?.members == 2)
    #expect(scene.book.member("wang")?.isProvisional == false)
  }

  @Test("A provisional member earns and spends, but not under a rule for verified members")
  func benefits() {
    var scene = Scene()
    scene.rule()
    scene.rule("real") { $0.verifiedOnly = true }
    scene.admit(Self.noon)
    #expect(scene.earn(Self.noon, member: "guest").isAccepted)
    #expect(scene.spend(Self.noon, 1, member: "guest").isAccepted)
    #expect(scene.earn(Self.noon, "real", member: "guest").code == .outsideAudience)
  }

  @Test("Verification makes the same id a regular member, who keeps everything")
  func verified() {
    var scene = Scene()
    scene.rule()
    scene.rule("real") { $0.verifiedOnly = true }
    scene.admit(Self.noon)
    scene.earn(Self.noon, member: "guest")
    #expect(scene.when(Self.noon, .member(.verify(VerifyMember(member: "guest")))).isAccepted)
    let member = scene.book.member("guest") ?? Member()
    #expect(!member.isProvisional)
    #expect(member.isVerified)
    #expect(member.credential?.kind == "work permit")
    #expect(scene.book.wallet("guest")?.available == 2)
    #expect(scene.earn(Self.noon, "real", member: "guest").isAccepted)
  }

  @Test("A provisional member has a credential, and nobody else has")
  func shape() {
    func problem(_ change: (inout EnrolMember) -> Void) -> String? {
      var data = EnrolMember(member: "guest", organisation: "gz")
      change(&data)
      return Command(id: "c", at: "2022-02-01T12:00:00+08:00", actor: "clerk", .member(.enrol(data))).problem?
        .error
        .description
    }
    let credential = Credential(kind: "work permit", seenBy: "the station")
    #expect(problem { _ in } == nil)
    #expect(
      problem {
        $0.provisional = true
        $0.credential = credential
      } == nil)
    #expect(problem { $0.provisional = true }?.contains("credential") == true)
    #expect(problem { $0.credential = credential }?.contains("credential") == true)
    #expect(problem { $0.provisional = false }?.contains("provisional") == true)
  }
}

extension Scene {
  /// Enrols `guest` in gz provisionally.
  @discardableResult
  mutating func admit(
    _ at: String, _ member: MemberID = "guest", in organisation: OrganisationID = "gz",
    at station: StationID? = nil
  ) -> Outcome {
    when(
      at,
      .member(
        .enrol(
          EnrolMember(
            member: member, organisation: organisation,
            credential: Credential(kind: "work permit", seenBy: "the station"), station: station))))
  }
}
