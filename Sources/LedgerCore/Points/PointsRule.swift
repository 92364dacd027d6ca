// A points rule and its versions (P5): what it grants, its caps, how long what it grants is valid. What a member has
// earned under it is in Wallet.

/// How long points of a rule are valid (P5).
public struct Validity: Equatable, Sendable {
  public enum Mode: String, CaseIterable, Sendable {
    /// They never expire.
    case none
    /// Until the corresponding day `count` months later, that day included.
    case months
    /// Until the last day of the month `count` months later.
    case endOfMonth = "end-of-month"
    /// Until the last day of the year `count` years later.
    case endOfYear = "end-of-year"
    /// Until a calendar day, that day included.
    case day
  }

  public internal(set) var mode: Mode = .none
  public internal(set) var count: Int64?
  public internal(set) var day: CivilDay?

  init() {}
  private init(mode: Mode, count: Int64? = nil, day: CivilDay? = nil) {
    self.mode = mode
    self.count = count
    self.day = day
  }

  public static let unlimited = Validity(mode: .none)
  /// 1 to 120 months, rolling.
  public static func months(_ count: Int64) -> Validity { Validity(mode: .months, count: count) }
  /// 0 is the month of the earning; at most 120.
  public static func endOfMonth(later count: Int64) -> Validity { Validity(mode: .endOfMonth, count: count) }
  /// 0 is the year of the earning; at most 10.
  public static func endOfYear(later count: Int64) -> Validity { Validity(mode: .endOfYear, count: count) }
  public static func until(_ day: CivilDay) -> Validity { Validity(mode: .day, day: day) }

  /// The last day on which points earned on `day` are valid; nil never expires.
  func lastDay(earnedOn earned: CivilDay) -> CivilDay? {
    switch mode {
    case .none: nil
    case .months: earned.adding(months: Int(count ?? 0))
    case .endOfMonth: earned.lastDayOfMonth(monthsLater: Int(count ?? 0))
    case .endOfYear: earned.lastDayOfYear(yearsLater: Int(count ?? 0))
    case .day: day
    }
  }
}

extension Validity.Mode: WireWord {}

extension Validity: WireObject {
  static func sample(_ ordinal: Int) -> Validity { .endOfYear(later: 1) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("mode", &mode)
    try io.field("count", &count, in: 0...120, "months, or years at the end of a year")
    try io.field("day", &day, "the last valid day")
    let needsCount = mode == .months || mode == .endOfMonth || mode == .endOfYear
    try io.expect(
      needsCount == (count != nil), "count", "a count for months, end-of-month and end-of-year only")
    try io.expect(mode != .months || count != 0, "count", "at least 1 for months")
    try io.expect(mode != .endOfYear || (count ?? 0) <= 10, "count", "at most 10 for end-of-year")
    try io.expect((mode == .day) == (day != nil), "day", "a day for mode day, and for no other")
  }
}

/// What a refund gives back of points whose expiry has passed (P3). Never a fresh validity.
public enum AfterExpiry: String, CaseIterable, Sendable {
  /// Nothing: they count as refunded and are forfeited.
  case forfeit
  /// The points, for `graceDays` more days.
  case grace
}

extension AfterExpiry: WireWord {}

/// Publishes a version of a points rule.
public struct DefineRule: CommandData {
  public var rule: RuleID = .blank
  /// 1 for a new rule, then one more each time.
  public var ruleVersion: Int64 = 1
  /// Members of this organisation and of all below it may earn.
  public var organisation: OrganisationID = .blank
  public var name: FreeText?
  /// Points for one unit.
  public var pointsPerUnit: Points = .zero
  /// The most units that one command may name.
  public var mostUnits: Int64?
  /// The most points a member is granted in a day, a month, ever.
  public var capPerDay: Points?
  public var capPerMonth: Points?
  public var capPerLifetime: Points?
  /// The most points that all members together are granted under this version.
  public var budget: Points?
  public var validity = Validity()
  /// The first day of this version.
  public var from: CivilDay = .blank
  /// The first day on which this version grants nothing any more.
  public var until: CivilDay?
  public var verifiedOnly = false
  /// Only members with one of these occupations on the day; nil is everybody.
  public var occupations: [FreeText]?
  public var afterExpiry: AfterExpiry = .forfeit
  public var graceDays: Int64?
  /// Days from the earning until the points can be spent (P7); nil: at once.
  public var pendingDays: Int64?
  /// Days before the last valid day on which the member is told (P11); nil: never.
  public var noticeDays: Int64?

  init() {}
  public init(
    rule: RuleID, ruleVersion: Int64 = 1, organisation: OrganisationID, pointsPerUnit: Points,
    validity: Validity,
    from: CivilDay
  ) {
    self.rule = rule
    self.ruleVersion = ruleVersion
    self.organisation = organisation
    self.pointsPerUnit = pointsPerUnit
    self.validity = validity
    self.from = from
  }

  static let type = CommandType(
    "points.define-rule", by: [.operator],
    refusals: [
      .organisationClosed, .timeBeforeCause, .ruleOfOtherOrganisation, .ruleVersionOutOfOrder,
      .ruleEmptyWindow,
    ],
    "Publishes a version of a points rule; earlier versions stay for what was earned under them.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("rule", &rule)
    try io.field("ruleVersion", &ruleVersion, in: 1...1_000_000, "1 for a new rule, then one more each time")
    try io.field("organisation", &organisation, "its members, and those of all below it, may earn")
    try io.field("name", &name)
    try io.field("pointsPerUnit", &pointsPerUnit, in: 1...1_000_000, "")
    try io.field("mostUnits", &mostUnits, in: 1...1_000_000, "the most units one command may name")
    try io.field(
      "capPerDay", &capPerDay, in: 1...Points.limit,
      "per member; counts what every version granted that day")
    try io.field("capPerMonth", &capPerMonth, in: 1...Points.limit, "per member")
    try io.field("capPerLifetime", &capPerLifetime, in: 1...Points.limit, "per member")
    try io.field("budget", &budget, in: 1...1_000_000_000_000, "all members together, under this version")
    try io.field("validity", &validity)
    try io.field("from", &from, "the first day of this version")
    try io.field("until", &until, "the first day on which it grants nothing any more")
    try io.field("verifiedOnly", &verifiedOnly)
    try io.field("occupations", &occupations, "one of them must be true of the member on the day")
    try io.field("afterExpiry", &afterExpiry, "what a refund gives back of expired points")
    try io.field("graceDays", &graceDays, in: 1...366, "with afterExpiry grace")
    try io.expect(
      (afterExpiry == .grace) == (graceDays != nil), "graceDays", "days with grace, none with forfeit")
    try io.field("pendingDays", &pendingDays, in: 1...366, "from the earning day until they can be spent")
    try io.field("noticeDays", &noticeDays, in: 1...366, "before the last valid day the member is told")
  }

  /// The first day on which what is earned on `day` can be spent; nil: at once.
  func activeOn(earnedOn day: CivilDay) -> CivilDay? { pendingDays.map { day.adding(days: Int($0)) } }

  /// The day at whose first midnight the member is told of an expiry: not before `first`, and not after the last valid
  /// day. nil when no notice is due.
  func noticeOn(expires: CivilDay?, notBefore first: CivilDay) -> CivilDay? {
    guard let noticeDays, let expires else { return nil }
    let day = max(first, expires.adding(days: -Int(noticeDays)))
    return day <= expires ? day : nil
  }
}

/// A rule with all its versions. It is small and in constant use, so it stays in memory.
///
/// Which version grants is decided by the day of the earning: the newest one that had been published by then and
/// whose window had begun.
public struct PointsRule: Equatable, Sendable {
  /// Position of the last event that defined a version.
  public internal(set) var position: Int64 = 0
  /// In order; version n is at index n - 1.
  public internal(set) var versions: [RuleVersion] = []

  /// The version that grants at this time.
  func version(on day: CivilDay, at instant: Instant) -> RuleVersion? {
    versions.last { $0.definition.from <= day && $0.since <= instant }
  }

  func version(_ number: Int64) -> RuleVersion? {
    versions.indices.contains(Int(number) - 1) ? versions[Int(number) - 1] : nil
  }
}

/// One version of a rule, and what has been granted under it.
public struct RuleVersion: Equatable, Sendable {
  public internal(set) var definition = DefineRule()
  /// When it was published.
  public internal(set) var since: Instant = .blank
  /// Points granted to all members together.
  public internal(set) var granted: Points = .zero
}

extension RuleVersion: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("definition", &definition)
    try io.field("since", &since)
    try io.field("granted", &granted)
  }
}

extension PointsRule: Decider {
  static func evolve(_ state: inout PointsRule?, _ event: PointsEvent, _ stamp: Stamp) {
    switch event {
    case .ruleDefined(let event):
      var rule = state ?? PointsRule()
      rule.versions.append(RuleVersion(definition: event.request, since: stamp.at))
      rule.position = stamp.position
      state = rule
    case .earned(let event):
      let index = Int(event.ruleVersion) - 1
      guard state?.versions.indices.contains(index) == true else { return }
      state?.versions[index].granted += event.credited
    case .cancelled(let event): giveBack(event.lot, to: &state)
    case .grantReversed(let event): event.uncounted.map { giveBack($0, to: &state) }
    case .spent, .held, .captured, .released, .lapsed, .refunded, .expired, .moved, .forfeited, .merged,
      .activated, .clawedBack, .expiryNoticed, .extensionGranted, .extended, .adjusted, .spendingReversed:
      return
    }
  }

  /// What never came to be takes nothing of a budget.
  private static func giveBack(_ lot: LotShare, to state: inout PointsRule?) {
    let index = Int(lot.ruleVersion) - 1
    guard state?.versions.indices.contains(index) == true else { return }
    state?.versions[index].granted -= lot.points
  }
}
