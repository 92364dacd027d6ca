// What happened to what organisations owe each other. State and evolve are in Payables.

/// The sum of all events of what organisations owe each other.
enum PayableEvent: Equatable, Fielded {
  static var types: [any EventData.Type] { [] }

  var dataType: any EventData.Type { switch self {} }

  /// The command that this event answers; nil for what was merely due.
  var request: PayableCommand? { switch self {} }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] { switch self {} }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] { switch self {} }

  /// The entry of this event.
  var legs: [Leg] { switch self {} }

  /// What a receipt tells of it.
  var answer: [Answer] { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
