// What one organisation owes others, and they it (F9): folded from legs.
// What is allowed is in the Decide file of this folder.

/// What an organisation owes and is owed (F9).
public struct Payables: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Payables: Decider {
  static func evolve(_ state: inout Payables?, _ event: PayableEvent, _ stamp: Stamp) { switch event {} }
}
