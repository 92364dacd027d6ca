// Which receipts of a fund cover a sum (F2, F4, F11): asked by every benefit that commits or spends money.
// What happens to the shares then is the benefit's affair.

extension Fund {
  /// Whether a receipt's money may be used for `purpose`: the fund's purposes and the receipt's own.
  func covers(_ purpose: Purpose, _ receipt: FundReceipt) -> Bool {
    (purposes?.contains(purpose) ?? true) && (receipt.purposes?.contains(purpose) ?? true)
  }

  /// How many receipts one event can name, each with the longest ids and all its purposes.
  static let mostReceipts = 20

  /// Shares of the oldest of some of its receipts, together `amount`. What came after `instant` does not count (L3).
  func oldest(
    _ amount: Fen, of id: FundID, in covering: [FundReceipt], at instant: Instant
  ) throws(Undecided) -> [FundShare] {
    let open = covering.filter { $0.available > .zero }
    let shares = open.filter { $0.since <= instant }.map {
      FundShare(fund: id, receipt: $0.receipt, amount: $0.available)
    }
    guard amount <= shares.total else {
      if let later = open.first(where: { $0.since > instant }),
        amount <= open.reduce(.zero, { $0 + $1.available })
      {
        throw .refused(.beforeCause("a receipt of the fund", since: later.since))
      }
      throw .refused(Refusal(.fundBalanceTooLow, "short", (amount - shares.total).count))
    }
    return try shares.taking(amount).taken.inOneEvent()
  }
}

extension [FundShare] {
  /// The shares, which must not be more than an event can name.
  fileprivate func inOneEvent() throws(Undecided) -> [FundShare] {
    guard count <= Fund.mostReceipts else {
      throw .refused(.tooManyReceipts(prefix(Fund.mostReceipts).reduce(.zero) { $0 + $1.amount }))
    }
    return self
  }
}

extension Refusal {
  /// More receipts than an event can name; `fen` of them can be named at a time.
  static func tooManyReceipts(_ fen: Fen, limit: Int = Fund.mostReceipts) -> Refusal {
    Refusal(
      .fundTooManyReceipts,
      [
        Detail(name: "fen", value: .number(fen.count)),
        Detail(name: "limit", value: .number(Int64(limit))),
      ])
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

  /// The fund, which must be open and in its window: its money is used.
  func usableFund(_ id: FundID, _ asking: Asking) throws(Undecided) -> Fund {
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
    return fund
  }

  /// Shares of the oldest receipts that cover `purpose`, together `amount`.
  func cover(
    _ amount: Fen, of id: FundID, for purpose: Purpose, _ asking: Asking
  ) throws(Undecided) -> [FundShare] {
    let fund = try usableFund(id, asking)
    let covering = fund.receipts.filter { fund.covers(purpose, $0) }
    guard !covering.isEmpty || (fund.receipts.isEmpty && fund.purposes?.contains(purpose) ?? true) else {
      throw .refused(Refusal(.fundPurposeNotCovered, "purpose", purpose.text))
    }
    return try fund.oldest(amount, of: id, in: covering, at: asking.at)
  }
}
