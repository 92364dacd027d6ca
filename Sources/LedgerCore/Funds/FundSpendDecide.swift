// What is allowed with money that is spent directly out of a fund (F2, F4). Which receipts cover it is in FundCover.

extension SpendFund {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    let shares = try view.cover(amount, of: fund, for: purpose, asking)
    let spending = try view.knownFund(fund)
    let supply = try merchant.map { (id) throws(Undecided) in
      SettledSupply(
        day: asking.day, funder: spending.organisation,
        payer: try view.openMerchant(id, at: asking.at).organisation)
    }
    return .spent(
      FundSpent(request: self, shares: shares, supply: supply, available: spending.available - amount))
  }
}

extension ReturnSpend {
  /// Also after the fund's window, and when it is closed: what comes back has its own time, and goes on from there.
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    let spender = try view.knownFund(fund)
    try view.require("the fund", since: spender.since, at: asking.at)
    guard let (record, spent) = try view.spending(spending, of: fund) else {
      throw .refused(Refusal(.fundNotASpend))
    }
    try view.require("the spending", since: record.at, at: asking.at)
    let returned = spender.returns.first { $0.spending == spending }?.amount ?? .zero
    let left = spent.request.amount - returned
    guard amount <= left else { throw .refused(Refusal(.fundReturnAboveSpend, "left", left.count)) }
    let shares = spent.shares.reversed().taking(returned).rest.taking(amount).taken
    var supply = spent.supply
    if let merchant = spent.request.merchant, let day = spent.supply?.day {
      supply?.day = try view.knownMerchant(merchant)
        .day(ofRollingBack: day, record.position, on: asking.day)
    }
    return .spendReturned(
      FundSpendReturned(
        request: self, shares: shares, merchant: spent.request.merchant, supply: supply,
        available: spender.available + amount))
  }
}

extension View {
  /// What a command spent directly out of a fund; nil when it did not.
  fileprivate func spending(
    _ command: CommandID, of fund: FundID
  ) throws(Undecided) -> (record: EventRecord, event: FundSpent)? {
    for record in try events(of: command) {
      if case .fund(.spent(let event)) = record.event, event.request.fund == fund { return (record, event) }
    }
    return nil
  }
}
