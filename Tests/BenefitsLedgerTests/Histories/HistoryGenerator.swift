// Random command histories over few members, organisations and rules, so that everything meets everything. What must
// be true of each is in HistoryRun.

import LedgerCore

/// Commands that reach the ledger while its clock stands still.
struct HistorySegment {
  var now: Instant
  /// A unit is one command or a group; a group is never cut.
  var units: [[Command]] = []
}

/// Makes one history from a seed.
struct HistoryGenerator {
  private var random: SplitMix64
  private var now: Int64
  private var number = 0
  private var commands: [Command] = []
  private var ruleVersions = [Int64](repeating: 0, count: rules.count)
  private var holds: [(id: CommandID, member: MemberID, deadline: Int64)] = []
  private var spendings: [(id: CommandID, member: MemberID)] = []
  private var earnings: [(id: CommandID, member: MemberID)] = []
  private var gifts: [(id: CommandID, member: MemberID)] = []
  private var lastDays: [CivilDay] = []
  /// Into whom each guest was to be merged, refused or not.
  private var merged: [MemberID: MemberID] = [:]
  private var facts = 0
  private var counts: [(id: CommandID, station: StationID)] = []
  private var lastGroup: FreeText?

  static let zone = Zone(offsetMinutes: 480)
  static let owner = id("owner", ActorID.init)
  private static let clerk = id("clerk", ActorID.init)
  private static let local = id("local", ActorID.init)
  private static let chief = id("chief", ActorID.init)
  private static let app = id("app", ActorID.init)
  static let organisations = ["p", "c1", "c2", "c1b"].map { id($0, OrganisationID.init) }
  static let members = ["m1", "m2", "m3", "m4"].map { id($0, MemberID.init) }
  /// Provisional members, the first two from the beginning.
  private static let guests = ["g1", "g2", "g3", "g4"].map { id($0, MemberID.init) }
  static let everybody = members + guests
  private static let rules = ["read", "walk", "quiz"].map { id($0, RuleID.init) }
  static let stations = ["s1", "s2", "s3"].map { id($0, StationID.init) }
  private static let occupations = ["courier", "driver"].map { id($0, FreeText.init) }

  static func id<Value>(_ text: String, _ make: (String) -> Value?) -> Value {
    guard let value = make(text) else { preconditionFailure("\(text) is no \(Value.self)") }
    return value
  }

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    // From late autumn on, so that histories meet year ends and leap days.
    let starts: [Int64] = [1_667_260_800_000, 1_672_400_000_000, 1_706_600_000_000, 1_709_100_000_000]
    now = random.one(of: starts) + Int64(random.number(0...86_400_000))
  }

  /// The whole history: what everything needs, then `length` random commands.
  mutating func history(length: Int) -> [HistorySegment] {
    var segments = [HistorySegment(now: Instant(milliseconds: now), units: opening().map { [$0] })]
    while commands.count < length {
      if random.chance(60) {
        advance()
        segments.append(HistorySegment(now: Instant(milliseconds: now)))
      }
      var next = unit()
      // Neighbours of one group are one group, and a batch may cut between units.
      while let group = next.first?.group, group == lastGroup { next = unit() }
      lastGroup = next.first?.group
      segments[segments.count - 1].units.append(next)
    }
    return segments
  }

  private mutating func opening() -> [Command] {
    let day = Self.zone.day(of: Instant(milliseconds: now - 40 * 86_400_000))
    var bodies: [CommandBody] = [Self.clerk, Self.local, Self.app, Self.chief].map {
      .actor(.register(RegisterActor(actor: $0)))
    }
    bodies.append(.organisation(.register(RegisterOrganisation(organisation: Self.organisations[0]))))
    for (child, parent) in [(1, 0), (2, 0), (3, 1)] {
      bodies.append(
        .organisation(
          .register(
            RegisterOrganisation(organisation: Self.organisations[child], parent: Self.organisations[parent]))
        ))
    }
    bodies.append(.actor(.grantRole(GrantRole(actor: Self.clerk, role: .operator, from: day))))
    bodies.append(.actor(.grantRole(GrantRole(actor: Self.app, role: .service, from: day))))
    bodies.append(
      .actor(
        .grantRole(
          GrantRole(actor: Self.local, role: .operator, organisation: Self.organisations[1], from: day))))
    bodies.append(.actor(.grantRole(GrantRole(actor: Self.chief, role: .approver, from: day))))
    bodies.append(
      .ledger(.setLimits(SetLimits(adjustment: Points(count: 5), reversal: Points(count: 5)))))
    let byOwner = bodies.count
    for (index, member) in Self.members.enumerated() {
      bodies.append(
        .member(.enrol(EnrolMember(member: member, organisation: Self.organisations[(index + 1) % 4]))))
    }
    for (index, guest) in Self.guests.prefix(2).enumerated() {
      bodies.append(.member(.enrol(admission(guest, Self.organisations[index]))))
    }
    for rule in Self.rules.indices { bodies.append(.points(.defineRule(version(rule, from: day)))) }
    // Everything exists for a month before the history begins, so that late commands find something.
    return bodies.enumerated().map { index, body in
      Command(
        id: Self.id("open-\(index)", CommandID.init), at: Instant(milliseconds: now - 30 * 86_400_000),
        actor: index < byOwner ? Self.owner : Self.clerk, body)
    }
  }

  private mutating func version(_ index: Int, from day: CivilDay) -> DefineRule {
    ruleVersions[index] += 1
    let last = day.adding(days: random.number(20...90))
    let validity: Validity =
      switch random.number(0...6) {
      case 0: .unlimited
      case 1: .months(Int64(random.number(1...3)))
      case 2, 3: .endOfMonth(later: Int64(random.number(0...1)))
      case 4: .endOfYear(later: Int64(random.number(0...1)))
      default: .until(last)
      }
    lastDays.append(last)
    var rule = DefineRule(
      rule: Self.rules[index], ruleVersion: ruleVersions[index],
      organisation: Self.organisations[random.chance(70) ? 0 : random.number(1...2)],
      pointsPerUnit: Points(count: Int64(random.number(1...4))), validity: validity, from: day)
    if ruleVersions[index] > 1 { rule.organisation = Self.organisations[0] }
    if random.chance(20) { rule.mostUnits = 6 }
    if random.chance(60) { rule.capPerDay = Points(count: Int64(random.number(5...15))) }
    if random.chance(40) { rule.capPerMonth = Points(count: Int64(random.number(15...60))) }
    if random.chance(20) { rule.capPerLifetime = Points(count: Int64(random.number(30...120))) }
    if random.chance(20) { rule.budget = Points(count: Int64(random.number(50...200))) }
    if random.chance(15) { rule.until = day.adding(days: random.number(30...200)) }
    if random.chance(10) { rule.verifiedOnly = true }
    if random.chance(10) { rule.occupations = [random.one(of: Self.occupations)] }
    if random.chance(50) {
      rule.afterExpiry = .grace
      rule.graceDays = Int64(random.number(1...10))
    }
    if random.chance(25) { rule.pendingDays = Int64(random.number(1...30)) }
    if random.chance(40) { rule.noticeDays = Int64(random.number(1...40)) }
    return rule
  }

  /// Moves the clock: by a moment, hours, days or weeks, or to a boundary.
  private mutating func advance() {
    let before = now
    switch random.number(0...9) {
    case 0...3: now += Int64(random.number(1...60_000))
    case 4...5: now += Int64(random.number(1...20)) * 3_600_000
    case 6: now += Int64(random.number(1...12)) * 86_400_000
    case 7: now += Int64(random.number(10...50)) * 86_400_000
    case 8:
      // Around the next midnight.
      let midnight = Self.zone.end(of: Self.zone.day(of: Instant(milliseconds: now)))
      now = midnight.milliseconds + random.one(of: [-120_000, -1, 0, 1, 60_000])
    default:
      if let hold = holds.last, hold.deadline > now { now = hold.deadline + random.one(of: [-1, 0, 1]) }
    }
    now = max(now, before + 1)
  }

  /// When the next command happened: mostly now, sometimes late, early, or on a boundary.
  private mutating func at() -> Instant {
    let milliseconds: Int64 =
      switch random.number(0...19) {
      case 0...10: now
      case 11: now + Int64(random.number(0...300_000))
      case 12: now + Int64(random.number(0...600_000))
      case 13: now - Int64(random.number(0...3_600_000))
      case 14...15: now - Int64(random.number(0...86_400_000))
      case 16: now - Int64(random.number(0...40)) * 86_400_000
      case 17:
        Self.zone.start(of: Self.zone.day(of: Instant(milliseconds: now))).milliseconds
          - Int64(random.number(0...1))
      case 18: (holds.last?.deadline).map { min($0, now) } ?? now
      default: now - Int64(random.number(0...5_000))
      }
    return Instant(milliseconds: milliseconds)
  }

  private mutating func unit() -> [Command] {
    if random.chance(6) {
      let group = Self.id("group-\(number)", FreeText.init)
      var members = (0..<random.number(2...4)).map { _ in next(group) }
      if random.chance(20) { members.append(members[0]) }
      return members
    }
    if random.chance(5), let earlier = commands.randomElement(using: &random) { return [earlier] }
    if random.chance(3), var earlier = commands.randomElement(using: &random) {
      earlier.at = Instant(milliseconds: earlier.at.milliseconds - 1)
      return [earlier]
    }
    if random.chance(8) { return waiting() }
    if random.chance(2) { return closing() }
    return [next(nil)]
  }

  /// Closes yesterday, looking at some members only, and now and then a period: what was missed, and what late
  /// commands make due again, falls due in a closed period then.
  private mutating func closing() -> [Command] {
    number += 1
    let at = Instant(milliseconds: now)
    let today = Self.zone.day(of: at)
    let job = Self.id("close-\(number)", CommandID.init)
    let isWhole = random.chance(80)
    let members = Self.everybody.filter { _ in isWhole || random.chance(60) }
    var bodies: [(String, CommandBody)] = [
      ("close-\(number)", .job(.closeDay(CloseDay(day: today.adding(days: random.chance(90) ? -1 : 0))))),
      ("close-\(number)/1", .job(.advance(AdvanceJob(job: job, chunk: 1, members: members)))),
      ("close-\(number)/finish", .job(.finish(FinishJob(job: job)))),
    ]
    // A period alone: late commands since its last day was closed may have made something due.
    if random.chance(25) { bodies = [] }
    if bodies.isEmpty || random.chance(30) {
      let through = today.adding(days: -random.number(0...12))
      bodies.append(("period-\(number)", .ledger(.closePeriod(ClosePeriod(through: through)))))
    }
    let closing = bodies.map { id, body in
      Command(id: Self.id(id, CommandID.init), at: at, actor: Self.owner, body)
    }
    commands += closing
    return closing
  }

  /// What needs a second actor, and mostly gets one.
  private mutating func waiting() -> [Command] {
    number += 1
    let (id, at) = (Self.id("ask-\(number)", CommandID.init), at())
    let grant = Self.id("grant-\(number)", CommandID.init)
    let member = random.one(of: Self.members)
    let body: PointsCommand =
      switch random.number(0...2) {
      case 0: .adjust(adjustment(member, at, in: 6...20))
      case 1: reversal(at) ?? .adjust(adjustment(member, at, in: 6...20))
      default: .extend(extensionOfExpiry(member, at))
      }
    if case .adjust(let data) = body, data.points > .zero { gifts.append((grant, member)) }
    let asked = Command(
      id: id, at: at, actor: Self.clerk, .approval(.open(OpenApproval(.points(body)))))
    let granted = Command(
      id: grant, at: at, actor: random.chance(90) ? Self.chief : Self.clerk,
      .approval(.grant(GrantApproval(approval: id))))
    commands += [asked, granted]
    return [asked, granted]
  }

  private mutating func adjustment(
    _ member: MemberID, _ at: Instant, in range: ClosedRange<Int>
  ) -> AdjustPoints {
    let amount = Int64(random.number(range))
    var data = AdjustPoints(
      member: member, points: Points(count: random.chance(60) ? amount : -amount),
      rule: random.one(of: Self.rules), reason: Self.id("counted-wrong", ReasonCode.init))
    if random.chance(30) { data.corrects = spendings.suffix(6).randomElement(using: &random)?.id }
    if random.chance(20) { data.occurredOn = Self.zone.day(of: at).adding(days: random.number(-30...1)) }
    return data
  }

  private mutating func reversal(_ at: Instant) -> PointsCommand? {
    let some = random.one(of: [earnings.suffix(10), spendings.suffix(10), gifts.suffix(4)])
    guard let reversed = some.randomElement(using: &random) else { return nil }
    return .reverse(
      ReversePoints(
        member: owner(reversed.member), event: reversed.id,
        points: random.chance(60) ? Points(count: Int64(random.number(1...7))) : nil,
        reason: Self.id("entered-twice", ReasonCode.init)))
  }

  /// Of a day on which something may well expire.
  private mutating func extensionOfExpiry(_ member: MemberID, _ at: Instant) -> ExtendPoints {
    let day = Self.zone.day(of: at)
    let expires = random.one(of: [
      day.lastDayOfMonth(monthsLater: 0), day.lastDayOfMonth(monthsLater: 1),
      day.lastDayOfYear(yearsLater: 0),
      lastDays.randomElement(using: &random) ?? day,
    ])
    return ExtendPoints(
      member: member, expires: expires, until: expires.adding(days: random.number(0...40)),
      rule: random.chance(30) ? random.one(of: Self.rules) : nil,
      reason: Self.id("shops-closed", ReasonCode.init))
  }

  private mutating func next(_ group: FreeText?) -> Command {
    number += 1
    let id = Self.id("h-\(number)", CommandID.init)
    let at = at()
    let command = Command(id: id, at: at, actor: actor(), body(id, at), group: group)
    commands.append(command)
    return command
  }

  private mutating func actor() -> ActorID {
    random.chance(90) ? Self.clerk : random.one(of: [Self.app, Self.local, Self.owner])
  }

  private mutating func body(_ id: CommandID, _ at: Instant) -> CommandBody {
    let member = random.one(of: random.chance(70) ? Self.members : Self.guests)
    let organisation = random.one(of: Self.organisations)
    let points = Points(count: Int64(random.number(1...12)))
    switch random.number(0...111) {
    case 0...28:
      earnings.append((id, member))
      return .points(
        .earn(
          EarnPoints(
            member: member, rule: random.one(of: Self.rules), quantity: Int64(random.number(1...8)))))
    case 29...31:
      guard let earning = earnings.suffix(8).randomElement(using: &random) else { break }
      return .points(.cancel(CancelPoints(member: owner(earning.member), earning: earning.id)))
    case 32...37:
      guard let earning = earnings.suffix(12).randomElement(using: &random) else { break }
      return .points(clawBack(random.chance(95) ? owner(earning.member) : member, earning.id, at))
    case 38...39:
      let data = adjustment(member, at, in: 1...6)
      if data.points > .zero { gifts.append((id, member)) }
      return .points(.adjust(data))
    case 40...42:
      guard let reversal = reversal(at) else { break }
      return .points(reversal)
    case 43...49:
      spendings.append((id, member))
      return .points(.spend(SpendPoints(member: member, points: points)))
    case 50...62:
      let wait: Int64 = random.one(of: [1, 1_000, 60_000, 3_600_000, 86_400_000, 20 * 86_400_000, -1])
      let deadline = at.milliseconds + wait
      holds.append((id, member, deadline))
      return .points(
        .hold(HoldPoints(member: member, points: points, deadline: Instant(milliseconds: deadline))))
    case 63...70:
      guard let hold = holds.suffix(6).randomElement(using: &random) else { break }
      spendings.append((id, owner(hold.member)))
      let part = random.chance(50) ? Points(count: Int64(random.number(1...6))) : nil
      return .points(.capture(CapturePoints(member: owner(hold.member), hold: hold.id, points: part)))
    case 71...75:
      guard let hold = holds.suffix(6).randomElement(using: &random) else { break }
      return .points(.release(ReleasePoints(member: owner(hold.member), hold: hold.id)))
    case 76...84:
      guard let spending = spendings.suffix(10).randomElement(using: &random) else { break }
      let part = Points(count: Int64(random.number(1...8)))
      return .points(
        .refund(
          RefundPoints(
            member: random.chance(95) ? owner(spending.member) : member, spending: spending.id, points: part))
      )
    case 85...88: return .member(.transfer(TransferMember(member: member, organisation: organisation)))
    case 89...90:
      return .member(.leave(LeaveMember(member: member, points: random.chance(50) ? .keep : .forfeit)))
    case 91...93: return .member(.rejoin(RejoinMember(member: member, organisation: organisation)))
    case 94: return .member(.verify(VerifyMember(member: member)))
    case 95: return startFact(member, at)
    case 96:
      let fact = Self.id("fact-\(random.number(0...max(facts, 1)))", FactID.init)
      return .member(.endFact(EndFact(member: member, fact: fact, until: Self.zone.day(of: at))))
    case 97: return .organisation(.close(CloseOrganisation(organisation: organisation)))
    case 99...101: return .member(relative(member, at))
    case 102...105: return .station(station(id, at))
    case 106...108:
      let (guest, real) = (random.one(of: Self.guests), random.one(of: Self.everybody))
      merged[guest] = real
      return .member(.merge(MergeMember(member: guest, into: real)))
    case 109...110: return .member(.enrol(admission(random.one(of: Self.guests), organisation)))
    default:
      let day = Self.zone.day(of: at).adding(days: random.number(-3...3))
      let index = random.number(0...Self.rules.count - 1)
      let definition = version(index, from: day)
      // Some are refused: then the next version is out of order for good, which is a history too.
      if random.chance(90) { return .points(.defineRule(definition)) }
    }
    return .points(.spend(SpendPoints(member: member, points: points)))
  }

  /// Who has by now, mostly, what a member had.
  private mutating func owner(_ member: MemberID) -> MemberID {
    random.chance(90) ? merged[member] ?? member : member
  }

  private func admission(_ member: MemberID, _ organisation: OrganisationID) -> EnrolMember {
    EnrolMember(
      member: member, organisation: organisation,
      credential: Credential(kind: Self.id("permit", FreeText.init), seenBy: Self.id("booth", FreeText.init)))
  }

  /// Opens a station, counts its visits, corrects a count or closes it; few of them, and so many are refused.
  private mutating func station(_ id: CommandID, _ at: Instant) -> StationCommand {
    let station = random.one(of: Self.stations)
    let day = Self.zone.day(of: at).adding(days: -random.number(-1...10))
    switch random.number(0...9) {
    case 0...3:
      let number = Self.id("\(random.number(1...2))", FreeText.init)
      return .open(
        OpenStation(station: station, organisation: random.one(of: Self.organisations), number: number))
    case 4: return .close(CloseStation(station: station))
    case 5:
      guard let count = counts.suffix(6).randomElement(using: &random) else { break }
      counts.append((id, count.station))
      let reason = Self.id("counted wrongly", FreeText.init)
      return .correctVisits(
        CorrectVisits(
          station: count.station, recording: count.id, visits: Int64(random.number(0...20)), reason: reason))
    default: break
    }
    counts.append((id, station))
    return .recordVisits(RecordVisits(station: station, day: day, visits: Int64(random.number(1...20))))
  }

  /// Declares two members to be relatives, or ends it; sometimes of one and the same, which is refused.
  private mutating func relative(_ member: MemberID, _ at: Instant) -> MemberCommand {
    let relative = random.one(of: Self.members)
    let day = Self.zone.day(of: at).adding(days: random.number(-20...20))
    if random.chance(40) {
      return .endRelative(EndRelative(member: member, relative: relative, until: day))
    }
    return .declareRelative(
      DeclareRelative(
        member: member, relative: relative, kind: random.one(of: RelativeKind.allCases),
        dependant: random.chance(50), from: day,
        until: random.chance(50) ? day.adding(days: random.number(1...40)) : nil))
  }

  private mutating func clawBack(_ member: MemberID, _ earning: CommandID, _ at: Instant) -> PointsCommand {
    var data = ClawBackPoints(
      member: member, earning: earning,
      points: random.chance(50) ? Points(count: Int64(random.number(1...8))) : nil,
      reason: Self.id("revoked", ReasonCode.init))
    if random.chance(20) { data.occurredOn = Self.zone.day(of: at).adding(days: random.number(-30...1)) }
    return .clawBack(data)
  }

  private mutating func startFact(_ member: MemberID, _ at: Instant) -> CommandBody {
    facts += 1
    let day = Self.zone.day(of: at)
    return .member(
      .startFact(
        StartFact(
          member: member, fact: Self.id("fact-\(facts)", FactID.init), kind: .occupation,
          value: random.one(of: Self.occupations), from: day.adding(days: random.number(-5...5)),
          until: random.chance(50) ? day.adding(days: random.number(6...60)) : nil)))
  }
}
