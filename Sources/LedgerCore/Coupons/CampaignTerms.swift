// The terms of a campaign (C2, C3, C7, C8, C11): who pays, who may have its coupons, where, when and how many. What one is
// worth is in CouponKind; how a campaign lives is in Campaign.

/// How many there are (C2). Absent is no limit. All are checked and taken together.
public struct CampaignQuotas: Equatable, Sendable {
  /// Coupons of all versions together.
  public var total: Int64?
  public var perMember: Int64?
  /// Coupons of all members on one day.
  public var perDay: Int64?
  public var perMemberPerDay: Int64?
  /// Uses at one merchant.
  public var perMerchant: Int64?

  public init() {}
  public init(
    total: Int64? = nil, perMember: Int64? = nil, perDay: Int64? = nil, perMemberPerDay: Int64? = nil,
    perMerchant: Int64? = nil
  ) {
    self.total = total
    self.perMember = perMember
    self.perDay = perDay
    self.perMemberPerDay = perMemberPerDay
    self.perMerchant = perMerchant
  }
}

extension CampaignQuotas: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("total", &total, in: 1...1_000_000_000, "coupons in all, over all versions")
    try io.field("perMember", &perMember, in: 1...1_000_000, "coupons of one member")
    try io.field("perDay", &perDay, in: 1...1_000_000_000, "coupons of one day")
    try io.field("perMemberPerDay", &perMemberPerDay, in: 1...1_000_000, "coupons of one member on one day")
    try io.field("perMerchant", &perMerchant, in: 1...1_000_000_000, "uses at one merchant")
  }
}

/// Makes a coupon a standing entitlement (C8): it is used many times until its last day, and each use takes its money
/// from the budget then; nothing is reserved before, so it ends when its campaign is closed.
public struct StandingUses: Equatable, Sendable {
  /// Uses of one coupon; nil is any number.
  public var most: Int64?
  /// Uses of one coupon on one day; nil is any number.
  public var perDay: Int64?

  public init() {}
  public init(most: Int64? = nil, perDay: Int64? = nil) {
    self.most = most
    self.perDay = perDay
  }
}

extension StandingUses: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("most", &most, in: 1...1_000_000, "uses of one coupon")
    try io.field("perDay", &perDay, in: 1...1_000_000, "uses of one coupon on one day")
  }
}

/// Who may have a coupon and use it (C3): checked when it is granted and again at every use.
public struct CouponAudience: Equatable, Sendable {
  /// Members of this organisation and of all below it; nil is the campaign's own.
  public var organisation: OrganisationID?
  /// One of them must be true of the member on the day; nil is everybody.
  public var occupations: [FreeText]?
  public var verifiedOnly = false

  public init() {}
  public init(
    organisation: OrganisationID? = nil, occupations: [FreeText]? = nil, verifiedOnly: Bool = false
  ) {
    self.organisation = organisation
    self.occupations = occupations
    self.verifiedOnly = verifiedOnly
  }
}

extension CouponAudience: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation, "its members, and those of all below it")
    try io.field("occupations", &occupations, "one of them must be true of the member on the day")
    try io.field("verifiedOnly", &verifiedOnly)
  }
}

/// A fund that pays, and its weight among the payers (F5).
public struct CampaignPayer: Equatable, Sendable {
  public var fund: FundID = .blank
  public var weight: Int64 = 1

  init() {}
  public init(fund: FundID, weight: Int64 = 1) {
    self.fund = fund
    self.weight = weight
  }
}

extension CampaignPayer: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field(
      "weight", &weight, in: 1...1_000_000, "its part of all weights, of the budget and of each use")
  }
}

/// What a rollback gives back of a coupon whose last day has passed (C6).
public enum AfterValidity: String, CaseIterable, Sendable {
  /// Nothing: its money is the campaign's again.
  case forfeit
  /// The coupon, for `graceDays` more days after the day of the rollback, whatever its last day was: with 3, one rolled
  /// back at any time of the 10th can be used until the midnight that ends the 13th, and not at that midnight.
  case grace
}

extension AfterValidity: WireWord {}

/// The terms of a campaign: everything that a version of it fixes.
public struct CampaignTerms: Equatable, Sendable {
  public var organisation: OrganisationID = .blank
  public var name: FreeText?
  public var kind = CouponKind()
  /// What the payers pay for one use, where that is not what the member is spared (C11).
  public var settleFen: Fen?
  /// What the money is for (F4).
  public var purpose: Purpose = .blank
  /// Who pays, 1 to 10 funds; nil for a bundle, whose parts pay.
  public var payers: [CampaignPayer]?
  /// The most that the payers pay together, over all versions.
  public var budgetFen: Fen = .zero
  /// Where the coupons may be used; nil is at any merchant.
  public var merchants: [MerchantID]?
  /// When coupons may be had: `until` is no longer in it.
  public var from: Instant = .blank
  public var until: Instant = .blank
  public var validity = CouponValidity()
  public var quotas = CampaignQuotas()
  /// Makes each coupon a standing entitlement; nil: a coupon is used once.
  public var uses: StandingUses?
  public var audience = CouponAudience()
  /// The SHA-256 of the one code that everybody must know.
  public var codeHash: ContentHash?
  /// Whether each coupon needs an own code, which was imported.
  public var usesCodePool: Bool?
  /// Of several coupons for one order, the lower ones are applied first (C7).
  public var stackOrder: Int64?
  /// Two coupons of one class are not used for one order (C7).
  public var exclusiveClass: FreeText?
  public var afterValidity: AfterValidity = .forfeit
  public var graceDays: Int64?
  /// Whether its coupons come with a bundle only.
  public var isOnlyInBundle: Bool?

  init() {}
  public init(
    organisation: OrganisationID, kind: CouponKind, purpose: Purpose, payers: [CampaignPayer]?,
    budgetFen: Fen, from: Instant, until: Instant, validity: CouponValidity = .sameDay,
    quotas: CampaignQuotas = CampaignQuotas()
  ) {
    self.organisation = organisation
    self.kind = kind
    self.purpose = purpose
    self.payers = payers
    self.budgetFen = budgetFen
    self.from = from
    self.until = until
    self.validity = validity
    self.quotas = quotas
  }

  /// The most payers of a campaign.
  static let mostPayers = 10

  /// Whether a coupon is used many times: a stored sum, or a standing entitlement.
  var isUsedOften: Bool { kind.mode == .stored || uses != nil }

  /// What a coupon reserves of the budget when it is granted. A standing entitlement reserves nothing: nobody knows how
  /// often it will be used.
  var reservation: Fen { uses == nil ? priceFen : .zero }

  /// The most that the payers pay for one use, or for the whole of a stored sum.
  var priceFen: Fen { settleFen ?? kind.mostFen }

  /// Whether this money is too little for another coupon, or another use of a standing one: only per cent and one fen
  /// always go together.
  func isTooLittle(_ free: Fen) -> Bool {
    if kind.mode == .bundle { return false }
    return free < (uses != nil && kind.mode == .percent ? Fen(count: 1) : priceFen)
  }
}

extension CampaignTerms: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation)
    try io.field("name", &name)
    try io.field("kind", &kind)
    try io.field(
      "settleFen", &settleFen, in: 1...Fen.limit,
      "what the payers pay for one use of mode amount or exchange, where that is not what the member is spared"
    )
    try io.expect(
      settleFen == nil || kind.mode == .amount || kind.mode == .exchange, "settleFen",
      "a settlement price for modes amount and exchange only")
    try io.field("purpose", &purpose)
    try io.field("payers", &payers, "1 to 10 funds, each once; none for a bundle, whose parts pay")
    let funds = payers?.map(\.fund) ?? []
    try io.expect(
      kind.mode == .bundle ? payers == nil : (1...Self.mostPayers).contains(funds.count), "payers",
      "1 to 10 payers, and none for a bundle")
    try io.expect(Set(funds).count == funds.count, "payers", "each fund once")
    try io.field("budgetFen", &budgetFen, in: 0...Fen.limit, "all payers together, over all versions")
    try io.expect(
      kind.mode == .bundle || budgetFen > .zero, "budgetFen", "1 fen or more: what all payers pay at most")
    try io.expect(
      kind.mode != .bundle || budgetFen == .zero, "budgetFen", "0 for a bundle, whose parts have budgets")
    try io.field("merchants", &merchants, "where the coupons may be used; anywhere when absent")
    try io.expect(merchants?.isEmpty != true, "merchants", "at least one merchant, or none of this field")
    try io.field("from", &from, "coupons may be had from then on")
    try io.field("until", &until, "and no longer from then on")
    try io.field("validity", &validity)
    try io.field("quotas", &quotas)
    try io.field("uses", &uses, "makes each coupon a standing entitlement; used once when absent")
    try io.expect(
      uses == nil || kind.mode == .amount || kind.mode == .percent || kind.mode == .exchange, "uses",
      "standing uses for modes amount, percent and exchange only")
    try io.field("audience", &audience)
    try io.field("codeHash", &codeHash, "of the one code that everybody must know")
    try io.field("usesCodePool", &usesCodePool, "whether each coupon needs an own code, which was imported")
    try io.expect(
      codeHash == nil || usesCodePool != true, "codeHash", "one code, or a pool of codes, not both")
    try io.field(
      "stackOrder", &stackOrder, in: 1...1_000_000, "lower ones are applied first; last when absent")
    try io.field("exclusiveClass", &exclusiveClass, "two of one class are not used for one order")
    try io.field("afterValidity", &afterValidity, "what a rollback gives back when the last day has passed")
    try io.field(
      "graceDays", &graceDays, in: 1...366, "days after that of the rollback, with afterValidity grace")
    try io.expect(
      (afterValidity == .grace) == (graceDays != nil), "graceDays", "days with grace, none with forfeit")
    try io.field("isOnlyInBundle", &isOnlyInBundle)
  }

  /// The sampler fills every field, and some exclude others.
  static func sample(_ ordinal: Int) -> CampaignTerms {
    var sampler = SampleWriter(ordinal: ordinal)
    var terms = CampaignTerms()
    sampler.fill { (io: inout SampleWriter) throws(WireError) in try terms.fields(&io) }
    terms.settleFen = nil
    terms.usesCodePool = nil
    terms.afterValidity = .grace
    return terms
  }
}
