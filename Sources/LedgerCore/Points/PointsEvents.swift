// What happened to points. Each event carries everything that was decided: lots, versions, balances after it. How it
// changes a wallet is in Wallet, a rule in PointsRule; its double entry is in PointsLegs.

struct RuleDefined: EventData {
  var request = DefineRule()
  static let type = EventType("points.rule-defined", "A version of a points rule is published.")
  consuming func asEvent() -> Event { .points(.ruleDefined(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// Which cap reduced an earning (P6).
enum Cap: String, CaseIterable, WireWord { case day, month, lifetime, budget }

struct PointsEarned: EventData {
  var request = EarnPoints()
  /// The member's at that time.
  var organisation: OrganisationID = .blank
  var ruleVersion: Int64 = 1
  var credited: Points = .zero
  var capped: Points?
  var cappedBy: Cap?
  /// The earning day.
  var day: CivilDay = .blank
  var expires: CivilDay?
  var available: Points = .zero
  static let type = EventType("points.earned", "Points are granted under a rule, or capped.")
  consuming func asEvent() -> Event { .points(.earned(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation, "the member's at that time")
    try io.field("ruleVersion", &ruleVersion, in: 1...1_000_000, "")
    try io.field("credited", &credited)
    try io.field(
      "capped", &capped, in: 1...Int64.max,
      "what the caps took away: credited and capped together are what the rule grants")
    try io.field("cappedBy", &cappedBy)
    try io.field("day", &day, "the earning day, in the ledger's zone")
    try io.field("expires", &expires, "the last valid day; never when absent")
    try io.field("available", &available, "after this event")
  }
}

struct PointsSpent: EventData {
  var request = SpendPoints()
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  var available: Points = .zero
  static let type = EventType("points.spent", "Points are spent, lot by lot.")
  consuming func asEvent() -> Event { .points(.spent(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots, "consumed, in this order")
    try io.field("available", &available, "after this event")
  }
}

struct PointsHeld: EventData {
  var request = HoldPoints()
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  var available: Points = .zero
  var held: Points = .zero
  static let type = EventType("points.held", "Points are set aside for an order.")
  consuming func asEvent() -> Event { .points(.held(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots, "set aside, in this order")
    try io.field("available", &available, "after this event")
    try io.field("held", &held, "by all open holds, after this event")
  }
}

struct PointsCaptured: EventData {
  var request = CapturePoints()
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  var released: [LotShare] = []
  var expired: [LotShare] = []
  var available: Points = .zero
  var held: Points = .zero
  static let type = EventType(
    "points.captured", "Points that were set aside are spent, the rest is released.")
  consuming func asEvent() -> Event { .points(.captured(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots, "consumed, in this order")
    try io.field("released", &released, "back in their lots")
    try io.field("expired", &expired, "not captured, and their expiry has passed meanwhile")
    try io.field("available", &available, "after this event")
    try io.field("held", &held, "after this event")
  }
}

struct PointsReleased: EventData {
  var request = ReleasePoints()
  var organisation: OrganisationID = .blank
  var released: [LotShare] = []
  var expired: [LotShare] = []
  var available: Points = .zero
  var held: Points = .zero
  static let type = EventType("points.released", "Points that were set aside are back in their lots.")
  consuming func asEvent() -> Event { .points(.released(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("released", &released, "back in their lots")
    try io.field("expired", &expired, "their expiry has passed meanwhile")
    try io.field("available", &available, "after this event")
    try io.field("held", &held, "after this event")
  }
}

struct PointsLapsed: EventData {
  var member: MemberID = .blank
  var hold: CommandID = .blank
  var organisation: OrganisationID = .blank
  var released: [LotShare] = []
  var expired: [LotShare] = []
  var available: Points = .zero
  var held: Points = .zero
  /// When it fell due, if that day lies in a closed period.
  var occurredOn: CivilDay?
  static let type = EventType("points.lapsed", "A hold reached its deadline; `at` is the deadline.")
  consuming func asEvent() -> Event { .points(.lapsed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("hold", &hold)
    try io.field("organisation", &organisation)
    try io.field("released", &released, "back in their lots")
    try io.field("expired", &expired, "their expiry has passed meanwhile")
    try io.field("available", &available, "after this event")
    try io.field("held", &held, "after this event")
    try io.field("occurredOn", &occurredOn, "when it fell due, if that day lies in a closed period")
  }
}

struct PointsRefunded: EventData {
  var request = RefundPoints()
  var organisation: OrganisationID = .blank
  /// The member's when the points were spent: the spending is taken back there.
  var spentOrganisation: OrganisationID = .blank
  var restored: [LotShare] = []
  /// What is applied to points whose expiry has passed; nil when none had.
  var afterExpiry: AfterExpiry?
  var graced: [LotShare] = []
  var forfeited: [LotShare] = []
  /// Of this spending, with this refund.
  var refunded: Points = .zero
  var available: Points = .zero
  static let type = EventType(
    "points.refunded", "Points of a spending are back in their lots, given days of grace, or forfeited.")
  consuming func asEvent() -> Event { .points(.refunded(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("spentOrganisation", &spentOrganisation, "the member's when the points were spent")
    try io.field("restored", &restored, "back in their lots with their expiry")
    try io.field(
      "afterExpiry", &afterExpiry, "the policy for points whose expiry has passed; absent when none had")
    try io.field("graced", &graced, "their expiry had passed; valid until this new day")
    try io.field("forfeited", &forfeited, "their expiry had passed; not given back")
    try io.field("refunded", &refunded, "of this spending in all, with this refund")
    try io.field("available", &available, "after this event")
  }
}

struct PointsExpired: EventData {
  var member: MemberID = .blank
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  var available: Points = .zero
  /// When it fell due, if that day lies in a closed period.
  var occurredOn: CivilDay?
  static let type = EventType(
    "points.expired", "Points are no longer valid; `at` is the midnight that ends their last day.")
  consuming func asEvent() -> Event { .points(.expired(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots)
    try io.field("available", &available, "after this event")
    try io.field("occurredOn", &occurredOn, "when it fell due, if that day lies in a closed period")
  }
}

/// What stands in one expiry month.
struct MonthShare: WireObject {
  /// nil for points that never expire.
  var month: CivilMonth?
  var available: Points = .zero
  var held: Points = .zero
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("month", &month, "of expiry; never when absent")
    try io.field("available", &available)
    try io.field("held", &held)
  }
}

struct PointsMoved: EventData {
  var member: MemberID = .blank
  var from: OrganisationID = .blank
  var to: OrganisationID = .blank
  var months: [MonthShare] = []
  static let type = EventType(
    "points.moved", "The liability for a member's points moves with the member; expiries stay.")
  consuming func asEvent() -> Event { .points(.moved(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("from", &from)
    try io.field("to", &to)
    try io.field("months", &months)
  }
}

struct PointsForfeited: EventData {
  var member: MemberID = .blank
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  var available: Points = .zero
  static let type = EventType("points.forfeited", "Points are given up because the member left.")
  consuming func asEvent() -> Event { .points(.forfeited(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots)
    try io.field("available", &available, "after this event")
  }
}

/// The sum of the above.
indirect enum PointsEvent: Equatable, Fielded {
  case ruleDefined(RuleDefined)
  case earned(PointsEarned)
  case spent(PointsSpent)
  case held(PointsHeld)
  case captured(PointsCaptured)
  case released(PointsReleased)
  case lapsed(PointsLapsed)
  case refunded(PointsRefunded)
  case expired(PointsExpired)
  case moved(PointsMoved)
  case forfeited(PointsForfeited)

  static var types: [any EventData.Type] {
    [
      RuleDefined.self, PointsEarned.self, PointsSpent.self, PointsHeld.self, PointsCaptured.self,
      PointsReleased.self, PointsLapsed.self, PointsRefunded.self, PointsExpired.self, PointsMoved.self,
      PointsForfeited.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .ruleDefined: RuleDefined.self
    case .earned: PointsEarned.self
    case .spent: PointsSpent.self
    case .held: PointsHeld.self
    case .captured: PointsCaptured.self
    case .released: PointsReleased.self
    case .lapsed: PointsLapsed.self
    case .refunded: PointsRefunded.self
    case .expired: PointsExpired.self
    case .moved: PointsMoved.self
    case .forfeited: PointsForfeited.self
    }
  }

  /// Whose points; nil for a rule.
  var member: MemberID? {
    switch self {
    case .ruleDefined: nil
    case .earned(let event): event.request.member
    case .spent(let event): event.request.member
    case .held(let event): event.request.member
    case .captured(let event): event.request.member
    case .released(let event): event.request.member
    case .lapsed(let event): event.member
    case .refunded(let event): event.request.member
    case .expired(let event): event.member
    case .moved(let event): event.member
    case .forfeited(let event): event.member
    }
  }

  /// The rule whose state it changes.
  var rule: RuleID? {
    switch self {
    case .ruleDefined(let event): event.request.rule
    case .earned(let event): event.request.rule
    case .spent, .held, .captured, .released, .lapsed, .refunded, .expired, .moved, .forfeited: nil
    }
  }

  /// The command that this event answers; nil for what fell due and for what follows from another benefit's event.
  var request: PointsCommand? {
    switch self {
    case .ruleDefined(let event): .defineRule(event.request)
    case .earned(let event): .earn(event.request)
    case .spent(let event): .spend(event.request)
    case .held(let event): .hold(event.request)
    case .captured(let event): .capture(event.request)
    case .released(let event): .release(event.request)
    case .refunded(let event): .refund(event.request)
    case .lapsed, .expired, .moved, .forfeited: nil
    }
  }

  /// What a receipt tells of it: the balances after it and what it credited.
  var answer: [Answer] {
    switch self {
    case .ruleDefined, .moved: []
    case .earned(let event):
      [
        Answer("credited", event.credited), Answer("capped", event.capped ?? .zero),
        Answer("available", event.available),
      ]
    case .spent(let event): [Answer("available", event.available)]
    case .held(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .captured(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .released(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .lapsed(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .refunded(let event):
      [Answer("refunded", event.refunded), Answer("available", event.available)]
    case .expired(let event): [Answer("available", event.available)]
    case .forfeited(let event): [Answer("available", event.available)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .ruleDefined(let event): try io.walk(event) { self = .ruleDefined($0) }
    case .earned(let event): try io.walk(event) { self = .earned($0) }
    case .spent(let event): try io.walk(event) { self = .spent($0) }
    case .held(let event): try io.walk(event) { self = .held($0) }
    case .captured(let event): try io.walk(event) { self = .captured($0) }
    case .released(let event): try io.walk(event) { self = .released($0) }
    case .lapsed(let event): try io.walk(event) { self = .lapsed($0) }
    case .refunded(let event): try io.walk(event) { self = .refunded($0) }
    case .expired(let event): try io.walk(event) { self = .expired($0) }
    case .moved(let event): try io.walk(event) { self = .moved($0) }
    case .forfeited(let event): try io.walk(event) { self = .forfeited($0) }
    }
  }
}
