// Grants to stations by programme (M6): what we remember of both.
// What is allowed is in the Decide file of this folder.

/// A programme of grants to stations.
public struct Programme: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Programme: Decider {
  static func evolve(_ state: inout Programme?, _ event: GrantEvent, _ stamp: Stamp) { switch event {} }
}

/// The grant of one station.
public struct StationGrant: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension StationGrant: Decider {
  static func evolve(_ state: inout StationGrant?, _ event: GrantEvent, _ stamp: Stamp) { switch event {} }
}
