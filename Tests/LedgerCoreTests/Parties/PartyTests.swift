// Parties: their memo money, which is never cash, and the cash that enters by receipts (F7, F10).

import Testing

@testable import LedgerCore

@Suite("Parties")
struct PartyTests {
  private static let morning = Scene.morning

  static let refusals = [
    RefusalCase(.partyExists, "an id that is taken") { scene in
      scene.registerParty()
      return scene.registerParty()
    },
    RefusalCase(.organisationClosed, "looked after by a closed organisation") { scene in
      scene.when(morning, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.registerParty(by: "sz")
    },
    RefusalCase(.partyUnknown, "a memo of nobody known") { scene in scene.memo(on: "2022-03-01", 1) },
    RefusalCase(.timeBeforeCause, "a memo recorded before the party was known") { scene in
      scene.registerParty()
      return scene.memo(on: "2022-02-27", 1, at: "2022-02-28T09:00:00+08:00")
    },
    RefusalCase(.memoToCome, "a memo of tomorrow") { scene in
      scene.registerParty()
      return scene.memo(on: "2022-03-02", 1)
    },
  ]

  @Test("what a platform pays its couriers is a memo: visible, and in no fund")
  func memo() {
    var scene = Scene.withFunds()
    scene.receive("city", 100)
    let before = scene.book.totals.money
    #expect(scene.registerParty().isAccepted)
    #expect(scene.memo(on: "2022-02-01", 150_000_000) == .happened(["memo-recorded"]))
    #expect(scene.records.last?.answers == [Answer("contributedFen", count: 150_000_000)])
    scene.memo(on: "2022-03-01", 1)
    let party = scene.book.party("platform") ?? Party()
    #expect(party.contributed == 150_000_001)
    #expect(party.used == 150_000_001)
    var after = scene.book.totals.money
    #expect(after.contributed == 150_000_001)
    (after.contributed, after.used) = (0, 0)
    #expect(after == before)
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("what a donor gives in cash is a receipt, which names it")
  func cash() {
    var scene = Scene.withFunds()
    scene.registerParty()
    #expect(scene.receive("city", 500, party: "platform", purposes: ["visit"], id: "in").isAccepted)
    #expect(scene.receipts("city") == ["in: 500 = 500 + 0 + 0 + 0 by platform for visit"])
    #expect(scene.book.party("platform")?.contributed == .zero)
  }

  @Test("a party that an organisation looks after is that organisation's to write about")
  func authority() {
    var scene = Scene()
    scene.registerParty(by: "gz")
    for (actor, organisation) in [("near", "gz"), ("far", "sz")] {
      let id = Scene.text(actor, ActorID.init)
      scene.when(Self.morning, .actor(.register(RegisterActor(actor: id))), by: "owner")
      scene.when(
        Self.morning,
        .actor(
          .grantRole(
            GrantRole(
              actor: id, role: .operator, organisation: Scene.text(organisation, OrganisationID.init),
              from: "2022-01-01"))),
        by: "owner")
    }
    #expect(scene.memo(on: "2022-03-01", 1, by: "near").isAccepted)
    #expect(scene.memo(on: "2022-03-01", 1, by: "far").code == .actorOutsideOrganisation)
  }
}

extension Scene {
  @discardableResult
  mutating func registerParty(_ party: PartyID = "platform", by organisation: OrganisationID? = nil)
    -> Outcome
  {
    when(
      Scene.morning,
      .party(.register(RegisterParty(party: party, kind: .platform, organisation: organisation))))
  }

  @discardableResult
  fileprivate mutating func memo(
    on day: CivilDay, _ amount: Fen, at: String = morning, by actor: ActorID = "clerk"
  ) -> Outcome {
    when(
      at,
      .party(
        .recordMemo(
          RecordMemo(
            party: "platform", day: day, amount: amount, documentHash: ContentHash(of: [1]),
            purpose: "heat"))),
      by: actor)
  }
}
