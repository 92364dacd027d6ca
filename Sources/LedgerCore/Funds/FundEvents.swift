// What happened to funds, and its double entry. State and evolve are in Fund.

struct FundOpened: EventData {
  var request = OpenFund()
  static let type = EventType("fund.opened", "A fund of an organisation is opened.")
  consuming func asEvent() -> Event { .fund(.opened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct FundReceived: EventData {
  var request = ReceiveFund()
  var receipt: ReceiptID = .blank
  var available: Fen = .zero
  static let type = EventType("fund.received", "Money comes into a fund from outside.")
  consuming func asEvent() -> Event { .fund(.received(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("receipt", &receipt, "the id of this command")
    try io.field("availableFen", &available, "in the fund after this event")
  }
}

/// The sum of the above.
indirect enum FundEvent: Equatable, Fielded {
  case opened(FundOpened)
  case received(FundReceived)

  static var types: [any EventData.Type] { [FundOpened.self, FundReceived.self] }

  var dataType: any EventData.Type {
    switch self {
    case .opened: FundOpened.self
    case .received: FundReceived.self
    }
  }

  /// The command that this event answers; nil for what was merely due.
  var request: FundCommand? {
    switch self {
    case .opened(let event): .open(event.request)
    case .received(let event): .receive(event.request)
    }
  }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] { subjects }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] {
    switch self {
    case .opened(let event): [.fund(event.request.fund)]
    case .received(let event): [.fund(event.request.fund)]
    }
  }

  /// The entry of this event.
  var legs: [Leg] {
    switch self {
    case .opened: []
    case .received(let event):
      [FundShare(fund: event.request.fund, receipt: event.receipt, amount: event.request.amount)]
        .legs(from: .received, to: .available)
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .opened: []
    case .received(let event): [Answer("availableFen", event.available)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .opened(let event): try io.walk(event) { self = .opened($0) }
    case .received(let event): try io.walk(event) { self = .received($0) }
    }
  }
}
