// What takes points back or sets them right, as events. The commands are in PointsCorrectionCommands; how a wallet
// changes is in Wallet.

/// Part of a debt, as events name it.
struct DebtShare: WireObject {
  /// The id of the command that left the debt.
  var clawback: CommandID = .blank
  var points: Points = .zero
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("clawback", &clawback, "the id of the command that left the debt")
    try io.field("points", &points, in: 1...Int64.max, "")
  }
}

extension [DebtShare] {
  var total: Points { reduce(.zero) { $0 + $1.points } }
}

struct PointsCancelled: EventData {
  var request = CancelPoints()
  var organisation: OrganisationID = .blank
  /// What was pending of the earning.
  var lot = LotShare()
  var pending: Points = .zero
  static let type = EventType(
    "points.cancelled",
    "What was pending of an earning never came to be; the caps and the budget have their room back.")
  consuming func asEvent() -> Event { .points(.cancelled(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("lot", &lot, "what was pending of the earning")
    try io.field("pending", &pending, "after this event")
  }
}

struct PointsClawedBack: EventData {
  var request = ClawBackPoints()
  var organisation: OrganisationID = .blank
  /// In all, with this event's debt.
  var clawedBack: Points = .zero
  var lots: [LotShare] = []
  var whilePending: [PendingShare]?
  /// What could not be taken, and is owed now.
  var shortfall: Points?
  var available: Points = .zero
  var pending: Points?
  var debt: Points?
  static let type = EventType(
    "points.clawed-back",
    "Points are taken back because the cause of their earning was revoked; what was used already is owed.")
  consuming func asEvent() -> Event { .points(.clawedBack(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("clawedBack", &clawedBack, in: 1...Int64.max, "by this event, with what is owed now")
    try io.field("lots", &lots, "taken, the earning's own lot first")
    try io.field("whilePending", &whilePending, "what of the earning could not be spent yet")
    try io.field("shortfall", &shortfall, in: 1...Int64.max, "what was used already, and is owed now")
    try io.field("available", &available, "after this event")
    try io.field("pending", &pending, "after this event, when it changes")
    try io.field("debt", &debt, "after this event, when it changes")
  }
}

/// What kind of event a reversal takes back.
enum ReversedKind: String, CaseIterable, WireWord { case earning, spending, capture, adjustment }

struct PointsGrantReversed: EventData {
  var request = ReversePoints()
  var kind: ReversedKind = .earning
  var organisation: OrganisationID = .blank
  /// In all, with this event's debt.
  var reversed: Points = .zero
  var lots: [LotShare] = []
  var whilePending: [PendingShare]?
  /// What could not be taken, and is owed now.
  var shortfall: Points?
  /// The lot of an earning: its caps and budget have so much room back.
  var uncounted: LotShare?
  var available: Points = .zero
  var pending: Points?
  var debt: Points?
  static let type = EventType(
    "points.grant-reversed",
    "An earning, or an adjustment that gave points, is taken back as if it had never been; what was used is owed."
  )
  consuming func asEvent() -> Event { .points(.grantReversed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("kind", &kind, "of what is reversed")
    try io.field("organisation", &organisation)
    try io.field("reversed", &reversed, in: 1...Int64.max, "by this event, with what is owed now")
    try io.field("lots", &lots, "taken, the event's own lot first")
    try io.field("whilePending", &whilePending, "what of the earning could not be spent yet")
    try io.field("shortfall", &shortfall, in: 1...Int64.max, "what was used already, and is owed now")
    try io.field("uncounted", &uncounted, "for an earning: caps and budget have so much room back")
    try io.field("available", &available, "after this event")
    try io.field("pending", &pending, "after this event, when it changes")
    try io.field("debt", &debt, "after this event, when it changes")
  }
}

struct PointsSpendingReversed: EventData {
  var request = ReversePoints()
  var kind: ReversedKind = .spending
  var organisation: OrganisationID = .blank
  /// The member's when the points were taken: that is taken back there.
  var spentOrganisation: OrganisationID = .blank
  var restored: [LotShare] = []
  /// What is applied to points whose expiry has passed; nil when none had.
  var afterExpiry: AfterExpiry?
  var graced: [LotShare] = []
  var forfeited: [LotShare] = []
  /// Refunded and reversed of it, with this event.
  var refunded: Points = .zero
  var available: Points = .zero
  static let type = EventType(
    "points.spending-reversed",
    "A spending, a capture, or an adjustment that took points is taken back as if it had never been.")
  consuming func asEvent() -> Event { .points(.spendingReversed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("kind", &kind, "of what is reversed")
    try io.field("organisation", &organisation)
    try io.field("spentOrganisation", &spentOrganisation, "the member's when the points were taken")
    try io.field("restored", &restored, "back in their lots with their expiry")
    try io.field(
      "afterExpiry", &afterExpiry, "the policy for points whose expiry has passed; absent when none had")
    try io.field("graced", &graced, "their expiry had passed; valid until this new day")
    try io.field("forfeited", &forfeited, "their expiry had passed; not given back")
    try io.field("refunded", &refunded, "refunded and reversed of it in all, with this event")
    try io.field("available", &available, "after this event")
  }

  /// What it gives back, whatever became of it.
  var total: Points { restored.total + graced.total + forfeited.total }
}

struct PointsAdjusted: EventData {
  var request = AdjustPoints()
  var organisation: OrganisationID = .blank
  /// Given: the lot, with all that is given. Taken: consumed, in this order.
  var lots: [LotShare] = []
  var debtPaid: [DebtShare]?
  var available: Points = .zero
  var debt: Points?
  static let type = EventType(
    "points.adjusted", "Points are given or taken outside of any earning or spending.")
  consuming func asEvent() -> Event { .points(.adjusted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots, "the lot with all that is given, or what is taken, in this order")
    try io.field("debtPaid", &debtPaid, "debts that it pays first, oldest first; the rest joins the lot")
    try io.field("available", &available, "after this event")
    try io.field("debt", &debt, "after this event, when it changes")
  }

  var gives: Bool { request.points > .zero }
}

/// Part of a hold, as an extension names it.
struct HeldShare: WireObject {
  /// The id of the command that made the hold.
  var hold: CommandID = .blank
  var lot = LotShare()
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("hold", &hold, "the id of the command that made the hold")
    try io.field("lot", &lot)
  }
}

struct PointsExtensionGranted: EventData {
  var request = ExtendPoints()
  var organisation: OrganisationID = .blank
  var points: Points = .zero
  static let type = EventType(
    "points.extension-granted", "Points of one expiry get a later one; the events that follow say which.")
  consuming func asEvent() -> Event { .points(.extensionGranted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("points", &points, in: 1...Int64.max, "available, pending and held together")
  }
}

struct PointsExtended: EventData {
  var member: MemberID = .blank
  var organisation: OrganisationID = .blank
  /// The last valid day they had.
  var expires: CivilDay = .blank
  var lots: [LotShare] = []
  var held: [HeldShare] = []
  var whilePending: [PendingShare] = []
  static let type = EventType(
    "points.extended", "Points have a later expiry; several such events when one record cannot hold all lots."
  )
  consuming func asEvent() -> Event { .points(.extended(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
    try io.field("expires", &expires, "the last valid day they had")
    try io.field("lots", &lots, "as they are now")
    try io.field("held", &held, "what holds set aside, as it is now")
    try io.field("whilePending", &whilePending, "what cannot be spent yet, as it is now")
  }
}
