// What can be asked about a member's points (P1-P8). Rules are in PointsRule; decisions are in PointsDecide.

/// Grants points under a rule.
public struct EarnPoints: CommandData {
  public var member: MemberID = .blank
  public var rule: RuleID = .blank
  /// Units of what the rule counts.
  public var quantity: Int64 = 1
  /// What was done, in the caller's books.
  public var reference: Reference?

  init() {}
  public init(member: MemberID, rule: RuleID, quantity: Int64 = 1, reference: Reference? = nil) {
    self.member = member
    self.rule = rule
    self.quantity = quantity
    self.reference = reference
  }

  static let type = CommandType(
    "points.earn", by: [.service, .operator],
    refusals: [
      .memberUnknown, .memberMerged, .memberLeft, .timeBeforeCause, .ruleUnknown, .ruleNotInWindow,
      .outsideAudience,
      .quantityAboveLimit, .amountTooLarge,
    ],
    "Grants points under a rule; caps reduce what is credited and are recorded.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("rule", &rule)
    try io.field("quantity", &quantity, in: 1...1_000_000, "units of what the rule counts")
    try io.field("reference", &reference, "what was done, in the caller's books")
  }
}

/// Spends points at once.
public struct SpendPoints: CommandData {
  public var member: MemberID = .blank
  public var points: Points = .zero
  public var reference: Reference?

  init() {}
  public init(member: MemberID, points: Points, reference: Reference? = nil) {
    self.member = member
    self.points = points
    self.reference = reference
  }

  static let type = CommandType(
    "points.spend", by: [.service, .operator],
    refusals: [.memberUnknown, .memberMerged, .memberLeft, .timeBeforeCause, .balanceTooLow, .tooManyLots],
    "Spends points at once, nearest expiry first.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("points", &points, in: 1...Points.limit, "")
    try io.field("reference", &reference)
  }
}

/// Sets points aside for an order. The hold is known by this command's id.
public struct HoldPoints: CommandData {
  public var member: MemberID = .blank
  public var points: Points = .zero
  /// The instant at which the hold lapses.
  public var deadline: Instant = .blank
  public var reference: Reference?

  init() {}
  public init(member: MemberID, points: Points, deadline: Instant, reference: Reference? = nil) {
    self.member = member
    self.points = points
    self.deadline = deadline
    self.reference = reference
  }

  static let type = CommandType(
    "points.hold", by: [.service, .operator],
    refusals: [
      .memberUnknown, .memberMerged, .memberLeft, .timeBeforeCause, .deadlinePassed, .balanceTooLow,
      .tooManyLots,
    ],
    "Sets points aside for an order; the hold is known by this command's id.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("points", &points, in: 1...Points.limit, "")
    try io.field("deadline", &deadline, "the instant at which the hold lapses")
    try io.field("reference", &reference)
  }
}

/// Spends what a hold set aside, whole or in part; the rest is released.
public struct CapturePoints: CommandData {
  public var member: MemberID = .blank
  /// The id of the command that made the hold.
  public var hold: CommandID = .blank
  /// nil captures the whole hold.
  public var points: Points?

  init() {}
  public init(member: MemberID, hold: CommandID, points: Points? = nil) {
    self.member = member
    self.hold = hold
    self.points = points
  }

  static let type = CommandType(
    "points.capture", by: [.service, .operator],
    refusals: [.memberUnknown, .memberMerged, .timeBeforeCause, .noOpenHold, .captureAboveHold],
    "Spends what a hold set aside, whole or in part; the rest is released.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("hold", &hold, "the id of the command that made the hold")
    try io.field("points", &points, in: 1...Points.limit, "the whole hold when absent")
  }
}

/// Gives back what a hold set aside.
public struct ReleasePoints: CommandData {
  public var member: MemberID = .blank
  public var hold: CommandID = .blank

  init() {}
  public init(member: MemberID, hold: CommandID) {
    self.member = member
    self.hold = hold
  }

  static let type = CommandType(
    "points.release", by: [.service, .operator],
    refusals: [.memberUnknown, .memberMerged, .timeBeforeCause, .noOpenHold],
    "Gives back what a hold set aside, to the same lots with the same expiries.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("hold", &hold, "the id of the command that made the hold")
  }
}

/// Gives back points of an earlier spending or capture.
public struct RefundPoints: CommandData {
  public var member: MemberID = .blank
  /// The id of the command that spent or captured them.
  public var spending: CommandID = .blank
  public var points: Points = .zero
  public var reference: Reference?
  /// The day on which it was given back; a memo, `at` decides.
  public var occurredOn: CivilDay?

  init() {}
  public init(
    member: MemberID, spending: CommandID, points: Points, reference: Reference? = nil,
    occurredOn: CivilDay? = nil
  ) {
    self.member = member
    self.spending = spending
    self.points = points
    self.reference = reference
    self.occurredOn = occurredOn
  }

  static let type = CommandType(
    "points.refund", by: [.service, .operator],
    refusals: [
      .timeOccurredLater, .memberUnknown, .memberMerged, .memberLeft, .timeBeforeCause, .notASpend,
      .refundAboveSpend,
      .ruleUnknown,
    ],
    "Gives back points of a spending to the same lots; expired ones by the rule's policy.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("spending", &spending, "the id of the command that spent or captured them")
    try io.field("points", &points, in: 1...Points.limit, "")
    try io.field("reference", &reference)
    try io.field("occurredOn", &occurredOn, "the day it was given back; a memo, `at` decides")
  }
}

/// The sum of the above and of the rules' command.
public enum PointsCommand: Equatable, Fielded {
  case defineRule(DefineRule)
  case earn(EarnPoints)
  case spend(SpendPoints)
  case hold(HoldPoints)
  case capture(CapturePoints)
  case release(ReleasePoints)
  case refund(RefundPoints)
  case cancel(CancelPoints)
  case clawBack(ClawBackPoints)
  case extend(ExtendPoints)
  case adjust(AdjustPoints)
  case reverse(ReversePoints)

  static var blanks: [PointsCommand] {
    [
      .defineRule(.blank), .earn(.blank), .spend(.blank), .hold(.blank), .capture(.blank), .release(.blank),
      .refund(.blank), .cancel(.blank), .clawBack(.blank), .extend(.blank), .adjust(.blank), .reverse(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .defineRule: DefineRule.type
    case .earn: EarnPoints.type
    case .spend: SpendPoints.type
    case .hold: HoldPoints.type
    case .capture: CapturePoints.type
    case .release: ReleasePoints.type
    case .refund: RefundPoints.type
    case .cancel: CancelPoints.type
    case .clawBack: ClawBackPoints.type
    case .extend: ExtendPoints.type
    case .adjust: AdjustPoints.type
    case .reverse: ReversePoints.type
    }
  }

  /// Whose points it is about; nil for a rule.
  var member: MemberID? {
    switch self {
    case .defineRule: nil
    case .earn(let data): data.member
    case .spend(let data): data.member
    case .hold(let data): data.member
    case .capture(let data): data.member
    case .release(let data): data.member
    case .refund(let data): data.member
    case .cancel(let data): data.member
    case .clawBack(let data): data.member
    case .extend(let data): data.member
    case .adjust(let data): data.member
    case .reverse(let data): data.member
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .defineRule(let data): try io.walk(data) { self = .defineRule($0) }
    case .earn(let data): try io.walk(data) { self = .earn($0) }
    case .spend(let data): try io.walk(data) { self = .spend($0) }
    case .hold(let data): try io.walk(data) { self = .hold($0) }
    case .capture(let data): try io.walk(data) { self = .capture($0) }
    case .release(let data): try io.walk(data) { self = .release($0) }
    case .refund(let data): try io.walk(data) { self = .refund($0) }
    case .cancel(let data): try io.walk(data) { self = .cancel($0) }
    case .clawBack(let data): try io.walk(data) { self = .clawBack($0) }
    case .extend(let data): try io.walk(data) { self = .extend($0) }
    case .adjust(let data): try io.walk(data) { self = .adjust($0) }
    case .reverse(let data): try io.walk(data) { self = .reverse($0) }
    }
  }
}
