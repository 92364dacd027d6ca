// What one coupon is worth, and how long it can be used (C1, C9).
// The rest of a campaign's terms is in CampaignTerms.

/// What one coupon is worth (C1).
public struct CouponKind: Equatable, Sendable {
  public enum Mode: String, CaseIterable, Sendable {
    /// A fixed sum off an order of at least the threshold (满减).
    case amount
    /// So many per cent off, up to a cap (折扣).
    case percent
    /// One thing: a ticket, a meal, a medical check.
    case exchange
    /// A sum that may be used in parts; no change is given.
    case stored
    /// Coupons of several campaigns at once, all or none.
    case bundle
  }

  public internal(set) var mode: Mode = .amount
  /// The least order, for amount and percent.
  public internal(set) var thresholdFen: Fen?
  /// What is off, for amount.
  public internal(set) var offFen: Fen?
  /// For percent: 20 is eight tenths of the price (八折).
  public internal(set) var percentOff: Int64?
  /// The most that is off, for percent.
  public internal(set) var capFen: Fen?
  /// What is given, for exchange.
  public internal(set) var item: FreeText?
  /// The sum, for stored; the most that the thing may cost, for exchange.
  public internal(set) var faceFen: Fen?
  /// The campaigns whose coupons are granted together, for bundle.
  public internal(set) var parts: [CampaignID]?

  init() {}

  public static func amount(offFen: Fen, thresholdFen: Fen? = nil) -> CouponKind {
    var kind = CouponKind()
    kind.offFen = offFen
    kind.thresholdFen = thresholdFen
    return kind
  }
  public static func percent(_ percentOff: Int64, capFen: Fen, thresholdFen: Fen? = nil) -> CouponKind {
    var kind = CouponKind()
    kind.mode = .percent
    kind.percentOff = percentOff
    kind.capFen = capFen
    kind.thresholdFen = thresholdFen
    return kind
  }
  public static func exchange(_ item: FreeText, faceFen: Fen) -> CouponKind {
    var kind = CouponKind()
    kind.mode = .exchange
    kind.item = item
    kind.faceFen = faceFen
    return kind
  }
  public static func stored(faceFen: Fen) -> CouponKind {
    var kind = CouponKind()
    kind.mode = .stored
    kind.faceFen = faceFen
    return kind
  }
  public static func bundle(_ parts: [CampaignID]) -> CouponKind {
    var kind = CouponKind()
    kind.mode = .bundle
    kind.parts = parts
    return kind
  }

  /// The most that one use takes off an order.
  var mostFen: Fen {
    switch mode {
    case .amount: offFen ?? .zero
    case .percent: capFen ?? .zero
    case .exchange, .stored: faceFen ?? .zero
    case .bundle: .zero
    }
  }
}

extension CouponKind.Mode: WireWord {}

extension CouponKind: WireObject {
  static func sample(_ ordinal: Int) -> CouponKind {
    .percent(20, capFen: .sample(ordinal + 500), thresholdFen: .sample(ordinal))
  }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("mode", &mode)
    try io.field("thresholdFen", &thresholdFen, in: 1...Fen.limit, "the least order")
    try io.field("offFen", &offFen, in: 1...Fen.limit, "what is off the order")
    try io.field("percentOff", &percentOff, in: 1...100, "20 leaves eight tenths to pay")
    try io.field("capFen", &capFen, in: 1...Fen.limit, "the most that is off")
    try io.field("item", &item, "the thing that is given")
    try io.field("faceFen", &faceFen, in: 1...Fen.limit, "the sum, or the most that the thing may cost")
    try io.field("parts", &parts, "campaigns whose coupons are granted together")
    try io.expect((mode == .amount) == (offFen != nil), "offFen", "a sum for mode amount, and no other")
    try io.expect(
      (mode == .percent) == (percentOff != nil), "percentOff", "a percentage for mode percent, and no other")
    try io.expect((mode == .percent) == (capFen != nil), "capFen", "a cap for mode percent, and no other")
    try io.expect(
      thresholdFen == nil || mode == .amount || mode == .percent, "thresholdFen",
      "a threshold for modes amount and percent only")
    try io.expect((mode == .exchange) == (item != nil), "item", "an item for mode exchange, and no other")
    try io.expect(
      (mode == .stored || mode == .exchange) == (faceFen != nil), "faceFen",
      "a face value for modes stored and exchange, and no other")
    try io.expect((mode == .bundle) == (parts != nil), "parts", "parts for mode bundle, and no other")
    if let parts {
      try io.expect(
        (2...10).contains(parts.count) && Set(parts).count == parts.count, "parts",
        "2 to 10 campaigns, each once")
    }
  }
}

/// How long a coupon can be used (C1, C9). Always until a local midnight.
public struct CouponValidity: Equatable, Sendable {
  public enum Mode: String, CaseIterable, Sendable {
    /// Until the end of a calendar day.
    case day
    /// Until the end of the day so many days after that of the grant.
    case days
    /// Until the end of the day of the grant.
    case sameDay = "same-day"
  }

  public internal(set) var mode: Mode = .sameDay
  public internal(set) var day: CivilDay?
  public internal(set) var days: Int64?

  init() {}
  public static let sameDay = CouponValidity()
  public static func days(_ days: Int64) -> CouponValidity {
    var validity = CouponValidity()
    validity.mode = .days
    validity.days = days
    return validity
  }
  public static func until(_ day: CivilDay) -> CouponValidity {
    var validity = CouponValidity()
    validity.mode = .day
    validity.day = day
    return validity
  }

  /// The last day of a coupon that is granted on `granted`.
  func lastDay(grantedOn granted: CivilDay) -> CivilDay {
    switch mode {
    case .day: day ?? granted
    case .days: granted.adding(days: Int(days ?? 0))
    case .sameDay: granted
    }
  }
}

extension CouponValidity.Mode: WireWord {}

extension CouponValidity: WireObject {
  static func sample(_ ordinal: Int) -> CouponValidity { .days(Int64(ordinal) + 1) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("mode", &mode)
    try io.field("day", &day, "the last day")
    try io.field("days", &days, in: 1...3_660, "after the day of the grant")
    try io.expect((mode == .day) == (day != nil), "day", "a day for mode day, and no other")
    try io.expect((mode == .days) == (days != nil), "days", "a number for mode days, and no other")
  }
}
