// What happened to the ledger as a whole, and refusals, which are events too (L2). None of them posts anything.

struct LedgerOpened: EventData {
  var request = OpenLedger()
  static let type = EventType("ledger.opened", "The ledger begins; always position 1.")
  consuming func asEvent() -> Event { .ledger(.opened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct LimitsSet: EventData {
  var request = SetLimits()
  static let type = EventType("ledger.limits-set", "Other limits hold for what one actor may do alone.")
  consuming func asEvent() -> Event { .ledger(.limitsSet(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct PeriodClosed: EventData {
  var request = ClosePeriod()
  static let type = EventType("period.closed", "Nothing can be dated on or before a day any more.")
  consuming func asEvent() -> Event { .ledger(.periodClosed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// The sum of the above.
indirect enum LedgerEvent: Equatable, Fielded {
  case opened(LedgerOpened)
  case limitsSet(LimitsSet)
  case periodClosed(PeriodClosed)

  static var types: [any EventData.Type] { [LedgerOpened.self, LimitsSet.self, PeriodClosed.self] }

  var dataType: any EventData.Type {
    switch self {
    case .opened: LedgerOpened.self
    case .limitsSet: LimitsSet.self
    case .periodClosed: PeriodClosed.self
    }
  }

  /// The command that this event answers.
  var request: LedgerCommand {
    switch self {
    case .opened(let event): .open(event.request)
    case .limitsSet(let event): .setLimits(event.request)
    case .periodClosed(let event): .closePeriod(event.request)
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .opened(let event): try io.walk(event) { self = .opened($0) }
    case .limitsSet(let event): try io.walk(event) { self = .limitsSet($0) }
    case .periodClosed(let event): try io.walk(event) { self = .periodClosed($0) }
    }
  }
}

/// A command that a rule refused: everything it asked, and the numbers that decided.
struct CommandRefused: EventData {
  var request = CommandBody.ledger(.open(.blank))
  /// A refusal code.
  var code = Refusal.Code.timeInFuture
  var details = RefusalDetails()
  /// Commands of its group that were decided before it and rolled back with it, which left no other trace: what they did
  /// may be why it was refused.
  var rolledBack: Int64?

  static let type = EventType("command.refused", "A rule said no to a command; nothing moved.")

  consuming func asEvent() -> Event { .commandRefused(self) }

  var refusal: Refusal { Refusal(code, details.list) }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.commandBody(&request)
    try io.field("code", &code)
    try io.field("details", &details)
    try io.field(
      "rolledBack", &rolledBack, in: 1...10_000,
      "commands decided before it in its group, rolled back with it")
  }
}

extension Refusal.Code: WireWord {}
