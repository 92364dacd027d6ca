// What organisations owe each other for what one funds and another's merchant serves (F9).

import Testing

@testable import LedgerCore

@Suite("Payables")
struct PayablesTests {
  private static let morning = Scene.morning

  static let refusals = [
    RefusalCase(.payableAboveOwed, "paying more than is owed") { scene in
      scene = .withCities()
      return scene.settle("gz", "sz", 15_001)
    },
    RefusalCase(.timeBeforeCause, "paying before it was owed") { scene in
      scene = .withCities()
      return scene.settle("gz", "sz", 1, at: "2022-01-01T00:00:01+08:00")
    },
    RefusalCase(.payableAboveOwed, "paying somebody to whom nothing is owed") { scene in
      scene = .withCities()
      return scene.settle("gz", "gd", 1)
    },
  ]

  @Test("three of A's at B and one of B's at A: 150 and 50 yuan, net 100, and 0 over all")
  func channels() {
    var scene = Scene.withCities()
    let (a, b) = (scene.payables("gz"), scene.payables("sz"))
    #expect(a.open == ["sz": [15_000, 5_000]])
    #expect(b.open == ["gz": [5_000, 15_000]])
    #expect(a.net == Fen(count: -10_000))
    #expect(a.net + b.net == .zero)
    #expect(scene.settle("gz", "sz", 15_000) == .happened(["settled"]))
    #expect(scene.records.last?.answers == [Answer("owesFen", count: 0)])
    #expect(scene.settle("sz", "gz", 2_000).isAccepted)
    #expect(scene.payables("gz").open == ["sz": [0, 3_000]])
    #expect(scene.payables("sz").open == ["gz": [3_000, 0]])
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("what is taken back after it was settled is owed back, and can be settled")
  func takenBack() {
    var scene = Scene.withCities()
    scene.settle("gz", "sz", 15_000)
    #expect(scene.returnSpend("city", "one", 5_000).isAccepted)
    #expect(
      scene.payables("gz").open == ["sz": [Fen(count: -5_000), 5_000]])
    // 50 of its own, and 50 that were settled too much.
    #expect(scene.settle("sz", "gz", 10_001).refusal == Refusal(.payableAboveOwed, "owed", 10_000))
    #expect(scene.settle("sz", "gz", 7_000).isAccepted)
    #expect(
      scene.payables("gz").open == ["sz": [Fen(count: -3_000), 0]])
    #expect(scene.settle("sz", "gz", 3_000).isAccepted)
    #expect(scene.payables("gz").others.isEmpty)
    #expect(scene.payables("sz").others.isEmpty)
    #expect(scene.isBalanced)
  }

  @Test("a purchase at a merchant of the fund's own organisation leaves nothing to settle")
  func within() {
    var scene = Scene.withCities()
    let before = scene.payables("gz")
    #expect(scene.spendMoney("city", 100, merchant: "gz-shop").isAccepted)
    #expect(scene.payables("gz") == before)
  }

  @Test("an audit finds two organisations that do not agree")
  func disagreement() {
    var scene = Scene.withCities()
    #expect(scene.book.disagreements.isEmpty)
    scene.tamper {
      $0.payables.update("sz") { $0?.post(.owed, with: "gz", 1, at: "2022-03-01T00:00:00+08:00") }
    }
    #expect(scene.book.disagreements.map(\.fen) == [-1])
    #expect(scene.book.disagreements.map(\.from) == ["gz"])
    #expect(scene.book.totals.money.imbalances.contains { $0.fen == -1 })
  }
}

extension Scene {
  /// The scene with a fund and a shop of two cities: three times 50 yuan of the first are used in the second, and once 50
  /// the other way.
  fileprivate static func withCities() -> Scene {
    var scene = Scene.withFunds()
    scene.receive("city", 100_000)
    scene.receive("industry", 100_000)
    scene.registerMerchant("gz-shop", of: "gz")
    scene.registerMerchant("sz-shop", of: "sz")
    for id in ["one", "two", "three"] { scene.spendMoney("city", 5_000, merchant: "sz-shop", id: id) }
    scene.spendMoney("industry", 5_000, merchant: "gz-shop")
    return scene
  }

  fileprivate func payables(_ organisation: OrganisationID) -> Payables {
    book.payables(of: organisation) ?? Payables()
  }

  @discardableResult
  fileprivate mutating func settle(
    _ from: OrganisationID, _ to: OrganisationID, _ amount: Fen, at: String = Scene.morning
  ) -> Outcome {
    when(
      at,
      .payable(.settle(SettlePayable(from: from, to: to, amount: amount, reference: "transfer-1"))))
  }
}

extension Payables {
  /// By the other organisation: what is owed to it, and what it owes.
  fileprivate var open: [OrganisationID: [Fen]] {
    Dictionary(uniqueKeysWithValues: others.map { ($0.organisation, [$0.owes, $0.owed]) })
  }
}
