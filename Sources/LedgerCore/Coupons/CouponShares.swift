// Who pays what of a sum (C5, F5): several payers by weight, each by receipt and not beyond what it has. No state and no
// event is here; who calls it is in CampaignDecide and the coupons' decisions.

/// One payer's money of which a part is to be taken.
struct PayerMoney: Equatable, Sendable {
  var weight: Int64
  /// In the order it is taken.
  var shares: [FundShare]
}

extension [PayerMoney] {
  var total: Fen { reduce(.zero) { $0 + $1.shares.total } }

  /// `amount` by weight (F5). A payer gives at most what it has; what it lacks the others give, in their order: so the
  /// parts add up exactly as long as all together have enough, whatever was rounded before. It must be there.
  func parts(of amount: Fen) -> [Fen] {
    precondition(amount <= total, "payers of \(total.count) fen cannot give \(amount.count)")
    if isEmpty { return [] }
    var parts = amount.split(by: map(\.weight))
    var lacking = Fen.zero
    for index in indices {
      let room = self[index].shares.total
      guard parts[index] > room else { continue }
      lacking += parts[index] - room
      parts[index] = room
    }
    for index in indices where lacking > .zero {
      let more = Swift.min(lacking, self[index].shares.total - parts[index])
      parts[index] += more
      lacking -= more
    }
    return parts
  }

  /// The shares that make up `amount`, by payer and receipt, and what is left.
  func taking(_ amount: Fen) -> (taken: [FundShare], rest: [FundShare]) {
    var taken: [FundShare] = []
    var rest: [FundShare] = []
    for (payer, part) in zip(self, parts(of: amount)) {
      let (first, second) = payer.shares.taking(part)
      taken += first
      rest += second
    }
    return (taken, rest)
  }
}

extension Campaign {
  /// What is free, by payer; the oldest receipts are taken first.
  var freeMoney: [PayerMoney] { payers.map { PayerMoney(weight: $0.weight, shares: $0.free) } }

  /// Some of this campaign's money, by payer, in the order it is in.
  func money(_ shares: [FundShare]) -> [PayerMoney] {
    payers.map { payer in
      PayerMoney(weight: payer.weight, shares: shares.filter { $0.fund == payer.fund })
    }
  }

  /// The shares with the organisations whose funds they are of, in the order of the payers.
  func byPayer(_ shares: [FundShare]) -> [PayerShares] {
    payers.compactMap { payer in
      let own = shares.filter { $0.fund == payer.fund }
      return own.isEmpty ? nil : PayerShares(organisation: payer.organisation, shares: own)
    }
  }
}

/// What one payer gives, by receipt.
struct PayerShares: Equatable, Sendable {
  /// Whose fund it is.
  var organisation: OrganisationID = .blank
  var shares: [FundShare] = []
}

extension PayerShares: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation, "whose fund it is")
    try io.field("shares", &shares)
  }
}

extension [PayerShares] {
  var shares: [FundShare] { flatMap(\.shares) }
  var total: Fen { reduce(.zero) { $0 + $1.shares.total } }
}

extension [FundShare] {
  /// How many shares an event of coupons may name: with the longest ids each takes 870 bytes.
  static let mostInAnEvent = 60

  /// That an event can name them all.
  func requireFew(_ limit: Int = mostInAnEvent) throws(Undecided) {
    guard count <= limit else { throw .refused(.tooManyReceipts(Array(prefix(limit)).total, limit: limit)) }
  }

  /// These and others; what is on one receipt is one share.
  func joined(with others: [FundShare]) -> [FundShare] {
    var joined = self
    joined.add(others)
    return joined
  }

  /// These without others; what comes to nothing leaves.
  func without(_ others: [FundShare]) -> [FundShare] {
    var left = self
    left.remove(others)
    return left
  }
}
