// What can be asked of jobs (L10, L11): one command a kind of job, and the two that a job sends itself. Decisions are in
// JobDecide.

/// Applies what fell due by the end of a business day on everybody whom no command has touched since (L10).
public struct CloseDay: CommandData {
  /// The business day, in the ledger's zone; it must be over at `at`.
  public var day: CivilDay = .blank

  init() {}
  public init(day: CivilDay) { self.day = day }

  static let type = CommandType(
    "day.close", by: [.service, .operator, .owner], refusals: [.dayNotOver, .jobIdTooLong],
    "Applies what fell due by the end of a day on everybody not touched since: a job, in chunks.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("day", &day, "in the ledger's zone; it must be over")
  }
}

/// One chunk of a job. The ledger sends it itself, with the id `<job>/<chunk>`.
public struct AdvanceJob: CommandData {
  /// The id of the command that opened the job.
  public var job: CommandID = .blank
  /// 1, 2, 3, …
  public var chunk: Int64 = 1
  /// With the holdings at most 500.
  public var members: [MemberID] = []
  /// Members' coupons of campaigns; nil is none.
  public var holdings: [NamedHolding]?

  init() {}
  public init(job: CommandID, chunk: Int64, members: [MemberID], holdings: [NamedHolding]? = nil) {
    self.job = job
    self.chunk = chunk
    self.members = members
    self.holdings = holdings
  }

  static let type = CommandType(
    "job.advance", by: [.service, .operator, .owner],
    refusals: [.jobUnknown, .timeBeforeCause, .jobFinished, .jobChunkOutOfOrder],
    "One chunk of a job; the ledger sends it itself.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("job", &job, "the id of the command that opened it")
    try io.field("chunk", &chunk, in: 1...Int64(Int32.max), "1, 2, 3, …")
    try io.field("members", &members, "whose points are looked at, or who are granted a coupon")
    try io.field("holdings", &holdings, "coupons that are looked at")
  }
}

extension AdvanceJob {
  /// Names an entity on which something has fallen due.
  package mutating func add(_ key: EntityKey) {
    if case .wallet(let member) = key { members.append(member) }
    if case .couponHolding(let id) = key { holdings = (holdings ?? []) + [NamedHolding(id)] }
  }
}

/// One member's coupons of one campaign, in a chunk of a job.
public struct NamedHolding: Equatable, Sendable {
  public internal(set) var campaign: CampaignID = .blank
  public internal(set) var member: MemberID = .blank

  init() {}
  public init(_ holding: CampaignMember) {
    campaign = holding.first
    member = holding.second
  }

  var holding: CampaignMember { CampaignMember(campaign, member) }
}

extension NamedHolding: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("member", &member)
  }
}

/// The end of a job, refused while anything is due or left to be granted, whoever sends it. The ledger sends it itself,
/// with the id `<job>/finish`, and another after a refusal, which is sticky.
public struct FinishJob: CommandData {
  public var job: CommandID = .blank

  init() {}
  public init(job: CommandID) { self.job = job }

  static let type = CommandType(
    "job.finish", by: [.service, .operator, .owner],
    refusals: [.jobUnknown, .timeBeforeCause, .jobFinished, .jobWorkLeft, .jobGrantsLeft],
    "Ends a job; the ledger sends it itself.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("job", &job, "the id of the command that opened it")
  }
}

/// The sum of the above.
public enum JobCommand: Equatable, Fielded {
  case closeDay(CloseDay)
  case advance(AdvanceJob)
  case finish(FinishJob)

  static var blanks: [JobCommand] { [.closeDay(.blank), .advance(.blank), .finish(.blank)] }

  var type: CommandType {
    switch self {
    case .closeDay: CloseDay.type
    case .advance: AdvanceJob.type
    case .finish: FinishJob.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .closeDay(let data): try io.walk(data) { self = .closeDay($0) }
    case .advance(let data): try io.walk(data) { self = .advance($0) }
    case .finish(let data): try io.walk(data) { self = .finish($0) }
    }
  }
}
