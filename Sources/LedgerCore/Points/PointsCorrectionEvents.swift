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
