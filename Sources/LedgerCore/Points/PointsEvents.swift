// What happened to points. Each event carries everything that was decided: lots, versions, balances after it. How it
// changes a wallet is in Wallet, a rule in PointsRule; its double entry is in PointsLegs. What was due is in
// PointsDueEvents, what takes points back in PointsCorrectionEvents.

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
  /// The first day on which they can be spent; nil: at once.
  var activeOn: CivilDay?
  var noticeOn: CivilDay?
  var debtPaid: [DebtShare]?
  var available: Points = .zero
  var pending: Points?
  var debt: Points?
  /// Counters of days through this one are no longer needed: their period is closed.
  var countersClosedThrough: CivilDay?
  /// The lot it joins, with what was credited.
  var lot: LotShare {
    LotShare(
      rule: request.rule, ruleVersion: ruleVersion, day: day, expires: expires, points: credited,
      noticeOn: noticeOn)
  }
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
    try io.field("activeOn", &activeOn, "the first day on which they can be spent; at once when absent")
    try io.field("noticeOn", &noticeOn, "the day on which the member is told of the expiry")
    try io.field("debtPaid", &debtPaid, "debts that it pays first, oldest first; the rest joins the lot")
    try io.field("available", &available, "after this event")
    try io.field("pending", &pending, "after this event, when it changes")
    try io.field("debt", &debt, "after this event, when it changes")
    try io.field(
      "countersClosedThrough", &countersClosedThrough, "what was granted a day is forgotten through this one")
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
  case merged(PointsMerged)
  case activated(PointsActivated)
  case cancelled(PointsCancelled)
  case clawedBack(PointsClawedBack)
  case expiryNoticed(PointsExpiryNoticed)
  case extensionGranted(PointsExtensionGranted)
  case extended(PointsExtended)
  case adjusted(PointsAdjusted)
  case grantReversed(PointsGrantReversed)
  case spendingReversed(PointsSpendingReversed)

  static var types: [any EventData.Type] {
    [
      RuleDefined.self, PointsEarned.self, PointsSpent.self, PointsHeld.self, PointsCaptured.self,
      PointsReleased.self, PointsLapsed.self, PointsRefunded.self, PointsExpired.self, PointsMoved.self,
      PointsForfeited.self, PointsMerged.self, PointsActivated.self, PointsCancelled.self,
      PointsClawedBack.self, PointsExpiryNoticed.self, PointsExtensionGranted.self, PointsExtended.self,
      PointsAdjusted.self, PointsGrantReversed.self, PointsSpendingReversed.self,
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
    case .merged: PointsMerged.self
    case .activated: PointsActivated.self
    case .cancelled: PointsCancelled.self
    case .clawedBack: PointsClawedBack.self
    case .expiryNoticed: PointsExpiryNoticed.self
    case .extensionGranted: PointsExtensionGranted.self
    case .extended: PointsExtended.self
    case .adjusted: PointsAdjusted.self
    case .grantReversed: PointsGrantReversed.self
    case .spendingReversed: PointsSpendingReversed.self
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
    case .merged(let event): event.member
    case .activated(let event): event.member
    case .cancelled(let event): event.request.member
    case .clawedBack(let event): event.request.member
    case .expiryNoticed(let event): event.member
    case .extensionGranted(let event): event.request.member
    case .extended(let event): event.member
    case .adjusted(let event): event.request.member
    case .grantReversed(let event): event.request.member
    case .spendingReversed(let event): event.request.member
    }
  }

  /// The second member, of a merge.
  var other: MemberID? { if case .merged(let event) = self { event.into } else { nil } }

  /// The rule whose state it changes.
  var rule: RuleID? {
    switch self {
    case .ruleDefined(let event): event.request.rule
    case .earned(let event): event.request.rule
    case .cancelled(let event): event.lot.rule
    case .grantReversed(let event): event.uncounted?.rule
    case .spent, .held, .captured, .released, .lapsed, .refunded, .expired, .moved, .forfeited, .merged,
      .activated, .clawedBack, .expiryNoticed, .extensionGranted, .extended, .adjusted, .spendingReversed:
      nil
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
    case .cancelled(let event): .cancel(event.request)
    case .clawedBack(let event): .clawBack(event.request)
    case .extensionGranted(let event): .extend(event.request)
    case .adjusted(let event): .adjust(event.request)
    case .grantReversed(let event): .reverse(event.request)
    case .spendingReversed(let event): .reverse(event.request)
    case .lapsed, .expired, .moved, .forfeited, .merged, .activated, .expiryNoticed, .extended: nil
    }
  }

  /// The command whose event it takes back (L6).
  var reverses: CommandID? {
    switch self {
    case .refunded(let event): event.request.spending
    case .cancelled(let event): event.request.earning
    case .clawedBack(let event): event.request.earning
    case .grantReversed(let event): event.request.event
    case .spendingReversed(let event): event.request.event
    case .ruleDefined, .earned, .spent, .held, .captured, .released, .lapsed, .expired, .moved, .forfeited,
      .merged, .activated, .expiryNoticed, .extensionGranted, .extended, .adjusted:
      nil
    }
  }

  /// The command that it sets right (P10).
  var corrects: CommandID? {
    if case .adjusted(let event) = self { event.request.corrects } else { nil }
  }

  /// What a receipt tells of it: the balances after it and what it credited.
  var answer: [Answer] {
    switch self {
    case .ruleDefined, .moved, .expiryNoticed, .extended: []
    case .earned(let event):
      [
        Answer("credited", event.credited), Answer("capped", event.capped ?? .zero),
        Answer("available", event.available),
      ] + more(event.pending, event.debt)
    case .spent(let event): [Answer("available", event.available)]
    case .held(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .captured(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .released(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .lapsed(let event): [Answer("available", event.available), Answer("held", event.held)]
    case .refunded(let event):
      [Answer("refunded", event.refunded), Answer("available", event.available)]
    case .expired(let event): [Answer("available", event.available)] + more(event.pending, nil)
    case .forfeited(let event): [Answer("available", event.available)] + more(event.pending, nil)
    case .merged(let event):
      [Answer("available", event.available), Answer("held", event.held)] + more(event.pending, event.debt)
    case .activated(let event): [Answer("available", event.available)] + more(event.pending, event.debt)
    case .cancelled(let event): [Answer("cancelled", event.lot.points), Answer("pending", event.pending)]
    case .clawedBack(let event):
      [Answer("clawedBack", event.clawedBack), Answer("available", event.available)]
        + more(event.pending, event.debt)
    case .extensionGranted(let event): [Answer("extended", event.points)]
    case .adjusted(let event): [Answer("available", event.available)] + more(nil, event.debt)
    case .grantReversed(let event):
      [Answer("reversed", event.reversed), Answer("available", event.available)]
        + more(event.pending, event.debt)
    case .spendingReversed(let event):
      [Answer("refunded", event.refunded), Answer("available", event.available)]
    }
  }

  /// What is pending and owed, for events that change it.
  private func more(_ pending: Points?, _ debt: Points?) -> [Answer] {
    [pending.map { Answer("pending", $0) }, debt.map { Answer("debt", $0) }].compactMap { $0 }
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
    case .merged(let event): try io.walk(event) { self = .merged($0) }
    case .activated(let event): try io.walk(event) { self = .activated($0) }
    case .cancelled(let event): try io.walk(event) { self = .cancelled($0) }
    case .clawedBack(let event): try io.walk(event) { self = .clawedBack($0) }
    case .expiryNoticed(let event): try io.walk(event) { self = .expiryNoticed($0) }
    case .extensionGranted(let event): try io.walk(event) { self = .extensionGranted($0) }
    case .extended(let event): try io.walk(event) { self = .extended($0) }
    case .adjusted(let event): try io.walk(event) { self = .adjusted($0) }
    case .grantReversed(let event): try io.walk(event) { self = .grantReversed($0) }
    case .spendingReversed(let event): try io.walk(event) { self = .spendingReversed($0) }
    }
  }
}
