// A vote, questionnaire, registration, lottery or quiz (活动): what we remember of it and of each member in it.
// What is allowed is in the Decide file of this folder.

/// An activity (A1).
public struct Activity: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Activity: Decider {
  static func evolve(_ state: inout Activity?, _ event: ActivityEvent, _ stamp: Stamp) { switch event {} }
}

/// One member's part in an activity.
public struct Participation: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Participation: Decider {
  static func evolve(_ state: inout Participation?, _ event: ActivityEvent, _ stamp: Stamp) {
    switch event {}
  }
}
