// One member's part in one activity, and the entries of its draws: what we remember, and how events change it.
// The activity as a whole is in Activity.

/// One member's part in an activity.
public struct Participation: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  /// The member's at the first join; a transfer since does not move it to another union's figures.
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var joins: Int64 = 0
  /// Whether the activity counts a person for it: not when somebody who was merged into this member had joined before.
  public internal(set) var isPerson = true
  /// Joins by day, in order.
  public internal(set) var days: [DayJoins] = []
  /// What the member won, in that order.
  public internal(set) var won: [PrizeWon] = []

  func joins(on day: CivilDay) -> Int64 { days.first { $0.day == day }?.joins ?? 0 }
}

/// How often a member joined on one day.
public struct DayJoins: Equatable, Sendable {
  public internal(set) var day: CivilDay = .blank
  public internal(set) var joins: Int64 = 0
}

/// A prize, and the draw that gave it.
public struct PrizeWon: Equatable, Sendable {
  public internal(set) var prize: PrizeID = .blank
  public internal(set) var draw: Int64 = 0
}

extension DayJoins: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("day", &day)
    try io.field("joins", &joins)
  }
}

extension PrizeWon: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("prize", &prize)
    try io.field("draw", &draw)
  }
}

extension Participation {
  /// Not `Decider.evolve`: one draw has many winners, and each takes of the event what is its own.
  static func evolve(
    _ id: ActivityMember, _ state: inout Participation?, _ event: ActivityEvent, _ stamp: Stamp
  ) {
    var part = state ?? Participation()
    switch event {
    case .opened, .valuePublished, .closed: return
    case .joined(let event):
      if part.joins == 0 {
        part.organisation = event.organisation
        part.isPerson = event.isPerson
      }
      part.joins += 1
      part.count(event.day)
    case .drawn(let event):
      for winner in event.winners where winner.member == id.second {
        part.won.append(PrizeWon(prize: winner.award.prize, draw: event.request.draw))
      }
    }
    part.position = stamp.position
    state = part
  }

  private mutating func count(_ day: CivilDay) {
    let place = days.firstIndex { $0.day >= day } ?? days.endIndex
    if place == days.endIndex || days[place].day != day { days.insert(DayJoins(day: day), at: place) }
    days[place].joins += 1
  }
}

/// One entry in the draws of an activity. Apart from the activity, so that a draw over a million of them reads only
/// those it hits.
public struct ActivityEntry: Equatable, Sendable {
  /// When it was made.
  public internal(set) var since: Instant = .blank
  public internal(set) var member: MemberID = .blank
  /// The command that joined.
  public internal(set) var command: CommandID = .blank
  /// What it won, once it did.
  public internal(set) var won: PrizeWon?
}

/// Names an entry: the activity, and the entry's number in it, from 1.
public struct ActivityEntryID: Hashable, Sendable, CustomStringConvertible {
  public let activity: ActivityID
  public let ordinal: Int64

  public init(_ activity: ActivityID, _ ordinal: Int64) {
    self.activity = activity
    self.ordinal = ordinal
  }

  /// The entry with this text; nil when it is not an activity's id, one space and a number.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let activity = ActivityID(String(parts[0])), let ordinal = Int64(parts[1]),
      ordinal > 0,
      String(ordinal) == parts[1]
    else { return nil }
    self.init(activity, ordinal)
  }

  public var text: String { "\(activity.text) \(ordinal)" }
  public var description: String { text }
}

extension ActivityEntry {
  static func evolve(
    _ id: ActivityEntryID, _ state: inout ActivityEntry?, _ event: ActivityEvent, _ stamp: Stamp
  ) {
    switch event {
    case .opened, .valuePublished, .closed: return
    case .joined(let event):
      state = ActivityEntry(since: stamp.at, member: event.request.member, command: stamp.command)
    case .drawn(let event):
      for winner in event.winners where winner.entry == id.ordinal {
        state?.won = PrizeWon(prize: winner.award.prize, draw: event.request.draw)
      }
    }
  }
}

/// Which activity has a link of a chain of secrets, its commitment or one that a draw told: a chain serves one activity,
/// since each would tell the other's.
struct ActivityCommitment: Equatable, Sendable {
  var activity: ActivityID = .blank

  static func evolve(_ state: inout ActivityCommitment?, _ event: ActivityEvent) {
    switch event {
    case .opened(let event): state = ActivityCommitment(activity: event.request.activity)
    case .drawn(let event): state = ActivityCommitment(activity: event.request.activity)
    case .joined, .valuePublished, .closed: break
    }
  }
}
