// The ledger as a whole (L3, L4, L6): what it remembers of itself, and how its events change that. What can be asked is
// in LedgerCommands, what is allowed in LedgerDecide.

/// What the whole ledger remembers of itself: its opening, the limits above which a second actor is needed, and how
/// far its periods and days are closed. There is one, always in memory.
///
/// Example: after `period.close` through 30 June no command may be dated on or before that day; a correction of
/// something in June is dated in July and names what it corrects.
public struct LedgerState: Equatable, Sendable {
  /// Position of the last event about the ledger as a whole.
  public internal(set) var position: Int64 = 0
  public internal(set) var name: FreeText
  public internal(set) var origin: FreeText
  public internal(set) var zone: Zone
  public internal(set) var owner: ActorID
  public internal(set) var since: Instant
  /// In the order they were set; the newest that was set by a command's `at` counts.
  public internal(set) var limits: [Limits] = []
  /// The last day of the last closed period; nil while none is closed.
  public internal(set) var closedThrough: CivilDay?
  /// The last day whose `day.close` has finished; nil while none has.
  public internal(set) var daysClosedThrough: CivilDay?

  init(_ opening: OpenLedger, since: Instant) {
    name = opening.name
    origin = opening.origin
    zone = opening.zone
    owner = opening.owner
    self.since = since
  }

  /// The limits that held at a time. Without any, everything that has a limit needs a second actor.
  func limits(at instant: Instant) -> Limits { limits.last { $0.since <= instant } ?? Limits() }

  /// A day is closed: what fell due by its end has happened to everybody.
  mutating func close(_ day: CivilDay?) {
    guard let day, daysClosedThrough.map({ $0 < day }) ?? true else { return }
    daysClosedThrough = day
  }

  /// The first instant at which a command may be dated; nil while no period is closed.
  var openSince: Instant? { closedThrough.map(zone.end(of:)) }
}

/// The most that one actor may do alone, since a time.
public struct Limits: Equatable, Sendable {
  public internal(set) var since: Instant = .earliest
  /// Points that one adjustment may move (P10).
  public internal(set) var adjustment: Points = .zero
  /// Points that one reversal may move (L6).
  public internal(set) var reversal: Points = .zero
}

extension Limits: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("since", &since)
    try io.field("adjustment", &adjustment)
    try io.field("reversal", &reversal)
  }
}

extension LedgerState: Decider {
  static func evolve(_ state: inout LedgerState?, _ event: LedgerEvent, _ stamp: Stamp) {
    switch event {
    case .opened(let event): state = LedgerState(event.request, since: stamp.at)
    case .limitsSet(let event):
      state?.limits.append(
        Limits(since: stamp.at, adjustment: event.request.adjustment, reversal: event.request.reversal))
    case .periodClosed(let event): state?.closedThrough = event.request.through
    }
    state?.position = stamp.position
  }
}
