// The tree of unions (M1): registering, renaming, closing.

import Testing

@testable import LedgerCore

@Suite("Organisations")
struct OrganisationTests {
  private static let noon = "2022-02-01T12:00:00+08:00"

  static let refusals = [
    RefusalCase(.organisationUnknown, "below one that is not there") { scene in
      scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "x", parent: "y"))))
    },
    RefusalCase(.organisationExists, "an id that is taken") { scene in
      scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "gz"))))
    },
    RefusalCase(.organisationClosed, "below one that is closed") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "x", parent: "sz"))))
    },
    RefusalCase(.organisationClosed, "closing twice") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
    },
    RefusalCase(.organisationNotEmpty, "with an open organisation below it") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "gd"))))
    },
    RefusalCase(.organisationInUse, "with an open fund") { scene in
      scene = .withFunds()
      return scene.when(Scene.morning, .organisation(.close(CloseOrganisation(organisation: "sz"))))
    },
    RefusalCase(.organisationInUse, "with a merchant") { scene in
      scene.merchant("shop", of: "sz", at: noon)
      return scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
    },
    RefusalCase(.timeBeforeCause, "renamed before it was registered") { scene in
      scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "x"))))
      return scene.when(
        "2022-02-01T11:59:59+08:00", .organisation(.rename(RenameOrganisation(organisation: "x", name: "X"))))
    },
  ]

  @Test("An organisation closes when its members and the organisations below it are gone")
  func close() {
    var scene = Scene()
    let close = CommandBody.organisation(.close(CloseOrganisation(organisation: "gz")))
    #expect(
      scene.when(Self.noon, close)
        == .refused(
          Refusal(
            .organisationNotEmpty,
            [
              Refusal.Detail(name: "members", value: .number(1)),
              Refusal.Detail(name: "children", value: .number(1)),
            ])))
    #expect(scene.when(Self.noon, .organisation(.close(CloseOrganisation(organisation: "gz-1")))).isAccepted)
    scene.when(Self.noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
    #expect(scene.when(Self.noon, close) == .happened(["closed"]))
    #expect(scene.book.organisation("gd")?.children == 1)
  }

  @Test("An organisation closes when its funds and merchants are closed and its store is empty")
  func inUse() {
    var scene = Scene.withMoney()
    scene.when(
      Scene.july, .actor(.grantRole(GrantRole(actor: "clerk", role: .finance, from: "2022-01-01"))),
      by: "owner")
    let close = CommandBody.organisation(.close(CloseOrganisation(organisation: "sz")))
    scene.when(
      Scene.july, .party(.register(RegisterParty(party: "maker", kind: .employer, organisation: "gz"))))
    for gift in ["cup", "pen"] as [GiftID] {
      scene.when(
        Scene.july,
        .gift(
          .donate(DonateGift(gift: gift, organisation: "sz", party: "maker", pieces: 2, unitWorth: 100))))
    }
    scene.when(Scene.july, .gift(.writeOff(WriteOffGift(gift: "pen", pieces: 2, reason: "broken"))))
    #expect(
      scene.when(Scene.july, close).refusal
        == Refusal(
          .organisationInUse,
          [
            Refusal.Detail(name: "funds", value: .number(1)),
            Refusal.Detail(name: "merchants", value: .number(1)),
            Refusal.Detail(name: "gifts", value: .number(1)),
          ]))
    scene.when(Scene.july, .gift(.writeOff(WriteOffGift(gift: "cup", pieces: 2, reason: "broken"))))
    scene.when(Scene.july, .merchant(.close(CloseMerchant(merchant: "shop-sz"))))
    scene.openFund("next", in: "gz")
    scene.allot("cool-sz", "next", 1_000_000, at: Scene.july)
    #expect(scene.when(Scene.july, close).code == .organisationInUse)
    #expect(scene.closeFund("cool-sz", at: Scene.july).isAccepted)
    #expect(scene.when(Scene.july, close) == .happened(["closed"]))
  }

  @Test("A renamed organisation keeps its id")
  func rename() {
    var scene = Scene()
    scene.when(Self.noon, .organisation(.rename(RenameOrganisation(organisation: "gz", name: "Guangzhou"))))
    #expect(scene.book.organisation("gz")?.name == "Guangzhou")
  }
}
