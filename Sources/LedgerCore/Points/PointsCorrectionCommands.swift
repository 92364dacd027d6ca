// What can be asked about points that should not be as they are (P7, P9-P12, L6). What is allowed is in
// PointsCorrectionDecide; what is asked every day is in PointsCommands.

/// Cancels what of an earning is still pending (P7).
public struct CancelPoints: CommandData {
  public var member: MemberID = .blank
  /// The id of the command that earned them.
  public var earning: CommandID = .blank
  public var reason: ReasonCode?

  init() {}
  public init(member: MemberID, earning: CommandID, reason: ReasonCode? = nil) {
    self.member = member
    self.earning = earning
    self.reason = reason
  }

  static let type = CommandType(
    "points.cancel", by: [.service, .operator],
    refusals: [.memberUnknown, .timeBeforeCause, .notAnEarning, .nothingPending],
    "Cancels what of an earning is still pending; the caps and the budget get their room back.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("earning", &earning, "the id of the command that earned them")
    try io.field("reason", &reason)
  }
}

/// Takes back what was earned because its cause was revoked (P9).
public struct ClawBackPoints: CommandData {
  public var member: MemberID = .blank
  /// The id of the command that earned them.
  public var earning: CommandID = .blank
  /// nil takes back all that has not been taken back yet.
  public var points: Points?
  public var reason: ReasonCode = .blank
  /// The day on which the cause was revoked; a memo, `at` decides.
  public var occurredOn: CivilDay?

  init() {}
  public init(member: MemberID, earning: CommandID, points: Points? = nil, reason: ReasonCode) {
    self.member = member
    self.earning = earning
    self.points = points
    self.reason = reason
  }

  static let type = CommandType(
    "points.claw-back", by: [.service, .operator],
    refusals: [
      .timeOccurredLater, .memberUnknown, .timeBeforeCause, .notAnEarning, .takenBackAboveEarning,
      .tooManyLots,
    ],
    "Takes back what was earned because its cause was revoked; what was used already is owed.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("earning", &earning, "the id of the command that earned them")
    try io.field("points", &points, in: 1...Points.limit, "all that was not taken back yet when absent")
    try io.field("reason", &reason)
    try io.field("occurredOn", &occurredOn, "the day of the cause; a memo, `at` decides")
  }
}
