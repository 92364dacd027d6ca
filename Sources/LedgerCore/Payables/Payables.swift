// What one organisation owes others, and they it (F9): folded from legs alone, for every benefit that one union funds and
// another's merchant serves. What is allowed is in PayablesDecide.

/// What an organisation owes others and is owed by them.
///
/// A benefit that A funds and a merchant of B serves leaves a payable: B pays its merchant, and A owes B as much. Both
/// sides remember it, so the net over all organisations is zero.
///
/// Example: three times 50 yuan of A are used at merchants of B, once 50 of B at one of A. A owes B 150, B owes A 50; the
/// net of A is -100, of B +100.
public struct Payables: Equatable, Sendable {
  /// Position of the last settlement; what other events post to it is not in its history.
  public internal(set) var position: Int64 = 0
  /// By the other organisation's id, in order; what is settled both ways is left out.
  public internal(set) var others: [Payable] = []

  /// What an organisation has open that never had to do with another.
  public static let none = Payables()

  /// All it owes. Less than nothing when more was taken back than was left to settle.
  public var owes: Fen { others.reduce(.zero) { $0 + $1.owes } }
  /// All it is owed.
  public var owed: Fen { others.reduce(.zero) { $0 + $1.owed } }
  /// What it would have, were everything settled; of either sign.
  public var net: Fen { owed - owes }

  func payable(with other: OrganisationID) -> Payable {
    others.first { $0.organisation == other } ?? Payable(organisation: other)
  }
}

/// What an organisation has open with one other.
public struct Payable: Equatable, Sendable {
  public internal(set) var organisation: OrganisationID = .blank
  /// What is owed to the other; below zero when something was taken back that had been settled.
  public internal(set) var owes: Fen = .zero
  /// What the other owes; below zero likewise.
  public internal(set) var owed: Fen = .zero
  /// The latest time at which there came to be more to settle; nothing is settled before it.
  public internal(set) var since: Instant = .blank

  /// What can be settled: what is owed, and what the other settled too much.
  var due: Fen { max(owes, .zero) + (owed < .zero ? .zero - owed : .zero) }
}

extension Payable: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation)
    var (owesFen, owedFen) = (owes.count, owed.count)
    try io.field("owes", &owesFen, "fen; of either sign")
    try io.field("owed", &owedFen, "fen; of either sign")
    (owes, owed) = (Fen(count: owesFen), Fen(count: owedFen))
    try io.field("since", &since, "when there came to be more to settle, the last time")
  }
}

extension Payables: Decider {
  static func evolve(_ state: inout Payables?, _ event: PayableEvent, _ stamp: Stamp) {
    var payables = state ?? Payables()
    payables.position = stamp.position
    state = payables
  }

  /// What a leg puts into an account that it has with another organisation.
  mutating func post(
    _ name: PayableAccountName, with other: OrganisationID, _ amount: Int64, at instant: Instant
  ) {
    let place = others.firstIndex { $0.organisation >= other } ?? others.endIndex
    if place == others.endIndex || others[place].organisation != other {
      others.insert(Payable(organisation: other, since: instant), at: place)
    }
    if amount < 0 { others[place].since = max(others[place].since, instant) }
    switch name {
    case .owes: others[place].owes = others[place].owes - Fen(count: amount)
    case .owed: others[place].owed = others[place].owed + Fen(count: amount)
    }
    if others[place].owes == .zero, others[place].owed == .zero { others.remove(at: place) }
  }
}

extension [Leg] {
  /// The entry by which one organisation owes another so much more, or less; none within one organisation.
  static func owing(_ amount: Fen, of debtor: OrganisationID, to creditor: OrganisationID) -> [Leg] {
    guard debtor != creditor, amount != .zero else { return [] }
    return [
      Leg(.payable(.owes, of: debtor, with: creditor), -amount.count),
      Leg(.payable(.owed, of: creditor, with: debtor), amount.count),
    ]
  }
}
