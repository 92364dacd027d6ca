// Grants to stations (M6): a programme from its opening to its close, and how each step is refused. How a sum is split
// over 2,600 stations and what an exit recovers is in GrantSplitTests.

import Testing

@testable import LedgerCore

@Suite("Grants to stations")
struct GrantTests {
  private static let noon = Scene.noon
  private static let before = "2022-07-01T11:59:59+08:00"

  static let refusals = [
    RefusalCase(.programmeUnknown, "applying to one that is not there") { scene in
      scene.towels()
      return scene.apply(noon)
    },
    RefusalCase(.programmeExists, "opening it twice") { scene in
      scene.programme(1_000)
      return scene.openProgramme(noon, 1_000)
    },
    RefusalCase(.fundBalanceTooLow, "a sum that the fund does not have") { scene in
      scene.fund()
      return scene.openProgramme(noon, 600_001)
    },
    RefusalCase(.programmeClosed, "applying after its close") { scene in
      scene.programme(1_000)
      scene.closeProgramme(noon)
      return scene.apply(noon)
    },
    RefusalCase(.programmeClosed, "closing it twice") { scene in
      scene.programme(1_000)
      scene.closeProgramme(noon)
      return scene.closeProgramme(noon)
    },
    RefusalCase(.timeBeforeCause, "applying before it was opened") { scene in
      scene.towels()
      scene.openProgramme(noon, 1_000)
      return scene.apply(before)
    },
    RefusalCase(.applicationsClosed, "applying after the applications were closed") { scene in
      scene.split(1_000)
      return scene.apply(noon, "kiosk")
    },
    RefusalCase(.applicationsOpen, "approving before the sum is split") { scene in
      scene.programme(1_000)
      scene.apply(noon)
      return scene.approve(noon)
    },
    RefusalCase(.noApplications, "splitting over nobody") { scene in
      scene.programme(1_000)
      return scene.closeApplications(noon)
    },
    RefusalCase(.timeBeforeCause, "closing the applications before the last one") { scene in
      scene.programme(1_000)
      scene.apply(noon)
      return scene.closeApplications(before)
    },
    RefusalCase(.grantExists, "applying twice") { scene in
      scene.programme(1_000)
      scene.apply(noon)
      return scene.apply(noon)
    },
    RefusalCase(.stationClosed, "applying for a closed station") { scene in
      scene.programme(1_000)
      scene.closeStation(noon)
      return scene.apply(noon)
    },
    RefusalCase(.grantNothingLeft, "one station more than there are fen") { scene in
      scene.programme(1)
      scene.apply(noon)
      return scene.apply(noon, "kiosk")
    },
    RefusalCase(.grantNotInspected, "an exit before any inspection") { scene in
      scene.paid(1_000)
      return scene.exit(noon)
    },
    RefusalCase(.grantUnknown, "approving what nobody applied for") { scene in
      scene.split(1_000)
      return scene.approve(noon, "kiosk")
    },
    RefusalCase(.grantBySameActor, "approving by the actor who applied") { scene in
      scene.programme(1_000)
      scene.apply(noon, by: "chief")
      scene.closeApplications(noon)
      return scene.approve(noon)
    },
    RefusalCase(.grantWrongStatus, "paying what is not approved") { scene in
      scene.split(1_000)
      return scene.pay(noon)
    },
    RefusalCase(.grantWrongStatus, "paying twice") { scene in
      scene.paid(1_000)
      return scene.pay(noon)
    },
    RefusalCase(.timeBeforeCause, "paying before it was approved") { scene in
      scene.split(1_000)
      scene.approve("2022-07-02T12:00:00+08:00")
      return scene.pay(noon)
    },
    RefusalCase(.grantWrongStatus, "an exit before the payment") { scene in
      scene.split(1_000)
      return scene.exit(noon)
    },
    RefusalCase(.grantMonthsExceeded, "more months used than there were") { scene in
      scene.paid(1_000)
      scene.inspect(noon, passed: true)
      return scene.exit(noon, used: 37)
    },
    RefusalCase(.fundCommitted, "closing a fund on which a programme stands") { scene in
      scene.programme(1_000)
      return scene.when(noon, .fund(.close(CloseFund(fund: "f"))))
    },
    RefusalCase(.timeBeforeCause, "closing before the last payment") { scene in
      scene.paid(1_000)
      return scene.closeProgramme(before)
    },
  ]

  @Test(
    "a programme is opened, applied to, split, approved, paid, inspected, left and closed; the fund follows")
  func life() {
    var scene = Scene()
    scene.programme(150_001)
    #expect(scene.fundTold == "449999 150001 0")
    scene.apply(Self.noon)
    scene.apply(Self.noon, "kiosk")
    scene.closeApplications(Self.noon)
    scene.approve(Self.noon)
    scene.approve(Self.noon, "kiosk")
    #expect(scene.grant().amount == 75_001)
    #expect(scene.grant("kiosk").amount == 75_000)
    scene.pay(Self.noon)
    #expect(scene.fundTold == "449999 75000 75001")
    #expect(scene.grant().shares.told == ["city 75001"])
    scene.pay(Self.noon, "kiosk")
    #expect(scene.grant("kiosk").shares.told == ["city 24999", "own 50001"])
    #expect(scene.fundTold == "449999 0 150001")
    #expect(scene.inspect(Self.noon, passed: false).isAccepted)
    #expect(scene.grant().status == .paid)
    #expect(scene.inspect(Self.noon, passed: true).isAccepted)
    #expect(
      scene.inspect(Self.noon, passed: true).refusal == Refusal(.grantWrongStatus, "status", "inspected"))
    #expect(scene.exit(Self.noon).isAccepted)
    #expect(scene.fundTold == "525000 0 75000")
    #expect(scene.grant().recovered == 75_001)
    #expect(scene.closeProgramme(Self.noon).isAccepted)
    let programme = scene.book.programmes["p"]
    #expect(programme?.applied == 2 && programme?.approved == 2 && programme?.paid == 2)
    #expect(programme?.inspected == 1 && programme?.exited == 1)
    #expect(programme?.paidSum == 150_001 && programme?.recovered == 75_001 && programme?.released == 0)
    #expect(scene.rowsDiffering(in: [.programme, .stationGrant]) == [])
    scene.expectSameInParts()
  }

  @Test("a grant exits after an inspection that found fault, also of a station that is closed")
  func exitAfterFault() {
    var scene = Scene()
    scene.paid(1_000)
    scene.closeStation(Self.noon)
    #expect(scene.exit(Self.noon).code == .grantNotInspected)
    #expect(scene.inspect(Self.noon, passed: false).isAccepted)
    #expect(scene.exit(Self.noon).isAccepted)
    #expect(scene.grant().status == .exited && scene.grant().failedInspections == 1)
  }

  @Test("closing a programme releases what was not paid, to the receipts on which it stood")
  func release() {
    var scene = Scene()
    scene.programme(150_000)
    scene.apply(Self.noon)
    scene.apply(Self.noon, "kiosk")
    scene.closeApplications(Self.noon)
    scene.approve(Self.noon)
    scene.approve(Self.noon, "kiosk")
    scene.pay(Self.noon)
    #expect(scene.closeProgramme(Self.noon).isAccepted)
    #expect(scene.fundTold == "525000 0 75000")
    #expect(scene.book.funds["f"]?.receipts.map(\.spent) == [75_000, 0])
    #expect(scene.book.programmes["p"]?.released == 75_000)
    #expect(scene.book.programmes["p"]?.committed == [])
    #expect(scene.pay(Self.noon, "kiosk").code == .programmeClosed)
    #expect(
      scene.inspect(Self.noon, passed: true).isAccepted, "what was paid is inspected after the close too")
    #expect(scene.exit(Self.noon, used: 12).isAccepted)
    #expect(scene.fundTold == "575000 0 25000")
  }

  @Test("the station's union applies, the programme's approves, pays, and inspects")
  func authority() {
    var scene = Scene()
    scene.fund()
    scene.openStation("2022-01-01T00:00:00+08:00", "far", in: "sz")
    for (actor, roles, organisation) in [
      ("local", [Role.operator, .finance, .approver], "sz"),
      ("home", [.operator, .finance, .approver], "gz"),
    ] as [(ActorID, [Role], OrganisationID)] {
      let dawn = "2022-01-01T00:00:00+08:00"
      scene.when(dawn, .actor(.register(RegisterActor(actor: actor))), by: "owner")
      for role in roles {
        scene.when(
          dawn,
          .actor(
            .grantRole(GrantRole(actor: actor, role: role, organisation: organisation, from: "2022-01-01"))),
          by: "owner")
      }
    }
    #expect(scene.openProgramme(Self.noon, 1_000, by: "local").code == .actorOutsideOrganisation)
    #expect(scene.openProgramme(Self.noon, 1_000, by: "home").isAccepted)
    #expect(scene.apply(Self.noon, "far", by: "home").code == .actorOutsideOrganisation)
    #expect(scene.apply(Self.noon, "far", by: "local").isAccepted)
    #expect(scene.closeApplications(Self.noon).isAccepted)
    #expect(scene.approve(Self.noon, "far", by: "local").code == .actorOutsideOrganisation)
    #expect(scene.approve(Self.noon, "far", by: "clerk").code == .actorRoleMissing)
    #expect(scene.approve(Self.noon, "far", by: "home").isAccepted)
    #expect(scene.pay(Self.noon, "far", by: "home").isAccepted)
  }
}
