// A year of a union's points as commands, from a seed: for the demo, for benchmarks and for drills of any size. The
// same seed and sizes give the same commands. Every id is invented.

import BenefitsLedger

/// The commands of one year, in the order in which they happened.
///
/// Setting up comes first: actors, a tree of organisations, three rules, the members. Then `events` commands spread
/// evenly over the year: about two thirds earn, the others hold, capture, release, spend and refund, and one hold in
/// eight is left to lapse.
struct Year: Sequence, IteratorProtocol {
  static let first = "2025-01-01T00:00:00+08:00"
  private static let yearMilliseconds: Int64 = 365 * 86_400_000

  private let members: Int
  private let events: Int
  private var random: SplitMix64
  private let start: Instant
  private var setUp: [Command]
  private var made = 0
  /// Open holds and spendings that a later command may refer to.
  private var holds: [(id: CommandID, member: MemberID)] = []
  private var spendings: [(id: CommandID, member: MemberID, points: Int64)] = []

  /// - Parameters:
  ///   - members: at least 1.
  ///   - events: commands after setting up.
  ///   - from: the first instant of the year.
  init(members: Int, events: Int, seed: UInt64, from start: Instant) {
    self.members = Swift.max(1, members)
    self.events = events
    self.start = start
    random = SplitMix64(state: seed)
    setUp = []
    setUp = Self.setUp(members: self.members, at: start).reversed()
  }

  mutating func next() -> Command? {
    if let command = setUp.popLast() { return command }
    guard made < events else { return nil }
    made += 1
    let at = start.adding(
      milliseconds: 3_600_000 + Int64(made) * (Self.yearMilliseconds - 7_200_000) / Int64(events))
    return activity(at)
  }

  private mutating func activity(_ at: Instant) -> Command {
    let id = Self.command("y", made)
    let member = Self.member(random.below(members))
    let body: PointsCommand
    switch random.below(16) {
    case 0..<10:
      let rule = ["reading", "reading", "volunteering", "safety-quiz"][random.below(4)]
      body = .earn(EarnPoints(member: member, rule: Self.rule(rule), quantity: Int64(1 + random.below(3))))
    case 10..<12:
      let points = Int64(1 + random.below(8))
      spendings.append((id, member, points))
      if spendings.count > 64 { spendings.removeFirst(32) }
      body = .spend(SpendPoints(member: member, points: Points(count: points)))
    case 12..<14:
      // Long enough for the captures that follow, whatever the pace of the year.
      let deadline = at.adding(milliseconds: 1_800_000 + 100 * Self.yearMilliseconds / Int64(events))
      if random.below(8) > 0 { holds.append((id, member)) }
      if holds.count > 8 { holds.removeFirst() }
      body = .hold(
        HoldPoints(member: member, points: Points(count: Int64(1 + random.below(8))), deadline: deadline))
    case 14 where !holds.isEmpty:
      let hold = holds.remove(at: random.below(holds.count))
      body =
        random.below(4) > 0
        ? .capture(CapturePoints(member: hold.member, hold: hold.id))
        : .release(ReleasePoints(member: hold.member, hold: hold.id))
    case 15 where !spendings.isEmpty:
      let spending = spendings.removeFirst()
      body = .refund(
        RefundPoints(member: spending.member, spending: spending.id, points: Points(count: spending.points)))
    default: body = .earn(EarnPoints(member: member, rule: Self.rule("reading")))
    }
    return Command(id: id, at: at, actor: Self.app, .points(body))
  }

  // MARK: setting up

  static let owner = ActorID(literal: "owner")
  private static let app = ActorID(literal: "app")
  private static let clerk = ActorID(literal: "clerk")

  static func member(_ number: Int) -> MemberID { MemberID(literal: "m-" + padded(number + 1, 7)) }
  static func organisation(_ number: Int) -> OrganisationID {
    OrganisationID(literal: "union-" + padded(number + 1, 3))
  }
  private static func rule(_ text: String) -> RuleID { RuleID(literal: text) }
  private static func command(_ prefix: String, _ number: Int) -> CommandID {
    CommandID(literal: prefix + "-" + padded(number, 10))
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }

  /// One province, and a union below it for every 500 members, at most 200.
  static func unions(for members: Int) -> Int { Swift.min(200, members / 500 + 2) }

  private static func setUp(members: Int, at: Instant) -> [Command] {
    var commands: [Command] = []
    func add(_ actor: ActorID, _ body: CommandBody) {
      commands.append(Command(id: command("s", commands.count + 1), at: at, actor: actor, body))
    }
    let province = OrganisationID(literal: "province")
    let from = Zone(offsetMinutes: 480).day(of: at)
    add(owner, .organisation(.register(RegisterOrganisation(organisation: province, name: FreeText("省总工会")))))
    for (actor, role) in [(app, Role.service), (clerk, .operator)] {
      add(owner, .actor(.register(RegisterActor(actor: actor))))
      add(owner, .actor(.grantRole(GrantRole(actor: actor, role: role, organisation: province, from: from))))
    }
    for number in 0..<unions(for: members) {
      let union = RegisterOrganisation(organisation: organisation(number), parent: province)
      add(clerk, .organisation(.register(union)))
    }
    for rule in rules(of: province, from: from) { add(clerk, .points(.defineRule(rule))) }
    for number in 0..<members {
      let union = organisation(number % unions(for: members))
      add(clerk, .member(.enrol(EnrolMember(member: member(number), organisation: union))))
    }
    return commands
  }

  private static func rules(of province: OrganisationID, from: CivilDay) -> [DefineRule] {
    var reading = DefineRule(
      rule: rule("reading"), organisation: province, pointsPerUnit: Points(count: 2),
      validity: .endOfYear(later: 1), from: from)
    reading.capPerDay = Points(count: 10)
    reading.afterExpiry = .grace
    reading.graceDays = 30
    var volunteering = DefineRule(
      rule: rule("volunteering"), organisation: province, pointsPerUnit: Points(count: 5),
      validity: .months(6),
      from: from)
    volunteering.capPerMonth = Points(count: 40)
    let quiz = DefineRule(
      rule: rule("safety-quiz"), organisation: province, pointsPerUnit: Points(count: 1),
      validity: .endOfMonth(later: 2), from: from)
    return [reading, volunteering, quiz]
  }
}

/// A small generator with a published definition (Steele, Lea, Flood 2014), so that a seed means the same everywhere.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// 0 to `bound` - 1; the bias of the remainder does not matter here.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

extension Identifier {
  /// An id written in the program itself.
  init(literal text: String) {
    guard let id = Self(text) else { preconditionFailure("\(text) is no \(Self.noun) id") }
    self = id
  }
}
