// What happened to activities. State and evolve are in Activity and Participation; legs are in ActivityLegs.

struct ActivityOpened: EventData {
  var request = OpenActivity()
  static let type = EventType("activity.opened", "Members may join an activity within its window.")
  consuming func asEvent() -> Event { .activity(.opened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct ActivityJoined: EventData {
  var request = JoinActivity()
  /// The member's.
  var organisation: OrganisationID = .blank
  /// The occupation that let the member in, where one was needed.
  var occupation: FreeText?
  var day: CivilDay = .blank
  /// Whether it is the first join of a person.
  var isPerson = false
  /// Of the activity, with this one.
  var joins: Int64 = 0
  var persons: Int64 = 0
  /// What this join earns, granted by the next event.
  var reward: ActivityReward?
  /// Among the entries of draws, where the activity draws.
  var entry: EntryMade?
  static let type = EventType("activity.joined", "A member takes part once, and may be an entry in draws.")
  consuming func asEvent() -> Event { .activity(.joined(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation, "the member's")
    try io.field("occupation", &occupation, "that let the member in, where one was needed")
    try io.field("day", &day, "of `at`, in the ledger's zone")
    try io.field("isPerson", &isPerson, "whether the person had not joined before")
    try io.field("joins", &joins, "of the activity, after this event")
    try io.field("persons", &persons, "of the activity, after this event")
    try io.field("reward", &reward, "what this join earns, by a later event of the command")
    try io.field("entry", &entry, "in draws, where the activity draws")
  }
}

/// A join's place among the entries of draws.
struct EntryMade: WireObject {
  var ordinal: Int64 = 1
  /// Of all entries through this one.
  var digest: ContentHash = .blank
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("ordinal", &ordinal, in: 1...Int64.max, "1, 2, 3, … in the activity")
    try io.field("digest", &digest, "of all entries through this one")
  }
}

/// The public value stands in the log, and entries are final.
struct ActivityValuePublished: EventData {
  var request = PublishValue()
  static let type = EventType(
    "activity.value-published", "What closing draws mix in is known; entries are final.")
  consuming func asEvent() -> Event { .activity(.valuePublished(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// A piece of a prize, handed to somebody.
struct Award: WireObject {
  var prize: PrizeID = .blank
  var reward: ActivityReward?
  /// Why the reward is not given by this command; nil when it is.
  var withheld: Refusal.Code?
  var memo: Fen?
  var contributor: PartyID?
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("prize", &prize)
    try io.field("reward", &reward, "what it is in another benefit's books, by a later event of the command")
    try io.field("withheld", &withheld, "why that benefit refused the reward; it is to be given by hand")
    try io.field("memoFen", &memo, "what the donated piece is worth")
    try io.field("contributor", &contributor, "the party that gave it")
  }
}

/// Who won in a draw.
struct Winner: WireObject {
  var entry: Int64 = 1
  /// Who entered.
  var member: MemberID = .blank
  /// Whom the winner was merged into since, who gets the reward.
  var mergedInto: MemberID?
  /// Without its reward when the winner has left, or has won another coupon by this draw.
  var award = Award()
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("entry", &entry, in: 1...Int64.max, "its number among the entries")
    try io.field("member", &member, "who entered")
    try io.field("mergedInto", &mergedInto, "who gets the reward, when the winner was merged since")
    try io.field("award", &award, "without its reward when the winner has left, or won another coupon here")
  }
}

struct ActivityDrawn: EventData {
  var request = DrawActivity()
  /// How many are in it: one, or all, those that have won too.
  var entries: Int64 = 0
  /// Of these entries.
  var digest: ContentHash = .blank
  var outcome: ContentHash = .blank
  /// In the order in which they were drawn.
  var winners: [Winner] = []
  /// Pieces in the pool after it.
  var left: Int64 = 0
  static let type = EventType("activity.drawn", "Who won is drawn: the next entry or not, or among all.")
  consuming func asEvent() -> Event { .activity(.drawn(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("entries", &entries, "in it: one, or all of them, those that have won too")
    try io.field("digest", &digest, "of these entries")
    try io.field("outcome", &outcome)
    try io.field("won", &winners, "in the order in which they were drawn")
    try io.field("left", &left, "prizes in the pool, after this event")
  }
}

struct ActivityClosed: EventData {
  var request = CloseActivity()
  static let type = EventType("activity.closed", "Nobody joins an activity any more.")
  consuming func asEvent() -> Event { .activity(.closed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// The sum of the above.
indirect enum ActivityEvent: Equatable, Fielded {
  case opened(ActivityOpened)
  case joined(ActivityJoined)
  case valuePublished(ActivityValuePublished)
  case drawn(ActivityDrawn)
  case closed(ActivityClosed)

  static var types: [any EventData.Type] {
    [
      ActivityOpened.self, ActivityJoined.self, ActivityValuePublished.self, ActivityDrawn.self,
      ActivityClosed.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .opened: ActivityOpened.self
    case .joined: ActivityJoined.self
    case .valuePublished: ActivityValuePublished.self
    case .drawn: ActivityDrawn.self
    case .closed: ActivityClosed.self
    }
  }

  /// The command that this event answers.
  var request: ActivityCommand {
    switch self {
    case .opened(let event): .open(event.request)
    case .joined(let event): .join(event.request)
    case .valuePublished(let event): .publishValue(event.request)
    case .drawn(let event): .draw(event.request)
    case .closed(let event): .close(event.request)
    }
  }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] {
    switch self {
    case .opened(let event):
      return subjects + (event.request.draw.map { [.activityCommitment($0.commitment)] } ?? [])
    case .valuePublished, .closed: return subjects
    case .joined(let event):
      return subjects
        + (event.entry.map { [.activityEntry(ActivityEntryID(event.request.activity, $0.ordinal))] } ?? [])
    case .drawn(let event):
      return subjects
        + event.winners.map { .activityEntry(ActivityEntryID(event.request.activity, $0.entry)) }
        + (event.request.secret.opened.map { [.activityCommitment($0)] } ?? [])
    }
  }

  /// The entities whose history it belongs to: the activity, and the parts of those whom it concerns.
  var subjects: [EntityKey] {
    switch self {
    case .opened(let event): return [.activity(event.request.activity)]
    case .valuePublished(let event): return [.activity(event.request.activity)]
    case .closed(let event): return [.activity(event.request.activity)]
    case .joined(let event):
      let activity = event.request.activity
      return [.activity(activity), .participation(ActivityMember(activity, event.request.member))]
    case .drawn(let event):
      let activity = event.request.activity
      var members: [MemberID] = []
      for winner in event.winners where !members.contains(winner.member) { members.append(winner.member) }
      return [.activity(activity)] + members.map { .participation(ActivityMember(activity, $0)) }
    }
  }

  /// What it grants in the books of other benefits, and to whom; the next events of its command do so.
  var rewards: [(member: MemberID, reward: ActivityReward)] {
    switch self {
    case .opened, .valuePublished, .closed: return []
    case .joined(let event): return event.reward.map { [(event.request.member, $0)] } ?? []
    case .drawn(let event):
      return event.winners.compactMap { winner in
        guard let reward = winner.award.reward, winner.award.withheld == nil else { return nil }
        return (winner.mergedInto ?? winner.member, reward)
      }
    }
  }

  /// The same, when the reward of this number among `rewards` is refused; nil when it cannot happen without it. A draw
  /// stands whatever is refused: its secret is told, and its winners are who they are.
  func withholding(_ number: Int, _ code: Refusal.Code) -> ActivityEvent? {
    guard case .drawn(var event) = self else { return nil }
    let given = event.winners.indices.filter { index in
      event.winners[index].award.reward != nil && event.winners[index].award.withheld == nil
    }
    guard given.indices.contains(number) else { return nil }
    event.winners[given[number]].award.withheld = code
    return .drawn(event)
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .opened, .valuePublished, .closed: []
    case .joined(let event):
      [Answer("joins", count: event.joins), Answer("persons", count: event.persons)]
        + (event.entry.map { [Answer("entry", count: $0.ordinal)] } ?? [])
    case .drawn(let event):
      [
        Answer("draw", count: event.request.draw), Answer("won", count: Int64(event.winners.count)),
        Answer("left", count: event.left),
      ]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .opened(let event): try io.walk(event) { self = .opened($0) }
    case .joined(let event): try io.walk(event) { self = .joined($0) }
    case .valuePublished(let event): try io.walk(event) { self = .valuePublished($0) }
    case .drawn(let event): try io.walk(event) { self = .drawn($0) }
    case .closed(let event): try io.walk(event) { self = .closed($0) }
    }
  }
}
