// What can be asked about activities (A1, A2). Decisions are in ActivityDecide; the parts of an opening's terms are in
// ActivityTerms.

/// Opens an activity of an organisation. Its terms never change.
public struct OpenActivity: CommandData {
  public var activity: ActivityID = .blank
  public var organisation: OrganisationID = .blank
  public var name: FreeText?
  public var mode: ActivityMode = .blank
  /// The first instant at which members may join, and the first at which they may not any more.
  public var from: Instant = .blank
  public var until: Instant = .blank
  /// nil: all members of the organisation and of those below it.
  public var audience: ActivityAudience?
  /// How often a member may join a day; nil: once in all.
  public var joinsPerDay: Int64?
  /// What can be chosen in a vote or quiz.
  public var choices: [ChoiceID]?
  /// What each join earns.
  public var reward: ActivityReward?
  public var draw: ActivityDraw?

  init() {}
  public init(
    activity: ActivityID, organisation: OrganisationID, mode: ActivityMode, from: Instant, until: Instant
  ) {
    self.activity = activity
    self.organisation = organisation
    self.mode = mode
    self.from = from
    self.until = until
  }

  /// The most choices.
  static let mostChoices = 100

  static let type = CommandType(
    "activity.open", by: [.operator],
    refusals: [
      .activityExists, .organisationClosed, .timeBeforeCause, .activityEmptyWindow, .partyUnknown,
      .actorUnknown, .activityCommitmentUsed, .activityValueDayTooEarly,
    ],
    "Opens a vote, questionnaire, registration, lottery or quiz; a draw's commitment is stated here.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("activity", &activity)
    try io.field("organisation", &organisation)
    try io.field("name", &name)
    try io.field("mode", &mode)
    try io.field("from", &from, "the first instant at which members may join")
    try io.field("until", &until, "the first instant at which they may not any more")
    try io.field("audience", &audience, "all members of the organisation and of those below it when absent")
    try io.field("joinsPerDay", &joinsPerDay, in: 1...1_000, "of one member; once in all when absent")
    try io.field("choices", &choices, "what can be chosen in a vote or quiz")
    try io.field("reward", &reward, "what each join earns")
    try io.field("draw", &draw, "how it draws prizes")
    try io.expect(mode != .vote || choices != nil, "choices", "choices for a vote")
    try io.expect(mode.hasChoices || choices == nil, "choices", "choices for a vote or quiz only")
    try io.expect(mode != .lottery || draw != nil, "draw", "a draw for a lottery")
    if let choices {
      try io.expect(
        (2...Self.mostChoices).contains(choices.count) && Set(choices).count == choices.count, "choices",
        "2 to 100 different choices")
    }
  }
}

/// Counts one member in once.
public struct JoinActivity: CommandData {
  public var activity: ActivityID = .blank
  public var member: MemberID = .blank
  /// In a vote or quiz.
  public var choice: ChoiceID?

  init() {}
  public init(activity: ActivityID, member: MemberID, choice: ChoiceID? = nil) {
    self.activity = activity
    self.member = member
    self.choice = choice
  }

  static let type = CommandType(
    "activity.join", by: [.service, .operator],
    refusals: [
      .activityUnknown, .timeBeforeCause, .activityClosed, .activityByHolder, .activityEntriesFinal,
      .activityOutsideWindow, .memberUnknown, .memberMerged, .memberLeft, .activityOutsideAudience,
      .activityLimitReached, .activityChoiceUnknown, .activityPoolEmpty, .activityChainEnded,
    ] + ActivityReward.refusals,
    "Counts one member in once and gives the reward; where the activity draws, it is an entry.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("activity", &activity)
    try io.field("member", &member)
    try io.field("choice", &choice, "in a vote or quiz")
  }
}

/// Puts into the log what closing draws mix in, once and for ever.
public struct PublishValue: CommandData {
  public var activity: ActivityID = .blank
  /// What the opening named, as everybody knows it now.
  public var value: PublicValue = .blank

  init() {}
  public init(activity: ActivityID, value: PublicValue) {
    self.activity = activity
    self.value = value
  }

  static let type = CommandType(
    "activity.publish-value", by: [.operator, .approver],
    refusals: [
      .activityUnknown, .timeBeforeCause, .activityNothingToDraw, .activityByHolder, .activityValuePublished,
      .activityValueTooEarly, .activityValueNotOfForm,
    ],
    "States the public value that the opening named, in its form, not before its day; it never changes.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("activity", &activity)
    try io.field("value", &value, "what the opening named, in the form that it states")
  }
}

/// Tells the secret of the next draw, which has its winners by then: the next entry's alone, or among all entries when
/// the activity is over.
///
/// Whether the secret is right is asked last, and a draw whose secret is right is made: a prize that its benefit will
/// not give is won all the same, and the event says why it was not given.
public struct DrawActivity: CommandData {
  public var activity: ActivityID = .blank
  /// 1 for the first draw, then one more each time; where each entry is drawn by itself, also the entry's number.
  public var draw: Int64 = 1
  public var secret: DrawSecret = .blank

  init() {}
  public init(activity: ActivityID, draw: Int64, secret: DrawSecret) {
    self.activity = activity
    self.draw = draw
    self.secret = secret
  }

  static let type = CommandType(
    "activity.draw", by: [.operator, .service],
    refusals: [
      .activityUnknown, .activityNothingToDraw, .activityNotHolder, .activityValueMissing, .timeBeforeCause,
      .activityDrawOutOfOrder, .activityChainEnded, .activityPoolEmpty, .activityTooFewEntries,
      .activitySecretWrong, .activityCommitmentUsed,
    ],
    "Draws for the next entry, or among all when the activity is over; anyone can recompute who won.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("activity", &activity)
    try io.field("draw", &draw, in: 1...1_000_000_000, "1 for the first, then one more each time")
    try io.field(
      "secret", &secret,
      "its SHA-256 is the secret of the draw before, or the commitment; a refusal keeps only a seal of it")
  }
}

/// Ends an activity before its window does, or marks that it is over.
public struct CloseActivity: CommandData {
  public var activity: ActivityID = .blank
  public var reason: FreeText?

  init() {}
  public init(activity: ActivityID, reason: FreeText? = nil) {
    self.activity = activity
    self.reason = reason
  }

  static let type = CommandType(
    "activity.close", by: [.operator], refusals: [.activityUnknown, .timeBeforeCause, .activityClosed],
    "Ends an activity: nobody joins any more, and closing draws may begin.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("activity", &activity)
    try io.field("reason", &reason)
  }
}

/// The sum of the above.
public enum ActivityCommand: Equatable, Fielded {
  case open(OpenActivity)
  case join(JoinActivity)
  case publishValue(PublishValue)
  case draw(DrawActivity)
  case close(CloseActivity)

  static var blanks: [ActivityCommand] {
    [.open(.blank), .join(.blank), .publishValue(.blank), .draw(.blank), .close(.blank)]
  }

  var type: CommandType {
    switch self {
    case .open: OpenActivity.type
    case .join: JoinActivity.type
    case .publishValue: PublishValue.type
    case .draw: DrawActivity.type
    case .close: CloseActivity.type
    }
  }

  /// Which one it is about.
  var activity: ActivityID {
    switch self {
    case .open(let data): data.activity
    case .join(let data): data.activity
    case .publishValue(let data): data.activity
    case .draw(let data): data.activity
    case .close(let data): data.activity
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .open(let data): try io.walk(data) { self = .open($0) }
    case .join(let data): try io.walk(data) { self = .join($0) }
    case .publishValue(let data): try io.walk(data) { self = .publishValue($0) }
    case .draw(let data): try io.walk(data) { self = .draw($0) }
    case .close(let data): try io.walk(data) { self = .close($0) }
    }
  }
}
