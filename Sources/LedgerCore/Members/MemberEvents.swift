// What happened to members and their facts. State and evolve are in Member; relatives are in Relative.

struct MemberEnrolled: EventData {
  var request = EnrolMember()
  static let type = EventType("member.enrolled", "A person is a member of an organisation.")
  consuming func asEvent() -> Event { .member(.enrolled(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct MemberVerified: EventData {
  var request = VerifyMember()
  static let type = EventType("member.verified", "The member passed real-name verification.")
  consuming func asEvent() -> Event { .member(.verified(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct MemberTransferred: EventData {
  var request = TransferMember()
  /// The organisation left.
  var from: OrganisationID = .blank
  static let type = EventType("member.transferred", "The member belongs to another organisation.")
  consuming func asEvent() -> Event { .member(.transferred(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("from", &from, "the organisation left")
  }
}

struct MemberLeft: EventData {
  var request = LeaveMember()
  /// The organisation left.
  var from: OrganisationID = .blank
  static let type = EventType("member.left", "The membership has ended.")
  consuming func asEvent() -> Event { .member(.left(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("from", &from, "the organisation left")
  }
}

struct MemberRejoined: EventData {
  var request = RejoinMember()
  /// The organisation where points that were kept stood meanwhile.
  var from: OrganisationID = .blank
  static let type = EventType("member.rejoined", "A member who left is a member again.")
  consuming func asEvent() -> Event { .member(.rejoined(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("from", &from, "the organisation left before")
  }
}

struct MemberMerged: EventData {
  var request = MergeMember()
  /// The organisation of the provisional member, who is no longer counted.
  var from: OrganisationID = .blank
  /// The organisation of the real one.
  var to: OrganisationID = .blank
  static let type = EventType("member.merged", "A provisional member is the same person as a real one.")
  consuming func asEvent() -> Event { .member(.merged(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("from", &from, "the organisation of the provisional member, who is no longer counted")
    try io.field("to", &to, "the organisation of the real one")
  }
}

struct FactStarted: EventData {
  var request = StartFact()
  static let type = EventType("fact.started", "Something dated is true of a member.")
  consuming func asEvent() -> Event { .member(.factStarted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct FactEnded: EventData {
  var request = EndFact()
  static let type = EventType("fact.ended", "A fact is no longer true from a day on.")
  consuming func asEvent() -> Event { .member(.factEnded(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// The sum of the above and of the relatives' events.
indirect enum MemberEvent: Equatable, Fielded {
  case enrolled(MemberEnrolled)
  case verified(MemberVerified)
  case transferred(MemberTransferred)
  case left(MemberLeft)
  case rejoined(MemberRejoined)
  case merged(MemberMerged)
  case factStarted(FactStarted)
  case factEnded(FactEnded)
  case relativeDeclared(RelativeDeclared)
  case relativeEnded(RelativeEnded)

  static var types: [any EventData.Type] {
    [
      MemberEnrolled.self, MemberVerified.self, MemberTransferred.self, MemberLeft.self, MemberRejoined.self,
      MemberMerged.self,
      FactStarted.self, FactEnded.self, RelativeDeclared.self, RelativeEnded.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .enrolled: MemberEnrolled.self
    case .verified: MemberVerified.self
    case .transferred: MemberTransferred.self
    case .left: MemberLeft.self
    case .rejoined: MemberRejoined.self
    case .merged: MemberMerged.self
    case .factStarted: FactStarted.self
    case .factEnded: FactEnded.self
    case .relativeDeclared: RelativeDeclared.self
    case .relativeEnded: RelativeEnded.self
    }
  }

  /// Whom it is about.
  var member: MemberID { request.member }

  /// The second member, of an event about two.
  var other: MemberID? {
    switch self {
    case .merged(let event): event.request.into
    case .relativeDeclared(let event): event.request.relative
    case .relativeEnded(let event): event.request.relative
    case .enrolled, .verified, .transferred, .left, .rejoined, .factStarted, .factEnded: nil
    }
  }

  /// The command that this event answers.
  var request: MemberCommand {
    switch self {
    case .enrolled(let event): .enrol(event.request)
    case .verified(let event): .verify(event.request)
    case .transferred(let event): .transfer(event.request)
    case .left(let event): .leave(event.request)
    case .rejoined(let event): .rejoin(event.request)
    case .merged(let event): .merge(event.request)
    case .factStarted(let event): .startFact(event.request)
    case .factEnded(let event): .endFact(event.request)
    case .relativeDeclared(let event): .declareRelative(event.request)
    case .relativeEnded(let event): .endRelative(event.request)
    }
  }

  /// The organisation that has one member more.
  var organisationJoined: OrganisationID? {
    switch self {
    case .enrolled(let event): event.request.organisation
    case .transferred(let event): event.request.organisation
    case .rejoined(let event): event.request.organisation
    case .verified, .left, .merged, .factStarted, .factEnded, .relativeDeclared, .relativeEnded: nil
    }
  }

  /// The organisation that has one member fewer.
  var organisationLeft: OrganisationID? {
    switch self {
    case .transferred(let event): event.from
    case .left(let event): event.from
    case .merged(let event): event.from
    case .enrolled, .verified, .rejoined, .factStarted, .factEnded, .relativeDeclared, .relativeEnded: nil
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .enrolled(let event): try io.walk(event) { self = .enrolled($0) }
    case .verified(let event): try io.walk(event) { self = .verified($0) }
    case .transferred(let event): try io.walk(event) { self = .transferred($0) }
    case .left(let event): try io.walk(event) { self = .left($0) }
    case .rejoined(let event): try io.walk(event) { self = .rejoined($0) }
    case .merged(let event): try io.walk(event) { self = .merged($0) }
    case .factStarted(let event): try io.walk(event) { self = .factStarted($0) }
    case .factEnded(let event): try io.walk(event) { self = .factEnded($0) }
    case .relativeDeclared(let event): try io.walk(event) { self = .relativeDeclared($0) }
    case .relativeEnded(let event): try io.walk(event) { self = .relativeEnded($0) }
    }
  }
}
