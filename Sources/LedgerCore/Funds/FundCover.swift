// Which receipts of a fund cover a sum (F2, F4, F11): asked by every benefit that commits or spends money.
// What happens to the shares then is the benefit's affair.

extension Fund {
  /// Whether a receipt's money may be used for `purpose`: the fund's purposes and the receipt's own.
  func covers(_ purpose: Purpose, _ receipt: FundReceipt) -> Bool {
    (purposes?.contains(purpose) ?? true) && (receipt.purposes?.contains(purpose) ?? true)
  }
}

extension View {
  /// The fund, open or closed.
  func knownFund(_ id: FundID) throws(Undecided) -> Fund {
    guard let fund = try fund(id) else { throw .refused(Refusal(.fundUnknown, "fund", id.text)) }
    return fund
  }

  /// The fund, which must be open at that time.
  func openFund(_ id: FundID, _ asking: Asking) throws(Undecided) -> Fund {
    let fund = try knownFund(id)
    try require("the fund", since: fund.since, at: asking.at)
    guard !fund.isClosed else { throw .refused(Refusal(.fundClosed, "fund", id.text)) }
    return fund
  }

  /// Shares of the oldest receipts that cover `purpose`, together `amount`.
  func cover(
    _ amount: Fen, of id: FundID, for purpose: Purpose, _ asking: Asking
  ) throws(Undecided) -> [FundShare] {
    let fund = try openFund(id, asking)
    guard fund.from <= asking.day, fund.until.map({ asking.day < $0 }) ?? true else {
      throw .refused(
        Refusal(
          .fundOutsideWindow,
          [
            Refusal.Detail(name: "from", value: .word(fund.from.description)),
            Refusal.Detail(name: "until", value: .word(fund.until?.description ?? "ever")),
          ]))
    }
    let covering = fund.receipts.filter { $0.since <= asking.at && fund.covers(purpose, $0) }
    guard !covering.isEmpty || (fund.receipts.isEmpty && fund.purposes?.contains(purpose) ?? true) else {
      throw .refused(Refusal(.fundPurposeNotCovered, "purpose", purpose.text))
    }
    let shares = covering.filter { $0.available > .zero }.map {
      FundShare(fund: id, receipt: $0.receipt, amount: $0.available)
    }
    guard amount <= shares.total else {
      throw .refused(Refusal(.fundBalanceTooLow, "short", (amount - shares.total).count))
    }
    return shares.taking(amount).taken
  }
}
