// Parts of a sum by the receipts they stand on: how every benefit names money, so that it keeps its source (F3).
// Which receipts cover a sum is decided in Funds/FundCover.

/// Part of a sum, on one receipt of one fund.
public struct FundShare: Equatable, Sendable {
  public internal(set) var fund: FundID = .blank
  public internal(set) var receipt: ReceiptID = .blank
  public internal(set) var amount: Fen = .zero
}

extension FundShare: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("receipt", &receipt)
    try io.field("amountFen", &amount)
  }
}

extension [FundShare] {
  package var total: Fen { reduce(.zero) { $0 + $1.amount } }

  /// The money goes from one account of each receipt to another of the same.
  func legs(from: FundAccountName, to: FundAccountName) -> [Leg] {
    flatMap { share in
      [
        Leg(.fund(from, share.fund, share.receipt), -share.amount.count),
        Leg(.fund(to, share.fund, share.receipt), share.amount.count),
      ]
    }
  }

  /// `amount` from the front, and what is left. It must be there.
  func taking(_ amount: Fen) -> (taken: [FundShare], rest: [FundShare]) {
    precondition(
      amount >= .zero && amount <= total, "shares of \(total.count) fen cannot give \(amount.count)")
    var missing = amount
    var taken: [FundShare] = []
    var rest: [FundShare] = []
    for share in self {
      let part = Swift.min(missing, share.amount)
      missing = missing - part
      if part > .zero { taken.append(FundShare(fund: share.fund, receipt: share.receipt, amount: part)) }
      if part < share.amount {
        rest.append(FundShare(fund: share.fund, receipt: share.receipt, amount: share.amount - part))
      }
    }
    return (taken, rest)
  }
}

extension [FundShare] {
  /// The shares are added to those of the same receipts, or come last.
  mutating func add(_ shares: [FundShare]) {
    for share in shares {
      if let place = firstIndex(where: { $0.fund == share.fund && $0.receipt == share.receipt }) {
        self[place].amount = self[place].amount + share.amount
      } else {
        append(share)
      }
    }
  }

  /// The shares are taken from those of the same receipts.
  mutating func remove(_ shares: [FundShare]) {
    for share in shares {
      guard let place = firstIndex(where: { $0.fund == share.fund && $0.receipt == share.receipt }) else {
        continue
      }
      self[place].amount = self[place].amount - share.amount
      if self[place].amount == .zero { remove(at: place) }
    }
  }
}
