// The ledger itself: its opening at position 1, and refusals, which are events too (L2). Both post nothing.

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

struct LedgerOpened: EventData {
  var request = OpenLedger()
  static let type = EventType("ledger.opened", "The ledger begins; always position 1.")
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// A command that a rule refused: everything it asked, and the numbers that decided.
struct CommandRefused: Equatable, Fielded {
  var request = CommandBody.ledger(.blank)
  /// A refusal code.
  var code = Refusal.Code.timeInFuture
  var details = RefusalDetails()

  static let type = EventType("command.refused", "A rule said no to a command; nothing moved.")

  var refusal: Refusal { Refusal(code, details.list) }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.commandBody(&request)
    try io.field("code", &code)
    try io.field("details", &details)
  }
}

extension Refusal.Code: WireWord {}

/// What the whole ledger remembers of itself.
public struct LedgerState: Equatable, Sendable {
  public internal(set) var name: FreeText
  public internal(set) var origin: FreeText
  public internal(set) var zone: Zone
  public internal(set) var owner: ActorID
  public internal(set) var since: Instant

  init(_ opening: OpenLedger, since: Instant) {
    name = opening.name
    origin = opening.origin
    zone = opening.zone
    owner = opening.owner
    self.since = since
  }
}
