// What can be asked about what organisations owe each other (F9). Decisions are in PayablesDecide.

/// Notes that one organisation paid another what it owed.
public struct SettlePayable: CommandData {
  /// Who paid.
  public var from: OrganisationID = .blank
  /// Who was paid.
  public var to: OrganisationID = .blank
  public var amount: Fen = .zero
  /// Of the payment.
  public var reference: Reference = .blank

  init() {}
  public init(from: OrganisationID, to: OrganisationID, amount: Fen, reference: Reference) {
    self.from = from
    self.to = to
    self.amount = amount
    self.reference = reference
  }

  static let type = CommandType(
    "payable.settle", by: [.finance], refusals: [.payableAboveOwed, .timeBeforeCause],
    "Notes that one organisation paid another what it owed.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("from", &from, "the organisation that paid")
    try io.field("to", &to, "the organisation that was paid")
    try io.field("amountFen", &amount, in: 1...Fen.limit, "at most what is owed")
    try io.field("reference", &reference, "of the payment")
  }
}

/// The sum of the above.
public enum PayableCommand: Equatable, Fielded {
  case settle(SettlePayable)

  static var blanks: [PayableCommand] { [.settle(.blank)] }

  var type: CommandType {
    switch self {
    case .settle: SettlePayable.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .settle(let data): try io.walk(data) { self = .settle($0) }
    }
  }
}
