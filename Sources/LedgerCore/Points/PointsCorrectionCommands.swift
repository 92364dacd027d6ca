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
    refusals: [.memberUnknown, .memberMerged, .timeBeforeCause, .notAnEarning, .nothingPending],
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
      .timeOccurredLater, .memberUnknown, .memberMerged, .timeBeforeCause, .notAnEarning,
      .takenBackAboveEarning,
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

/// Gives points that expire on one day a later one (P12). It always needs a second actor.
public struct ExtendPoints: CommandData {
  public var member: MemberID = .blank
  /// The last valid day they have.
  public var expires: CivilDay = .blank
  /// The last valid day they get.
  public var until: CivilDay = .blank
  /// nil: under whatever rule.
  public var rule: RuleID?
  public var reason: ReasonCode = .blank

  init() {}
  public init(
    member: MemberID, expires: CivilDay, until: CivilDay, rule: RuleID? = nil, reason: ReasonCode
  ) {
    self.member = member
    self.expires = expires
    self.until = until
    self.rule = rule
    self.reason = reason
  }

  static let type = CommandType(
    "points.extend", by: [.operator],
    refusals: [
      .memberUnknown, .memberLeft, .timeBeforeCause, .extensionNotLater, .nothingToExtend, .approvalNeeded,
    ],
    "Gives points that expire on one day a later one, also what is pending or held; a second actor must agree."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("expires", &expires, "the last valid day they have")
    try io.field("until", &until, "the last valid day they get")
    try io.field("rule", &rule, "whatever rule when absent")
    try io.field("reason", &reason)
  }
}

/// Gives or takes points outside of any earning or spending (P10).
public struct AdjustPoints: CommandData {
  public var member: MemberID = .blank
  /// Positive gives, negative takes; not zero.
  public var points: Points = .zero
  /// The rule whose version on the day gives the lot its expiry.
  public var rule: RuleID = .blank
  public var reason: ReasonCode = .blank
  /// The id of the command that it sets right.
  public var corrects: CommandID?
  /// The day it is about; a memo, `at` decides.
  public var occurredOn: CivilDay?

  init() {}
  public init(
    member: MemberID, points: Points, rule: RuleID, reason: ReasonCode, corrects: CommandID? = nil,
    occurredOn: CivilDay? = nil
  ) {
    self.member = member
    self.points = points
    self.rule = rule
    self.reason = reason
    self.corrects = corrects
    self.occurredOn = occurredOn
  }

  static let type = CommandType(
    "points.adjust", by: [.operator],
    refusals: [
      .timeOccurredLater, .memberUnknown, .memberLeft, .timeBeforeCause, .correctsNothing, .ruleUnknown,
      .approvalNeeded, .balanceTooLow, .tooManyLots,
    ],
    "Gives or takes points outside of any earning or spending; a second actor must agree above the limit.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("points", &points, in: -Points.limit...Points.limit, "positive gives, negative takes")
    try io.expect(points != .zero, "points", "a number that is not zero")
    try io.field("rule", &rule, "its version on the day gives the lot its expiry")
    try io.field("reason", &reason)
    try io.field("corrects", &corrects, "the id of the command that it sets right")
    try io.field("occurredOn", &occurredOn, "the day it is about; a memo, `at` decides")
  }
}

/// Takes back what should never have been: an earning, a spending, an adjustment (L6).
public struct ReversePoints: CommandData {
  public var member: MemberID = .blank
  /// The id of the command whose event is reversed.
  public var event: CommandID = .blank
  /// nil reverses all that is left of it.
  public var points: Points?
  public var reason: ReasonCode = .blank
  /// The day it is about; a memo, `at` decides.
  public var occurredOn: CivilDay?

  init() {}
  public init(
    member: MemberID, event: CommandID, points: Points? = nil, reason: ReasonCode,
    occurredOn: CivilDay? = nil
  ) {
    self.member = member
    self.event = event
    self.points = points
    self.reason = reason
    self.occurredOn = occurredOn
  }

  static let type = CommandType(
    "points.reverse", by: [.operator],
    refusals: [
      .timeOccurredLater, .memberUnknown, .memberLeft, .timeBeforeCause, .notReversible, .approvalNeeded,
      .takenBackAboveEarning, .refundAboveSpend, .tooManyLots, .ruleUnknown,
    ],
    "Takes back an earning, a spending or an adjustment that should never have been; above the limit with a second actor."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("event", &event, "the id of the command whose event is reversed")
    try io.field("points", &points, in: 1...Points.limit, "all that is left of it when absent")
    try io.field("reason", &reason)
    try io.field("occurredOn", &occurredOn, "the day it is about; a memo, `at` decides")
  }
}
