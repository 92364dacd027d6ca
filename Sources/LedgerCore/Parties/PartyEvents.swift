// What happened to parties, and the memo entries of it. State and evolve are in Party.

struct PartyRegistered: EventData {
  var request = RegisterParty()
  static let type = EventType("party.registered", "Somebody outside the union is known.")
  consuming func asEvent() -> Event { .party(.registered(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct MemoRecorded: EventData {
  var request = RecordMemo()
  /// All memo money of the party, with this.
  var contributed: Fen = .zero
  static let type = EventType("party.memo-recorded", "A party paid or gave something itself, as a memo.")
  consuming func asEvent() -> Event { .party(.memoRecorded(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("contributedFen", &contributed, "all memo money of the party, after this event")
  }
}

/// The sum of the above.
indirect enum PartyEvent: Equatable, Fielded {
  case registered(PartyRegistered)
  case memoRecorded(MemoRecorded)

  static var types: [any EventData.Type] { [PartyRegistered.self, MemoRecorded.self] }

  var dataType: any EventData.Type {
    switch self {
    case .registered: PartyRegistered.self
    case .memoRecorded: MemoRecorded.self
    }
  }

  private var party: PartyID {
    switch self {
    case .registered(let event): event.request.party
    case .memoRecorded(let event): event.request.party
    }
  }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] { subjects }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] { [.party(party)] }

  /// The command that this event answers; nil for what was merely due.
  var request: PartyCommand? {
    switch self {
    case .registered(let event): .register(event.request)
    case .memoRecorded(let event): .recordMemo(event.request)
    }
  }

  /// What a party pays itself has reached somebody by then.
  var legs: [Leg] {
    switch self {
    case .registered: []
    case .memoRecorded(let event):
      [
        Leg(.memo(.contributed, event.request.party), -event.request.amount.count),
        Leg(.memo(.used, event.request.party), event.request.amount.count),
      ]
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .registered: []
    case .memoRecorded(let event): [Answer("contributedFen", event.contributed)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .registered(let event): try io.walk(event) { self = .registered($0) }
    case .memoRecorded(let event): try io.walk(event) { self = .memoRecorded($0) }
    }
  }
}
