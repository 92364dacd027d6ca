// What happens to points by the clock, and what follows when a member moves or leaves. When it falls due is in
// PointsDue; what answers a command is in PointsEvents.

/// Part of an earning that is pending, as events name it.
struct PendingShare: WireObject {
  /// The id of the command that earned it.
  var earning: CommandID = .blank
  var lot = LotShare()
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("earning", &earning, "the id of the command that earned it")
    try io.field("lot", &lot)
  }
}

struct PointsActivated: EventData {
  var member: MemberID = .blank
  var organisation: OrganisationID = .blank
  /// The ids of the commands that earned them.
  var earnings: [CommandID] = []
  var lots: [LotShare] = []
  /// What paid debts instead of joining a lot.
  var repaid: [LotShare]?
  var debtPaid: [DebtShare]?
  var available: Points = .zero
  var pending: Points = .zero
  var debt: Points?
  /// When it fell due, if that day lies in a closed period.
  var occurredOn: CivilDay?
  static let type = EventType(
    "points.activated", "Pending points can be spent; `at` is the midnight that begins their first day.")
  consuming func asEvent() -> Event { .points(.activated(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
    try io.field("earnings", &earnings, "the ids of the commands that earned them")
    try io.field("lots", &lots, "what joins its lot")
    try io.field("repaid", &repaid, "what paid debts instead")
    try io.field("debtPaid", &debtPaid, "which debts, oldest first")
    try io.field("available", &available, "after this event")
    try io.field("pending", &pending, "after this event")
    try io.field("debt", &debt, "after this event, when it changes")
    try io.field("occurredOn", &occurredOn, "when it fell due, if that day lies in a closed period")
  }
}

struct PointsExpiryNoticed: EventData {
  var member: MemberID = .blank
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  /// When it fell due, if that day lies in a closed period.
  var occurredOn: CivilDay?
  static let type = EventType(
    "points.expiry-noticed",
    "A member is to be told which points will expire, once a lot; `at` is the midnight that begins the day of notice."
  )
  consuming func asEvent() -> Event { .points(.expiryNoticed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots)
    try io.field("occurredOn", &occurredOn, "when it fell due, if that day lies in a closed period")
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

struct PointsExpired: EventData {
  var member: MemberID = .blank
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  /// What expired before it could be spent.
  var whilePending: [PendingShare]?
  var available: Points = .zero
  var pending: Points?
  /// When it fell due, if that day lies in a closed period.
  var occurredOn: CivilDay?
  static let type = EventType(
    "points.expired", "Points are no longer valid; `at` is the midnight that ends their last day.")
  consuming func asEvent() -> Event { .points(.expired(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots)
    try io.field("whilePending", &whilePending, "what expired before it could be spent")
    try io.field("available", &available, "after this event")
    try io.field("pending", &pending, "after this event, when it changes")
    try io.field("occurredOn", &occurredOn, "when it fell due, if that day lies in a closed period")
  }
}

/// What stands in one expiry month.
struct MonthShare: WireObject {
  /// nil for points that never expire.
  var month: CivilMonth?
  var available: Points = .zero
  var held: Points = .zero
  var pending: Points?
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("month", &month, "of expiry; never when absent")
    try io.field("available", &available)
    try io.field("held", &held)
    try io.field("pending", &pending, "when there is any")
  }
}

struct PointsMoved: EventData {
  var member: MemberID = .blank
  var from: OrganisationID = .blank
  var to: OrganisationID = .blank
  var months: [MonthShare] = []
  /// What the member owes; it moves too.
  var debt: Points?
  static let type = EventType(
    "points.moved", "The liability for a member's points moves with the member; expiries stay.")
  consuming func asEvent() -> Event { .points(.moved(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("from", &from)
    try io.field("to", &to)
    try io.field("months", &months)
    try io.field("debt", &debt, "what the member owes moves too, with the first of several such events")
  }
}

struct PointsForfeited: EventData {
  var member: MemberID = .blank
  var organisation: OrganisationID = .blank
  var lots: [LotShare] = []
  /// What could not be spent yet.
  var whilePending: [PendingShare]?
  var available: Points = .zero
  var pending: Points?
  static let type = EventType("points.forfeited", "Points are given up because the member left.")
  consuming func asEvent() -> Event { .points(.forfeited(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
    try io.field("lots", &lots)
    try io.field("whilePending", &whilePending, "what could not be spent yet")
    try io.field("available", &available, "after this event")
    try io.field("pending", &pending, "after this event, when it changes")
  }
}
