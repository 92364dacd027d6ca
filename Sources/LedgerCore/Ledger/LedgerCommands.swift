// What can be asked of the ledger as a whole (L4, L6). Decisions are in LedgerDecide.

/// Opens a ledger; only `benefits init` and `Ledger.create` ask for it.
public struct OpenLedger: CommandData {
  public var name: FreeText = .blank
  /// The first line of every checkpoint, such as `ledger.example.org/guangdong`.
  public var origin: FreeText = .blank
  /// Business days are days in this zone.
  public var zone: Zone = .blank
  /// The first actor; holds the role owner over the whole ledger.
  public var owner: ActorID = .blank

  init() {}
  public init(name: FreeText, origin: FreeText, zone: Zone, owner: ActorID) {
    self.name = name
    self.origin = origin
    self.zone = zone
    self.owner = owner
  }

  static let type = CommandType(
    "ledger.open", by: [.owner], refusals: [.ledgerOpened],
    "Opens a ledger, once, at position 1; `benefits init` asks for it.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("name", &name)
    try io.field("origin", &origin, "the first line of every checkpoint")
    try io.field("zone", &zone, "business days are days in this zone")
    try io.field("owner", &owner, "holds the role owner over the whole ledger")
  }
}

/// Says how much one actor may do alone; above it a second actor must approve (L6, P10).
public struct SetLimits: CommandData {
  /// Points that one adjustment may move.
  public var adjustment: Points = .zero
  /// Points that one reversal may move.
  public var reversal: Points = .zero

  init() {}
  public init(adjustment: Points, reversal: Points) {
    self.adjustment = adjustment
    self.reversal = reversal
  }

  static let type = CommandType(
    "ledger.set-limits", by: [.owner], refusals: [],
    "Says how much one actor may do alone, from `at` on; until it is said, nothing that has a limit.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field(
      "adjustment", &adjustment, in: 0...Points.limit, "the most that one adjustment may move alone")
    try io.field("reversal", &reversal, in: 0...Points.limit, "the most that one reversal may move alone")
  }
}

/// Closes the period that ends with a day: from then on no command may be dated in it (L4).
public struct ClosePeriod: CommandData {
  /// The last day of the period.
  public var through: CivilDay = .blank

  init() {}
  public init(through: CivilDay) { self.through = through }

  static let type = CommandType(
    "period.close", by: [.finance, .owner], refusals: [.periodNotOver, .periodDayOpen],
    "Closes all days through one: no later command may be dated in them.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("through", &through, "the last day of the period")
  }
}

/// The sum of the above.
public enum LedgerCommand: Equatable, Fielded {
  case open(OpenLedger)
  case setLimits(SetLimits)
  case closePeriod(ClosePeriod)

  static var blanks: [LedgerCommand] { [.open(.blank), .setLimits(.blank), .closePeriod(.blank)] }

  var type: CommandType {
    switch self {
    case .open: OpenLedger.type
    case .setLimits: SetLimits.type
    case .closePeriod: ClosePeriod.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .open(let data): try io.walk(data) { self = .open($0) }
    case .setLimits(let data): try io.walk(data) { self = .setLimits($0) }
    case .closePeriod(let data): try io.walk(data) { self = .closePeriod($0) }
    }
  }
}
