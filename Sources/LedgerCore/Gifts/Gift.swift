// Goods bought or donated to be handed out (慰问品): what we remember of stocks and of who got them.
// What is allowed is in the Decide file of this folder.

/// A gift and its store (O4).
public struct Gift: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Gift: Decider {
  static func evolve(_ state: inout Gift?, _ event: GiftEvent, _ stamp: Stamp) { switch event {} }
}

/// The pieces of a gift at one station.
public struct GiftStock: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension GiftStock: Decider {
  static func evolve(_ state: inout GiftStock?, _ event: GiftEvent, _ stamp: Stamp) { switch event {} }
}

/// What one member got of a gift.
public struct GiftHandover: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension GiftHandover: Decider {
  static func evolve(_ state: inout GiftHandover?, _ event: GiftEvent, _ stamp: Stamp) { switch event {} }
}
