// Commands of every benefit among each other, chosen from a seed by what the ledger holds so far. Which there are is in
// the other files named after what they are about; what must be true after each of them is in MixedWitness.

@testable import LedgerCore

/// What is sent to the ledger at once, and what its clock says then.
struct MixedStep {
  enum Sending {
    /// Each unit is one command or a group, and is never cut; units may be sent together or apart.
    case units([[Command]])
    /// All or none.
    case atomic([Command])
    /// Run to its end, or the rest of it.
    case job(Command)
    /// Never performed: nothing of it may be recorded.
    case invalid([Command])
  }
  var now: Instant
  var sending: Sending
}

/// Makes one history from a seed, step by step: the run tells it what was recorded.
struct MixedGenerator {
  var random: SplitMix64
  /// What the ledger holds.
  private(set) var book = Book.complete()
  private(set) var now: Instant
  private var number = 0
  private var sent: [Command] = []
  private var lastGroup: FreeText?
  /// How often each type of command was accepted.
  private var seen: [String: Int] = [:]
  /// Commands that opened a job, as they were sent.
  var jobs: [CommandID: Command] = [:]
  /// Commands that are accepted, by what can be done about them later.
  private(set) var accepted = MixedMemory()
  /// Of draws: the commitment, then the secret of draw 1, 2, …
  var secrets: [ActivityID: [ContentHash]] = [:]

  static let zone = HistoryGenerator.zone
  static let owner: ActorID = .named("owner")
  /// Holds the secrets of draws, and does nothing else.
  static let keeper: ActorID = .named("keeper")
  static let organisations: [OrganisationID] = [.named("p"), .named("c1"), .named("c2"), .named("c1b")]
  static let purposes: [Purpose] = [.named("heat"), .named("visit"), .named("masks")]
  static let rules: [RuleID] = [.named("read"), .named("walk")]
  static let occupations: [FreeText] = [.named("courier"), .named("driver")]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    // In the autumn, so that some histories meet the end of a year.
    let starts: [Int64] = [1_666_500_000_000, 1_669_700_000_000, 1_672_300_000_000]
    now = Instant(milliseconds: random.one(of: starts) + Int64(random.number(0...86_400_000)))
  }

  var today: CivilDay { Self.zone.day(of: now) }

  /// An event was recorded.
  mutating func take(_ record: EventRecord) {
    book.apply(record)
    accepted.take(record)
    if record.refusal == nil, let request = record.event.request { seen[request.type.name, default: 0] += 1 }
  }

  /// What is sent next.
  mutating func step() -> MixedStep {
    // What the opening did is not rare, and says nothing of what comes.
    if sent.isEmpty { seen = [:] }
    if random.chance(45) { advance() }
    return MixedStep(now: now, sending: sending())
  }

  private mutating func sending() -> MixedStep.Sending {
    switch random.number(0...99) {
    case 0...6:
      if let job = job() {
        sent.append(job)
        return .job(job)
      }
    case 7...8:
      let commands = (0..<random.number(2...4)).map { _ in fresh() }
      sent += commands
      return .atomic(commands)
    case 9:
      // A job cannot happen all or none with others.
      var command = fresh()
      command.group = .named("invalid-\(number)")
      var job = command
      job.id = .named("\(command.id.text)-job")
      job.body = .job(.closeDay(CloseDay(day: today.adding(days: -1))))
      return .invalid([command, job])
    default: break
    }
    let units = (0..<random.number(1...3)).map { _ in nextUnit() }
    sent += units.flatMap { $0 }
    return .units(units)
  }

  /// Neighbours of one group would be one group, and a batch may be cut between units.
  private mutating func nextUnit() -> [Command] {
    var next = unit()
    while let group = next.first?.group, group == lastGroup { next = unit() }
    lastGroup = next.last?.group
    return next
  }

  private mutating func unit() -> [Command] {
    switch random.number(0...99) {
    case 0...3:
      let group: FreeText = .named("group-\(number)")
      return (0..<random.number(2...4)).map { _ in
        var command = fresh()
        command.group = group
        return command
      }
    case 4...6:
      if let earlier = sent.randomElement(using: &random), !earlier.body.opensJob { return [earlier] }
    case 7...8:
      if var earlier = sent.randomElement(using: &random), !earlier.body.opensJob {
        earlier.at = earlier.at.adding(milliseconds: -1)
        return [earlier]
      }
    case 9...15: return waiting()
    case 16...18: if let launch = launch() { return launch }
    default: break
    }
    return [fresh()]
  }

  /// What needs a second actor, or merely waits for one, and mostly gets the consent.
  private mutating func waiting() -> [Command] {
    let open = one(of: \.approvals) { $0.status == .open }
    if let open, random.chance(30) {
      return [
        command(
          .approval(
            random.chance(50)
              ? .deny(DenyApproval(approval: open.id)) : .grant(GrantApproval(approval: open.id))),
          by: .named("chief"))
      ]
    }
    var body = random.chance(45) ? correction() ?? body() : body()
    while !body.canWait { body = self.body() }
    let asked = command(.approval(.open(OpenApproval(body))), by: actor(for: body))
    if random.chance(15) { return [asked] }
    return [asked, command(.approval(.grant(GrantApproval(approval: asked.id))), by: .named("chief"))]
  }

  /// A command under a new id.
  mutating func fresh() -> Command {
    let body = body()
    return command(body, by: actor(for: body))
  }

  mutating func command(_ body: CommandBody, by actor: ActorID) -> Command {
    number += 1
    return Command(id: .named("x-\(number)"), at: at(), actor: actor, body)
  }

  /// A number that no other id has.
  mutating func fresh(_ prefix: String) -> String {
    number += 1
    return "\(prefix)-\(number)"
  }

  /// The rarer of two, as far as this history has come, so that no kind of command is crowded out.
  private mutating func body() -> CommandBody {
    let (one, other) = (anyBody(), anyBody())
    return seen[one.type.name] ?? 0 <= seen[other.type.name] ?? 0 || random.chance(20) ? one : other
  }

  private mutating func anyBody() -> CommandBody {
    for _ in 0..<60 {
      let body: CommandBody? =
        switch random.number(0...99) {
        case 0...8: people()
        case 9...12: places()
        case 13...23: points()
        case 24...33: fund()
        case 34...41: settling()
        case 42...47: campaign()
        case 48...71: coupon()
        case 72...80: activity()
        case 81...87: gift()
        case 88...97: grant()
        default: ledger()
        }
      if let body { return body }
    }
    return .ledger(.setLimits(SetLimits(adjustment: Points(count: 5), reversal: Points(count: 5))))
  }

  /// Mostly one who may.
  mutating func actor(for body: CommandBody) -> ActorID {
    if random.chance(3) {
      return random.one(of: [
        .named("app"), .named("clerk"), .named("treasurer"), .named("chief"), .named("local"),
      ])
    }
    if case .activity(.draw) = body { return Self.keeper }
    return switch random.one(of: body.type.roles) {
    case .service: .named("app")
    case .operator: .named("clerk")
    case .approver: .named("chief")
    case .finance, .reconciler, .auditor: .named("treasurer")
    case .owner: Self.owner
    }
  }

  /// Moves the clock: by a moment, hours or days, or to a midnight.
  private mutating func advance() {
    let before = now
    switch random.number(0...19) {
    case 0...5: now = now.adding(milliseconds: Int64(random.number(1...120_000)))
    case 6...12: now = now.adding(milliseconds: Int64(random.number(1...9)) * 3_600_000)
    case 13...15: now = now.adding(milliseconds: Int64(random.number(20...30)) * 3_600_000)
    case 16: now = now.adding(milliseconds: Int64(random.number(2...6)) * 86_400_000)
    default:
      now = Self.zone.end(of: today).adding(milliseconds: random.one(of: [-60_000, -1, 0, 1, 3_600_000]))
    }
    now = max(now, before.adding(milliseconds: 1))
  }

  /// When the next command happened: mostly now, sometimes late or early.
  private mutating func at() -> Instant {
    let milliseconds: Int64 =
      switch random.number(0...39) {
      case 0...31: 0
      case 32: Int64(random.number(1...300_000))
      case 33...36: -Int64(random.number(1...3_600_000))
      case 37...38: -Int64(random.number(1...86_400_000))
      default: random.one(of: [600_000, -Int64(random.number(1...9)) * 86_400_000])
      }
    return now.adding(milliseconds: milliseconds)
  }
}

extension MixedGenerator {
  /// One of the entities of a kind that are so; nil when there is none.
  mutating func one<ID: Comparable, State>(
    of table: KeyPath<Book, Table<ID, State>>, where isRight: (State) -> Bool = { _ in true }
  ) -> (id: ID, state: State)? {
    let found = book[keyPath: table].all.filter { isRight($0.1) }.sorted { $0.0 < $1.0 }
    return found.randomElement(using: &random).map { ($0.0, $0.1) }
  }

  /// How many entities of a kind are so.
  func count<ID, State>(
    of table: KeyPath<Book, Table<ID, State>>, where isRight: (State) -> Bool = { _ in true }
  ) -> Int {
    book[keyPath: table].all.reduce(0) { $0 + (isRight($1.1) ? 1 : 0) }
  }

  /// From 1 to `most`, which may be more than there is.
  mutating func fen(upTo most: Fen, orMoreIn percent: Int = 4) -> Fen {
    let more = random.chance(percent) ? 1_000_000 : 0
    return Fen(count: Int64(random.number(1...max(1, Int(most.count)))) + Int64(more))
  }

  /// A member who could do something, now and then one who could not.
  mutating func someMember() -> MemberID {
    let isAnybody = random.chance(4)
    return one(of: \.members) { isAnybody || ($0.left == nil && $0.merged == nil) }?.id ?? .named("nobody")
  }

  /// Who has now what a member had.
  mutating func owner(_ member: MemberID) -> MemberID {
    random.chance(92) ? book.member(member)?.merged ?? member : member
  }

  mutating func someOrganisation() -> OrganisationID {
    random.chance(95) ? random.one(of: Self.organisations) : one(of: \.organisations)?.id ?? .named("p")
  }
}
