// Money in the scene of the tests: who handles it, funds, and each command in a line. The tests are in the files beside.

@testable import LedgerCore

extension Scene {
  static let morning = "2022-03-01T09:00:00+08:00"

  /// The scene with a clerk who is also `finance`, and three open funds: the city's, the industry union's, and that of a
  /// district, for heat relief and visits.
  static func withFunds() -> Scene {
    var scene = Scene()
    scene.when(
      "2022-01-01T00:00:00+08:00",
      .actor(.grantRole(GrantRole(actor: "clerk", role: .finance, from: "2022-01-01"))), by: "owner")
    for (fund, organisation) in [("city", "gz"), ("industry", "sz"), ("district", "gz-1")] {
      scene.openFund(
        text(fund, FundID.init), in: text(organisation, OrganisationID.init), purposes: ["heat", "visit"])
    }
    return scene
  }

  /// The same with 500 and 300 yuan that the district has of the two others, in this order.
  static func withTwoParents() -> Scene {
    var scene = Scene.withFunds()
    scene.receive("city", 100_000, id: "in-city")
    scene.receive("industry", 100_000, id: "in-industry")
    scene.allot("city", "district", 50_000, id: "first")
    scene.allot("industry", "district", 30_000, id: "second")
    return scene
  }

  @discardableResult
  mutating func openFund(
    _ fund: FundID, in organisation: OrganisationID = "gz", purposes: [Purpose]? = nil,
    from: CivilDay = "2022-01-01", until: CivilDay? = nil, alarmBelow: Fen? = nil, at: String = morning
  ) -> Outcome {
    when(
      at,
      .fund(
        .open(
          OpenFund(
            fund: fund, organisation: organisation, purposes: purposes, from: from, until: until,
            alarmBelow: alarmBelow))))
  }

  @discardableResult
  mutating func receive(
    _ fund: FundID, _ amount: Fen, party: PartyID? = nil, purposes: [Purpose]? = nil, at: String = morning,
    id: String? = nil
  ) -> Outcome {
    when(
      at, .fund(.receive(ReceiveFund(fund: fund, amount: amount, party: party, purposes: purposes))), id: id)
  }

  @discardableResult
  mutating func allot(
    _ fund: FundID, _ child: FundID, _ amount: Fen, purposes: [Purpose]? = nil, at: String = morning,
    id: String? = nil
  ) -> Outcome {
    when(
      at, .fund(.allot(AllotFund(fund: fund, to: child, amount: amount, purposes: purposes))), id: id)
  }

  @discardableResult
  mutating func recall(_ fund: FundID, from parent: FundID, _ amount: Fen, at: String = morning) -> Outcome {
    when(at, .fund(.recall(RecallFund(fund: fund, from: parent, amount: amount))))
  }

  @discardableResult
  mutating func spendMoney(
    _ fund: FundID, _ amount: Fen, for purpose: Purpose = "heat", merchant: MerchantID? = nil,
    at: String = morning, id: String? = nil
  ) -> Outcome {
    when(
      at,
      .fund(
        .spend(
          SpendFund(
            fund: fund, amount: amount, purpose: purpose, reference: "invoice-1", merchant: merchant))),
      id: id)
  }

  @discardableResult
  mutating func returnSpend(
    _ fund: FundID, _ spending: CommandID, _ amount: Fen, at: String = morning
  ) -> Outcome {
    when(at, .fund(.returnSpend(ReturnSpend(fund: fund, spending: spending, amount: amount))))
  }

  @discardableResult
  mutating func closeFund(_ fund: FundID, into other: FundID? = nil, at: String = morning, id: String? = nil)
    -> Outcome
  {
    when(at, .fund(.close(CloseFund(fund: fund, carryOverTo: other))), id: id)
  }

  /// The receipts of a fund, each in a line: `received = available + allotted + committed + spent, source, purposes`.
  func receipts(_ fund: FundID) -> [String] {
    (book.fund(fund)?.receipts ?? []).map { receipt in
      let sums = [receipt.available, receipt.allotted, receipt.committed, receipt.spent]
      return "\(receipt.receipt): \(receipt.received.count) = "
        + sums.map { "\($0.count)" }.joined(separator: " + ")
        + (receipt.parent.map { " of \($0.fund) \($0.receipt)" } ?? "")
        + (receipt.party.map { " by \($0)" } ?? "")
        + (receipt.purposes.map { " for " + $0.map(\.text).joined(separator: ", ") } ?? "")
    }
  }

  /// What the last event says of shares, as `receipt amount`.
  var lastShares: [String] {
    guard case .fund(let event) = records.last?.event else { return [] }
    let shares: [FundShare] =
      switch event {
      case .spent(let event): event.shares
      case .spendReturned(let event): event.shares
      case .opened, .received, .allotted, .recalled, .closed, .passedOn, .balanceLow: []
      }
    return shares.map { "\($0.receipt) \($0.amount.count)" }
  }

  /// Every set of accounts balances, and no receipt is below zero.
  var isBalanced: Bool {
    book.totals.money.imbalances.allSatisfy { $0.fen == 0 } && book.negativeAccounts.isEmpty
      && book.disagreements.isEmpty
  }
}
