// What happened to what organisations owe each other, and the entries of it. The state is in Payables.

struct PayableSettled: EventData {
  var request = SettlePayable()
  /// Of the amount: what had been settled the other way and was owed back.
  var returned: Fen?
  /// What the payer still owes the other, after this event.
  var owes: Fen = .zero
  static let type = EventType("payable.settled", "One organisation paid another what it owed.")
  consuming func asEvent() -> Event { .payable(.settled(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("returnedFen", &returned, "part of the amount: what the other had settled too much")
    try io.field("owesFen", &owes, "what is still owed, after this event")
  }
}

/// The sum of the above.
indirect enum PayableEvent: Equatable, Fielded {
  case settled(PayableSettled)

  static var types: [any EventData.Type] { [PayableSettled.self] }

  var dataType: any EventData.Type {
    switch self {
    case .settled: PayableSettled.self
    }
  }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] { subjects }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] {
    switch self {
    case .settled(let event): [.payables(event.request.from), .payables(event.request.to)]
    }
  }

  /// The command that this event answers; nil for what was merely due.
  var request: PayableCommand? {
    switch self {
    case .settled(let event): .settle(event.request)
    }
  }

  /// The entry of this event.
  var legs: [Leg] {
    switch self {
    case .settled(let event):
      [Leg].owing(
        (event.returned ?? .zero) - event.request.amount, of: event.request.from, to: event.request.to)
        + [Leg].owing(event.returned ?? .zero, of: event.request.to, to: event.request.from)
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .settled(let event): [Answer("owesFen", event.owes)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .settled(let event): try io.walk(event) { self = .settled($0) }
    }
  }
}
