// An employer, platform, donor or agency that is not a union (往来单位): what we remember of it.
// What is allowed is in the Decide file of this folder.

/// A party (F10).
public struct Party: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Party: Decider {
  static func evolve(_ state: inout Party?, _ event: PartyEvent, _ stamp: Stamp) { switch event {} }
}
