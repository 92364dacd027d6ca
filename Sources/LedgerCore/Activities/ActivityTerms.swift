// The terms on which an activity is opened (A1): mode, audience, reward and prizes. They never change; those of its
// draws are in DrawTerms, and what has become of an activity since is in Activity.

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
