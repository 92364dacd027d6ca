// Pieces of gifts as rows and events name them: by batch, with what they cost and by which receipts. Where they lie is
// in Gift and GiftStock.

/// Pieces of one batch that came to one place at once, or a part of them.
///
/// Their cost travels with them by receipt (F3), so that of every piece handed over it is known whose money it was.
public struct GiftPieces: Equatable, Sendable {
  /// The id of the command that bought, received or found the batch.
  public internal(set) var batch: CommandID = .blank
  /// The how-manieth batch of the gift it is; the oldest goes first.
  public internal(set) var ordinal: Int64 = 1
  /// Since when they are at this place.
  public internal(set) var since: Instant = .blank
  public internal(set) var pieces: Int64 = 0
  /// What a piece cost or, when it was donated, is worth; zero for what a count found.
  public internal(set) var unit: Fen = .zero
  /// Who donated them: then their worth is a memo and never cash (F7).
  public internal(set) var party: PartyID?
  /// What they cost together, by receipt, in the order in which the pieces go; empty when nobody's cash paid.
  public internal(set) var cost: [FundShare] = []

  /// The memo worth of donated pieces.
  public var memo: Fen { party == nil ? .zero : Fen(count: unit.count * pieces) }

  /// The most batches and receipts, taken together, that one event names: a record is at most 64 KiB. A batch alone
  /// stands on at most `Fund.mostReceipts`, so that some of it can always be taken.
  static let mostAnEvent = 60

  /// The first `count` of them, with their part of the cost.
  func first(_ count: Int64) -> GiftPieces {
    var part = self
    part.pieces = count
    part.cost = cost.isEmpty ? [] : cost.taking(Fen(count: unit.count * count)).taken
    return part
  }
}

extension GiftPieces: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("batch", &batch, "the id of the command that bought, received or found the batch")
    try io.field("ordinal", &ordinal, "the how-manieth batch of the gift; the oldest goes first")
    try io.field("since", &since, "since when they are at this place")
    try io.field("pieces", &pieces)
    try io.field("unitFen", &unit, "what a piece cost or, when donated, is worth; 0 when a count found it")
    try io.field("party", &party, "who donated them: then their worth is a memo")
    try io.field("cost", &cost, "what they cost, by receipt")
  }
}

extension [GiftPieces] {
  public var pieces: Int64 { reduce(0) { $0 + $1.pieces } }
  public var cost: Fen { reduce(.zero) { $0 + $1.cost.total } }
  public var memo: Fen { reduce(.zero) { $0 + $1.memo } }

  /// Whether any pieces, or what they cost, are below zero, which no decision allows.
  var isNegative: Bool {
    contains { $0.pieces < 0 || $0.cost.contains { $0.amount < .zero } }
  }

  /// The pieces come to a place, and stay in the order of their batches.
  mutating func add(_ arriving: [GiftPieces], at instant: Instant) {
    for var arrived in arriving {
      arrived.since = instant
      let place =
        firstIndex { ($0.ordinal, $0.since) >= (arrived.ordinal, arrived.since) } ?? endIndex
      if place < endIndex, self[place].batch == arrived.batch, self[place].since == arrived.since {
        self[place].pieces += arrived.pieces
        self[place].cost.add(arrived.cost)
      } else {
        insert(arrived, at: place)
      }
    }
  }

  /// The pieces leave a place.
  mutating func remove(_ leaving: [GiftPieces]) {
    for left in leaving {
      guard let place = firstIndex(where: { $0.batch == left.batch && $0.since == left.since }) else {
        continue
      }
      self[place].pieces -= left.pieces
      self[place].cost.remove(left.cost)
      if self[place].pieces == 0 { remove(at: place) }
    }
  }
}
