// The terms on which an activity is opened (A1, A2): mode, audience, reward, draw and prizes. They never change; what
// has become of an activity since is in Activity.

/// How members take part (A1): 投票, 问卷, 报名, 抽奖 or 答题.
public enum ActivityMode: String, CaseIterable, Sendable {
  case vote, questionnaire, registration, lottery, quiz

  /// Whether who joins may choose one of the choices that the activity names.
  var hasChoices: Bool {
    switch self {
    case .vote, .quiz: true
    case .questionnaire, .registration, .lottery: false
    }
  }
}

extension ActivityMode: WireWord {}

/// Who may take part (A1), by the facts of the day.
public struct ActivityAudience: Equatable, Sendable {
  /// Members of this organisation and of all below it; nil: of the activity's own.
  public internal(set) var organisation: OrganisationID?
  /// Only members with one of these occupations on the day; nil is everybody.
  public internal(set) var occupations: [FreeText]?
  public internal(set) var verifiedOnly = false

  init() {}
  public init(
    organisation: OrganisationID? = nil, occupations: [FreeText]? = nil, verifiedOnly: Bool = false
  ) {
    self.organisation = organisation
    self.occupations = occupations
    self.verifiedOnly = verifiedOnly
  }
}

extension ActivityAudience: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field(
      "organisation", &organisation, "its members and those of all below it; the activity's own when absent")
    try io.field("occupations", &occupations, "one of them must be true of the member on the day")
    try io.field("verifiedOnly", &verifiedOnly)
  }
}

/// What a member gets in the books of another benefit: points under a rule, or a coupon of a campaign.
public struct ActivityReward: Equatable, Sendable {
  public internal(set) var rule: RuleID?
  /// Units of what the rule counts.
  public internal(set) var quantity: Int64?
  public internal(set) var campaign: CampaignID?

  init() {}
  private init(rule: RuleID? = nil, quantity: Int64? = nil, campaign: CampaignID? = nil) {
    self.rule = rule
    self.quantity = quantity
    self.campaign = campaign
  }

  public static func points(_ rule: RuleID, _ quantity: Int64 = 1) -> ActivityReward {
    ActivityReward(rule: rule, quantity: quantity)
  }
  public static func coupon(_ campaign: CampaignID) -> ActivityReward { ActivityReward(campaign: campaign) }
}

extension ActivityReward: WireObject {
  static func sample(_ ordinal: Int) -> ActivityReward {
    ordinal % 2 == 0 ? .coupon(.sample(ordinal)) : .points(.sample(ordinal), 3)
  }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("rule", &rule, "of points")
    try io.field("quantity", &quantity, in: 1...1_000_000, "units of what the rule counts")
    try io.field("campaign", &campaign, "of coupons")
    try io.expect((rule == nil) == (quantity == nil), "quantity", "a quantity with a rule, and else none")
    try io.expect((rule == nil) != (campaign == nil), "campaign", "a rule of points or a campaign of coupons")
  }
}

/// A kind of prize, and how many pieces of it an activity hands out.
///
/// A piece is a reward in another benefit's books, or a donated thing of a stated value (F7: a memo by contributor,
/// never cash), or neither: then the ledger counts the pieces and knows no more.
public struct Prize: Equatable, Sendable {
  public internal(set) var prize: PrizeID = .blank
  public internal(set) var pieces: Int64 = 1
  public internal(set) var reward: ActivityReward?
  /// What one piece is worth, where somebody gave it.
  public internal(set) var memo: Fen?
  /// Who gave it.
  public internal(set) var contributor: PartyID?

  init() {}
  public init(_ prize: PrizeID, pieces: Int64, reward: ActivityReward? = nil) {
    self.prize = prize
    self.pieces = pieces
    self.reward = reward
  }
  public init(_ prize: PrizeID, pieces: Int64, worth memo: Fen, from contributor: PartyID) {
    self.prize = prize
    self.pieces = pieces
    self.memo = memo
    self.contributor = contributor
  }
}

extension Prize: WireObject {
  static func sample(_ ordinal: Int) -> Prize {
    ordinal % 2 == 0
      ? Prize(.sample(ordinal), pieces: 100, reward: .sample(ordinal))
      : Prize(.sample(ordinal), pieces: 100, worth: .sample(ordinal), from: .sample(ordinal))
  }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("prize", &prize, "a name that no other prize of the activity has")
    try io.field("pieces", &pieces, in: 1...1_000_000_000, "")
    try io.field("reward", &reward, "what a piece is in another benefit's books")
    try io.field("memoFen", &memo, in: 1...Fen.limit, "what a donated piece is worth; a memo, never cash")
    try io.field("contributor", &contributor, "the party that gave it")
    try io.expect(
      (memo == nil) == (contributor == nil), "contributor", "a contributor with memoFen, and else none")
    try io.expect(
      (memo?.count ?? 0) <= Fen.limit / max(1, pieces), "memoFen",
      "at most 10,000,000,000,000 for all pieces together")
    try io.expect(reward == nil || memo == nil, "memoFen", "no value in memo for a reward")
  }
}

/// When prizes are drawn (A2).
public enum DrawKind: String, CaseIterable, Sendable {
  /// At once for each who joins.
  case instant
  /// When the activity is over, among all who joined.
  case closing
}

extension DrawKind: WireWord {}

/// How an activity draws prizes (A2). How a draw comes out is in Draw.
public struct ActivityDraw: Equatable, Sendable {
  public internal(set) var kind: DrawKind = .blank
  /// The end of the hash chain: the SHA-256 of the first draw's secret.
  public internal(set) var commitment: ContentHash = .blank
  /// How many secrets the chain has; nil is not told.
  public internal(set) var draws: Int64?
  /// What a closing draw mixes in beside the secret: something that everybody will know and nobody can steer.
  public internal(set) var publicValueNamed: FreeText?
  /// How often of a million an instant draw wins; nil: always.
  public internal(set) var chancePerMillion: Int64?
  /// In the order in which draws go over them.
  public internal(set) var prizes: [Prize] = []

  init() {}
  public static func instant(
    _ commitment: ContentHash, draws: Int64? = nil, chancePerMillion: Int64? = nil, _ prizes: [Prize]
  ) -> ActivityDraw {
    var draw = ActivityDraw()
    draw.commitment = commitment
    draw.draws = draws
    draw.chancePerMillion = chancePerMillion
    draw.prizes = prizes
    return draw
  }
  public static func closing(
    _ commitment: ContentHash, draws: Int64? = nil, publicValueNamed name: FreeText, _ prizes: [Prize]
  ) -> ActivityDraw {
    var draw = ActivityDraw()
    draw.kind = .closing
    draw.commitment = commitment
    draw.draws = draws
    draw.publicValueNamed = name
    draw.prizes = prizes
    return draw
  }

  func prize(_ id: PrizeID) -> Prize? { prizes.first { $0.prize == id } }

  /// The most kinds of prizes.
  static let mostPrizes = 50
}

extension ActivityDraw: WireObject {
  static func sample(_ ordinal: Int) -> ActivityDraw {
    let prizes = [Prize.sample(ordinal), .sample(ordinal + 1)]
    return ordinal % 2 == 0
      ? .instant(.sample(ordinal), draws: 1_000, chancePerMillion: 250_000, prizes)
      : .closing(.sample(ordinal), draws: 3, publicValueNamed: .sample(ordinal), prizes)
  }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("kind", &kind, "at once for each who joins, or among all when the activity is over")
    try io.field("commitment", &commitment, "the SHA-256 of the first draw's secret")
    try io.field("draws", &draws, in: 1...1_000_000_000, "how many secrets the chain has")
    try io.field(
      "publicValueNamed", &publicValueNamed, "what a closing draw mixes in, such as an index's close on a day"
    )
    try io.field(
      "chancePerMillion", &chancePerMillion, in: 1...1_000_000,
      "of an instant draw; it always wins when absent")
    try io.field("prizes", &prizes, "in the order in which draws go over them")
    try io.expect(
      (kind == .closing) == (publicValueNamed != nil), "publicValueNamed",
      "the name of a public value for a closing draw, and for no other")
    try io.expect(
      kind == .instant || chancePerMillion == nil, "chancePerMillion", "no chance for a closing draw")
    try io.expect(
      (1...Self.mostPrizes).contains(prizes.count) && Set(prizes.map(\.prize)).count == prizes.count,
      "prizes",
      "1 to 50 prizes, each with a name of its own")
  }
}
