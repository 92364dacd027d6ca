// Gifts (O4): buying, moving, handing over, counting, writing off, and how each is refused. Whose money the pieces were
// is in GiftCostTests.

import Testing

@testable import LedgerCore

@Suite("Gifts")
struct GiftTests {
  private static let noon = Scene.noon
  private static let dawn = "2022-01-01T00:00:00+08:00"

  static let refusals = [
    RefusalCase(.giftUnknown, "moving one that was never bought") { scene in
      scene.fund()
      scene.openStation(dawn)
      return scene.move(noon, 1)
    },
    RefusalCase(.giftOfOtherOrganisation, "buying another union's gift") { scene in
      scene.towels()
      return scene.buy(noon, 1, at: 1_200, organisation: "gd")
    },
    RefusalCase(.giftStockTooLow, "moving more than the store has") { scene in
      scene.towels()
      return scene.move(noon, 101)
    },
    RefusalCase(.giftStockTooLow, "handing over where nothing is") { scene in
      scene.towels()
      return scene.handOver(noon)
    },
    RefusalCase(.giftStockTooLow, "writing off more than there is") { scene in
      scene.towels()
      scene.move(noon, 5)
      return scene.writeOff(noon, 6, station: "booth")
    },
    RefusalCase(.giftAlreadyReceived, "a second one in the same campaign") { scene in
      scene.towels()
      scene.move(noon, 5)
      scene.handOver(noon)
      return scene.handOver(noon)
    },
    RefusalCase(.giftAlreadyReceived, "at another station, after a merge with who got it") { scene in
      scene.towels()
      scene.move(noon, 5)
      scene.move(noon, 5, to: "kiosk")
      scene.admit(dawn)
      scene.handOver(noon, to: "guest")
      scene.when(noon, .member(.merge(MergeMember(member: "guest", into: "wang"))))
      return scene.handOver(noon, station: "kiosk")
    },
    RefusalCase(.giftTooManyBatches, "moving 31 batches with a receipt each at once") { scene in
      scene.fund()
      scene.openStation(dawn)
      for _ in 1...31 { scene.buy(dawn, 2, at: 100) }
      return scene.move(noon, 62)
    },
    RefusalCase(.timeBeforeCause, "handing over before the pieces came") { scene in
      scene.towels()
      scene.move(noon, 5)
      return scene.handOver("2022-07-01T11:59:59+08:00")
    },
    RefusalCase(.timeBeforeCause, "buying more before it was first bought") { scene in
      scene.fund()
      scene.buy(noon, 1, at: 100)
      return scene.buy("2022-07-01T11:59:59+08:00", 1, at: 100)
    },
    RefusalCase(.giftSurplusUnexplained, "a surplus without a reason and a document") { scene in
      scene.towels()
      return scene.count(noon, 101, explained: false)
    },
    RefusalCase(.timeBeforeCause, "a count of the moment before the last movement") { scene in
      scene.towels()
      scene.move(noon, 5)
      return scene.count("2022-07-01T11:59:59+08:00", 95)
    },
    RefusalCase(.fundBalanceTooLow, "buying for more than the fund has") { scene in
      scene.fund()
      return scene.buy(noon, 6_001, at: 100)
    },
    RefusalCase(.partyUnknown, "a donation of somebody who is not known") { scene in
      scene.fund()
      return scene.donate(noon, 1, worth: 100, by: "nobody")
    },
    RefusalCase(.memberLeft, "handing over to one who has left") { scene in
      scene.towels()
      scene.move(noon, 5)
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
      return scene.handOver(noon)
    },
    RefusalCase(.stationClosed, "moving to a closed station") { scene in
      scene.towels()
      scene.closeStation(noon)
      return scene.move(noon, 5)
    },
    RefusalCase(.giftsLeft, "closing a station that has gifts") { scene in
      scene.towels()
      scene.move(noon, 5)
      return scene.closeStation(noon)
    },
  ]

  @Test("pieces are bought into the store, moved, handed over and written off; they add up at every step")
  func life() {
    var scene = Scene()
    scene.towels()
    #expect(scene.towel.stored == 100)
    #expect(scene.towel.store.pieces == 100)
    scene.move(Self.noon, 30)
    scene.move(Self.noon, 10, from: "booth", to: "kiosk")
    scene.handOver(Self.noon, 2)
    scene.handOver(Self.noon, in: "autumn", station: "kiosk")
    scene.writeOff(Self.noon, 4, station: "kiosk")
    scene.writeOff(Self.noon, 1)
    scene.move(Self.noon, 3, from: "booth", to: nil)
    #expect(scene.towel.acquired == 100)
    #expect(scene.towel.handedOver == 3)
    #expect(scene.towel.writtenOff == 5)
    #expect(scene.towel.stored == 92)
    #expect(scene.towel.store.pieces == 72)
    #expect(scene.stock("booth").pieces == 15)
    #expect(scene.stock("kiosk").pieces == 5)
    #expect(scene.book.stationGifts["kiosk"]?.gifts == [GiftCount(gift: "towel", pieces: 5)])
    #expect(
      scene.handedOver().map { "\($0.campaign) \($0.station) \($0.pieces)" } == [
        "summer booth 2", "autumn kiosk 1",
      ])
    #expect(scene.rowsDiffering(in: [.gift, .giftStock, .stationGifts, .giftHandover]) == [])
    scene.expectSameInParts()
  }

  @Test("refusals tell how many pieces are short, and how many can be taken at a time")
  func numbers() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 5)
    #expect(scene.move(Self.noon, 97).refusal == Refusal(.giftStockTooLow, "short", 2))
    #expect(scene.handOver(Self.noon, 8).refusal == Refusal(.giftStockTooLow, "short", 3))
    #expect(scene.closeStation(Self.noon).refusal == Refusal(.giftsLeft, "pieces", 5))
    for _ in 1...40 { scene.buy(Self.noon, 1, at: 100, gift: "cup") }
    let refused = scene.move(Self.noon, 40, gift: "cup").refusal
    #expect(refused?.details.map(\.value) == [.number(60), .number(30)])
    #expect(scene.move(Self.noon, 30, gift: "cup").isAccepted)
    #expect(scene.move(Self.noon, 10, gift: "cup").isAccepted)
    #expect(scene.stock("booth", of: "cup").count == 40)
  }

  @Test("the oldest batch goes first, also when a younger one came to the station before it")
  func oldestFirst() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 100, to: "kiosk")
    scene.buy(Self.noon, 10, at: 1_500, id: "younger")
    scene.move("2022-07-02T12:00:00+08:00", 10)
    scene.move("2022-07-03T12:00:00+08:00", 3, from: "kiosk", to: "booth")
    #expect(scene.stock("booth").map { "\($0.batch) \($0.pieces)" } == ["towels 3", "younger 10"])
    scene.handOver("2022-07-04T12:00:00+08:00", 4)
    #expect(scene.stock("booth").map { "\($0.batch) \($0.pieces)" } == ["younger 9"])
  }

  @Test("what was there at the time is handed over, though more of the older batch came later")
  func atTheTime() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 2)
    scene.move("2022-07-05T12:00:00+08:00", 3)
    #expect(scene.handOver("2022-07-02T12:00:00+08:00", 2).isAccepted)
    let early = scene.handOver("2022-07-02T12:00:00+08:00", 2, in: "autumn")
    #expect(early.refusal == .beforeCause("pieces of the gift", since: "2022-07-05T12:00:00+08:00"))
    #expect(scene.handOver("2022-07-05T12:00:00+08:00", 2, in: "autumn").isAccepted)
  }

  @Test("a member gets it once in a campaign, and again in another one; another gift is another matter")
  func oncePerCampaign() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 10)
    scene.buy(Self.noon, 10, at: 100, gift: "cup")
    scene.move(Self.noon, 10, gift: "cup")
    #expect(scene.handOver(Self.noon).isAccepted)
    let again = scene.handOver("2022-07-09T12:00:00+08:00")
    #expect(again.refusal == Refusal(.giftAlreadyReceived, "since", "2022-07-01T04:00:00.000Z"))
    #expect(scene.handOver(Self.noon, in: "autumn").isAccepted)
    #expect(scene.handOver(Self.noon, gift: "cup").isAccepted)
    #expect(scene.towel.handedOver == 2)
  }

  @Test("a count writes off what is missing and takes in what is found, which has cost nothing")
  func count() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 20)
    #expect(scene.count(Self.noon, 18, station: "booth").isAccepted)
    #expect(scene.towel.writtenOff == 2)
    #expect(scene.stock("booth").pieces == 18)
    #expect(scene.towel.costWrittenOff == 2_400)
    #expect(scene.count(Self.noon, 18, station: "booth").isAccepted)
    #expect(scene.towel.writtenOff == 2)
    #expect(scene.count(Self.noon, 21, station: "booth").isAccepted)
    #expect(scene.towel.acquired == 103)
    #expect(scene.stock("booth").pieces == 21)
    #expect(scene.stock("booth").cost == 21_600)
    #expect(scene.count(Self.noon, 0).isAccepted)
    #expect(scene.towel.store.isEmpty)
    #expect(scene.towel.stored == 21)
    #expect(scene.towel.acquired == scene.towel.stored + scene.towel.writtenOff)
    scene.expectSameInParts()
  }

  @Test("a station without gifts closes, after they were moved or written off")
  func closing() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 5)
    scene.move(Self.noon, 3, from: "booth", to: nil)
    #expect(scene.closeStation(Self.noon).code == .giftsLeft)
    scene.writeOff(Self.noon, 2, station: "booth")
    #expect(scene.closeStation(Self.noon).isAccepted)
    #expect(scene.closeStation(Self.noon, "kiosk").isAccepted)
  }

  @Test("an operator acts where the pieces are; a service only hands over")
  func authority() {
    var scene = Scene()
    scene.towels()
    scene.openStation(Self.dawn, "far", in: "sz")
    for (actor, role, organisation) in [
      ("app", Role.service, OrganisationID("gz")), ("local", .operator, "sz"),
    ] as [(ActorID, Role, OrganisationID?)] {
      scene.when(Self.dawn, .actor(.register(RegisterActor(actor: actor))), by: "owner")
      scene.when(
        Self.dawn,
        .actor(
          .grantRole(GrantRole(actor: actor, role: role, organisation: organisation, from: "2022-01-01"))),
        by: "owner")
    }
    #expect(scene.move(Self.noon, 5).isAccepted)
    #expect(scene.move(Self.noon, 5, to: "far").isAccepted)
    #expect(scene.handOver(Self.noon, by: "app").isAccepted)
    #expect(scene.move(Self.noon, 5, by: "app").code == .actorRoleMissing)
    #expect(scene.move(Self.noon, 5, to: "far", by: "local").code == .actorOutsideOrganisation)
    #expect(scene.count(Self.noon, 5, station: "far", by: "local").isAccepted)
    #expect(scene.count(Self.noon, 5, station: "booth", by: "local").code == .actorOutsideOrganisation)
    #expect(scene.buy(Self.noon, 1, at: 100, by: "local").code == .actorOutsideOrganisation)
  }
}
