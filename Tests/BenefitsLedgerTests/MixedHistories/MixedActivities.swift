// Activities of a mixed history, in all modes, with rewards and both kinds of draws. The chain of secrets of each is made
// here from its id.

@testable import LedgerCore

extension MixedGenerator {
  mutating func activity() -> CommandBody? {
    let now = now
    switch random.number(0...29) {
    case 0...3:
      guard count(of: \.activities, where: { !$0.isClosed && now < $0.terms.until }) < 5 else { return nil }
      return .activity(.open(newActivity()))
    case 4...21: return join()
    case 22...27: return draw()
    default:
      guard let (id, _) = one(of: \.activities, where: { !$0.isClosed && $0.joins > 1 }) else { return nil }
      return .activity(.close(CloseActivity(activity: id)))
    }
  }

  /// The next draw, or the public value that it waits for.
  private mutating func draw() -> CommandBody? {
    let today = today
    let isToDraw = { (activity: Activity) in
      guard let draw = activity.terms.draw, activity.left > 0 else { return false }
      if draw.kind == .instant { return activity.waiting > 0 }
      return activity.entries > activity.awarded && draw.publicValue.map { $0.day <= today } ?? false
    }
    guard let (id, state) = one(of: \.activities, where: isToDraw) else { return nil }
    if state.terms.draw?.kind == .closing, state.publicValue == nil {
      return .activity(
        .publishValue(PublishValue(activity: id, value: .named("\(random.number(1_000...9_999))"))))
    }
    let chain = secrets[id] ?? []
    let next = Int(state.draws) + 1
    let isRight = chain.indices.contains(next) && random.chance(97)
    return .activity(
      .draw(
        DrawActivity(
          activity: id, draw: state.draws + 1, secret: DrawSecret(isRight ? chain[next] : .named("no secret"))
        )))
  }

  private mutating func join() -> CommandBody? {
    let now = now
    let isRunning = { (activity: Activity) in
      !activity.isClosed && activity.terms.from <= now && now < activity.terms.until
    }
    guard let (id, state) = one(of: \.activities, where: isRunning) else { return nil }
    return .activity(
      .join(
        JoinActivity(
          activity: id, member: someMember(),
          choice: random.chance(95) ? state.terms.choices?.randomElement(using: &random) : nil)))
  }

  private mutating func newActivity() -> OpenActivity {
    let id: ActivityID = .named(fresh("activity"))
    let mode = random.one(of: ActivityMode.allCases)
    var data = OpenActivity(
      activity: id, organisation: random.chance(75) ? .named("p") : random.one(of: Self.organisations),
      mode: mode,
      from: now.adding(milliseconds: -3_600_000),
      until: now.adding(milliseconds: Int64(random.number(30...300)) * 3_600_000))
    if mode.hasChoices, mode == .vote || random.chance(60) {
      data.choices = [.named("bridge"), .named("tunnel")]
    }
    if random.chance(40) { data.joinsPerDay = Int64(random.number(1...3)) }
    if random.chance(8) { data.audience = ActivityAudience(occupations: Self.occupations) }
    if mode == .lottery || random.chance(35) { data.draw = draw(id, until: data.until) }
    if random.chance(45) {
      data.reward = .points(.named("read"), Int64(random.number(1...2)))
    } else if random.chance(50) {
      data.reward = campaignToWin().map { .coupon($0) }
    }
    return data
  }

  private mutating func campaignToWin() -> CampaignID? {
    one(of: \.campaigns) { campaign in
      guard let terms = campaign.terms, campaign.status == .published else { return false }
      return terms.codeHash == nil && terms.usesCodePool != true && terms.isOnlyInBundle != true
    }?.id
  }

  private mutating func draw(_ id: ActivityID, until end: Instant) -> ActivityDraw {
    var chain = [ContentHash.named(id.text)]
    for _ in 0..<20 { chain.append(ContentHash(of: chain[chain.count - 1].bytes)) }
    chain.reverse()
    secrets[id] = chain
    let pieces = { (random: inout SplitMix64) in Int64(random.number(1...5)) }
    var prizes = [
      Prize(.named("pen"), pieces: pieces(&random)),
      Prize(.named("kettle"), pieces: pieces(&random), worth: Fen(count: 50), from: .named("donor")),
      Prize(.named("points"), pieces: pieces(&random), reward: .points(.named("walk"))),
    ]
    if let campaign = campaignToWin() {
      prizes.append(Prize(.named("coupon"), pieces: pieces(&random), reward: .coupon(campaign)))
    }
    if random.chance(50) {
      return .instant(
        chain[0], holder: Self.keeper, draws: 20, chancePerMillion: random.chance(50) ? 600_000 : nil, prizes)
    }
    let day = Self.zone.day(of: end).adding(days: 1)
    guard let form = PublicValueForm("####") else { preconditionFailure("four digits are a form") }
    return .closing(
      chain[0], holder: Self.keeper, draws: 20,
      publicValue: PublicValueNamed(.named("the index"), day: day, form: form),
      winnersPerDraw: Int64(random.number(1...3)), prizes)
  }
}
