// Members and their facts (M2, M3). What becomes of points is in Points.

import Testing

@testable import LedgerCore

@Suite("Members")
struct MemberTests {
  private static let noon = "2022-02-01T12:00:00+08:00"

  static let refusals = [
    RefusalCase(.memberUnknown, "verifying nobody") { scene in
      scene.when(noon, .member(.verify(VerifyMember(member: "nobody"))))
    },
    RefusalCase(.memberExists, "enrolling twice") { scene in
      scene.when(noon, .member(.enrol(EnrolMember(member: "wang", organisation: "sz"))))
    },
    RefusalCase(.memberLeft, "leaving twice") { scene in
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
      return scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
    },
    RefusalCase(.memberActive, "rejoining without having left") { scene in
      scene.when(noon, .member(.rejoin(RejoinMember(member: "wang", organisation: "gz"))))
    },
    RefusalCase(.memberVerified, "verifying twice") { scene in
      scene.when(noon, .member(.verify(VerifyMember(member: "wang"))))
      return scene.when(noon, .member(.verify(VerifyMember(member: "wang"))))
    },
    RefusalCase(.memberSameOrganisation, "moving to where one is") { scene in
      scene.when(noon, .member(.transfer(TransferMember(member: "wang", organisation: "gz"))))
    },
    RefusalCase(.organisationClosed, "enrolling in a closed organisation") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "sz"))))
    },
    RefusalCase(.timeBeforeCause, "leaving before having been enrolled") { scene in
      scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "sz"))))
      return scene.when(
        "2022-02-01T11:59:59.999+08:00", .member(.leave(LeaveMember(member: "li", points: .keep))))
    },
    RefusalCase(.factUnknown, "ending a fact that was never stated") { scene in
      scene.endFact("2022-03-01")
    },
    RefusalCase(.factExists, "stating a fact twice") { scene in
      scene.startFact("2022-02-01")
      return scene.startFact("2022-03-01")
    },
    RefusalCase(.factEnded, "ending a fact later than it ended") { scene in
      scene.startFact("2022-02-01", until: "2022-03-01")
      return scene.endFact("2022-03-01")
    },
    RefusalCase(.factEmptyPeriod, "a fact of no day") { scene in
      scene.startFact("2022-02-01", until: "2022-02-01")
    },
    RefusalCase(.factEmptyPeriod, "a fact ended on its first day") { scene in
      scene.startFact("2022-02-01")
      return scene.endFact("2022-02-01")
    },
  ]

  @Test("A fact is true from its first day until the day before it ends, and may end earlier than stated")
  func facts() {
    var scene = Scene()
    #expect(scene.startFact("2022-02-10", until: "2022-05-01") == .happened(["started"]))
    #expect(scene.endFact("2022-03-01") == .happened(["ended"]))
    let member = scene.book.member("wang") ?? Member()
    #expect(!member.hasOccupation(in: ["courier"], on: "2022-02-09"))
    #expect(member.hasOccupation(in: ["courier"], on: "2022-02-10"))
    #expect(member.hasOccupation(in: ["driver", "courier"], on: "2022-02-28"))
    #expect(!member.hasOccupation(in: ["courier"], on: "2022-03-01"))
    #expect(!member.hasOccupation(in: ["driver"], on: "2022-02-15"))
  }

  @Test("A member who comes and goes is counted where the member is")
  func counts() {
    var scene = Scene()
    func counts(_ scene: Scene) -> [Int64] {
      ["gz", "sz"].map { scene.book.organisation(Scene.text($0, OrganisationID.init))?.members ?? -1 }
    }
    #expect(counts(scene) == [1, 0])
    scene.when(Self.noon, .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
    #expect(counts(scene) == [0, 1])
    scene.when(Self.noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
    #expect(counts(scene) == [0, 0])
    scene.when(Self.noon, .member(.rejoin(RejoinMember(member: "wang", organisation: "gz"))))
    #expect(counts(scene) == [1, 0])
  }
}

extension Scene {
  @discardableResult
  fileprivate mutating func startFact(_ from: CivilDay, until: CivilDay? = nil) -> Outcome {
    when(
      "2022-02-01T12:00:00+08:00",
      .member(
        .startFact(
          StartFact(
            member: "wang", fact: "job", kind: .occupation, value: "courier", from: from, until: until))))
  }

  fileprivate mutating func endFact(_ until: CivilDay) -> Outcome {
    when("2022-02-01T12:00:00+08:00", .member(.endFact(EndFact(member: "wang", fact: "job", until: until))))
  }
}
