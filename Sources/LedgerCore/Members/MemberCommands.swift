// What can be asked about members and their facts (M2, M3). Decisions are in MemberDecide; relatives are in Relative.

/// Makes a person a member of an organisation; provisionally, on a credential that was seen (M3).
public struct EnrolMember: CommandData {
  /// An opaque id; never a name, phone, identity-card or bank number.
  public var member: MemberID = .blank
  public var organisation: OrganisationID = .blank
  /// true for somebody who is not registered; nil for everybody else.
  public var provisional: Bool?
  /// What admits a provisional member.
  public var credential: Credential?
  /// Where the member was met.
  public var station: StationID?

  init() {}
  public init(member: MemberID, organisation: OrganisationID, station: StationID? = nil) {
    self.member = member
    self.organisation = organisation
    self.station = station
  }
  /// A provisional member.
  public init(
    member: MemberID, organisation: OrganisationID, credential: Credential, station: StationID? = nil
  ) {
    self.init(member: member, organisation: organisation, station: station)
    provisional = true
    self.credential = credential
  }

  static let type = CommandType(
    "member.enrol", by: [.operator, .service],
    refusals: [.memberExists, .organisationClosed, .stationUnknown, .stationClosed, .timeBeforeCause],
    "Makes a person a member of an organisation; provisionally, on a credential that was seen.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member, "opaque; never a name, phone, identity-card or bank number")
    try io.field("organisation", &organisation)
    try io.field(
      "provisional", &provisional, "true for somebody who is not registered; may be merged into a real member"
    )
    try io.field("credential", &credential, "what admits a provisional member")
    try io.field("station", &station, "where the member was met")
    try io.expect(provisional != false, "provisional", "true, or nothing")
    try io.expect(
      (provisional == true) == (credential != nil), "credential",
      "one of a provisional member, and of no other")
  }
}

/// A paper that somebody showed, such as a work permit; never its number (M3).
public struct Credential: Equatable, Sendable {
  public internal(set) var kind: FreeText = .blank
  /// Who saw it: an office or a post, never a person's name.
  public internal(set) var seenBy: FreeText = .blank

  init() {}
  public init(kind: FreeText, seenBy: FreeText) {
    self.kind = kind
    self.seenBy = seenBy
  }
}

extension Credential: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("kind", &kind, "what sort of paper; never its number")
    try io.field("seenBy", &seenBy, "the office or post that saw it; never a person's name")
  }
}

/// Records that the member passed real-name verification, which makes a provisional member a regular one.
public struct VerifyMember: CommandData {
  public var member: MemberID = .blank

  init() {}
  public init(member: MemberID) { self.member = member }

  static let type = CommandType(
    "member.verify", by: [.operator, .service],
    refusals: [.memberUnknown, .memberMerged, .memberLeft, .memberVerified, .timeBeforeCause],
    "Records that the member passed real-name verification, which makes a provisional member a regular one.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
  }
}

/// Moves a member, with what they own, to another organisation.
public struct TransferMember: CommandData {
  public var member: MemberID = .blank
  /// The new one.
  public var organisation: OrganisationID = .blank

  init() {}
  public init(member: MemberID, organisation: OrganisationID) {
    self.member = member
    self.organisation = organisation
  }

  static let type = CommandType(
    "member.transfer", by: [.operator],
    refusals: [
      .memberUnknown, .memberMerged, .memberLeft, .memberSameOrganisation, .organisationClosed,
      .timeBeforeCause,
    ],
    "Moves a member, with points and expiries kept, to another organisation; the role must reach both.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation, "the new one")
  }
}

/// What becomes of the points of a member who leaves.
public enum LeavingPoints: String, CaseIterable, Sendable {
  /// They may be spent until they expire; nothing is earned.
  case keep
  /// They are forfeited at once.
  case forfeit
}

extension LeavingPoints: WireWord {}

/// Ends a membership.
public struct LeaveMember: CommandData {
  public var member: MemberID = .blank
  public var points: LeavingPoints = .blank

  init() {}
  public init(member: MemberID, points: LeavingPoints) {
    self.member = member
    self.points = points
  }

  static let type = CommandType(
    "member.leave", by: [.operator],
    refusals: [.memberUnknown, .memberMerged, .memberLeft, .holdsOpen, .timeBeforeCause],
    "Ends a membership; says what becomes of the points.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("points", &points, "keep: may be spent until they expire; forfeit: at once")
  }
}

/// Takes a member who left back in.
public struct RejoinMember: CommandData {
  public var member: MemberID = .blank
  public var organisation: OrganisationID = .blank

  init() {}
  public init(member: MemberID, organisation: OrganisationID) {
    self.member = member
    self.organisation = organisation
  }

  static let type = CommandType(
    "member.rejoin", by: [.operator, .service],
    refusals: [.memberUnknown, .memberMerged, .memberActive, .organisationClosed, .timeBeforeCause],
    "Takes a member who left back in, with the points that are left.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("organisation", &organisation)
  }
}

/// Merges a provisional member into the real one they turned out to be (M4).
public struct MergeMember: CommandData {
  /// The provisional one.
  public var member: MemberID = .blank
  /// The real one, who stays.
  public var into: MemberID = .blank
  public var reason: FreeText?

  init() {}
  public init(member: MemberID, into: MemberID, reason: FreeText? = nil) {
    self.member = member
    self.into = into
    self.reason = reason
  }

  static let type = CommandType(
    "member.merge", by: [.operator],
    refusals: [
      .memberUnknown, .memberMerged, .memberLeft, .mergeSelf, .notProvisional, .intoProvisional,
      .relativesDeclared,
      .timeBeforeCause,
    ],
    "Merges a provisional member into a real one, who has everything then; the role must reach both.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member, "the provisional one, whose id is of no use afterwards")
    try io.field("into", &into, "the real one, who stays")
    try io.field("reason", &reason)
  }
}

/// States something dated and true of a member.
public struct StartFact: CommandData {
  public var member: MemberID = .blank
  /// Chosen by the client, one per member.
  public var fact: FactID = .blank
  public var kind: FactKind = .blank
  /// Which occupation, honour or credential; nothing for retired and migrant-worker.
  public var value: FreeText?
  /// Who granted an honour or saw a credential.
  public var grantor: FreeText?
  public var level: FreeText?
  /// The first day on which it is true.
  public var from: CivilDay = .blank
  /// The first day on which it is no longer true.
  public var until: CivilDay?

  init() {}
  public init(
    member: MemberID, fact: FactID, kind: FactKind, value: FreeText? = nil, grantor: FreeText? = nil,
    level: FreeText? = nil, from: CivilDay, until: CivilDay? = nil
  ) {
    self.member = member
    self.fact = fact
    self.kind = kind
    self.value = value
    self.grantor = grantor
    self.level = level
    self.from = from
    self.until = until
  }

  static let type = CommandType(
    "fact.start", by: [.operator, .service],
    refusals: [.memberUnknown, .memberMerged, .memberLeft, .factExists, .factEmptyPeriod, .timeBeforeCause],
    "States something dated and true of a member; facts may overlap.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("fact", &fact, "chosen by the client, unique per member")
    try io.field("kind", &kind)
    try io.field("value", &value, "which occupation, honour or credential; never a credential's number")
    try io.field("grantor", &grantor, "who granted the honour or saw the credential")
    try io.field("level", &level, "of an honour")
    try io.field("from", &from, "the first day on which it is true")
    try io.field("until", &until, "the first day on which it is no longer true")
    try io.expect(
      kind.needsValue == (value != nil), "value", "a value for this kind of fact, and for no other")
  }
}

/// Ends a fact on a day.
public struct EndFact: CommandData {
  public var member: MemberID = .blank
  public var fact: FactID = .blank
  /// The first day on which it is no longer true.
  public var until: CivilDay = .blank

  init() {}
  public init(member: MemberID, fact: FactID, until: CivilDay) {
    self.member = member
    self.fact = fact
    self.until = until
  }

  static let type = CommandType(
    "fact.end", by: [.operator, .service],
    refusals: [.memberUnknown, .memberMerged, .factUnknown, .factEnded, .factEmptyPeriod, .timeBeforeCause],
    "Ends a fact on a day.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("fact", &fact)
    try io.field("until", &until, "the first day on which it is no longer true")
  }
}

/// The sum of the above and of the relatives' commands.
public enum MemberCommand: Equatable, Fielded {
  case enrol(EnrolMember)
  case verify(VerifyMember)
  case transfer(TransferMember)
  case leave(LeaveMember)
  case rejoin(RejoinMember)
  case merge(MergeMember)
  case startFact(StartFact)
  case endFact(EndFact)
  case declareRelative(DeclareRelative)
  case endRelative(EndRelative)

  static var blanks: [MemberCommand] {
    [
      .enrol(.blank), .verify(.blank), .transfer(.blank), .leave(.blank), .rejoin(.blank), .merge(.blank),
      .startFact(.blank),
      .endFact(.blank), .declareRelative(.blank), .endRelative(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .enrol: EnrolMember.type
    case .verify: VerifyMember.type
    case .transfer: TransferMember.type
    case .leave: LeaveMember.type
    case .rejoin: RejoinMember.type
    case .merge: MergeMember.type
    case .startFact: StartFact.type
    case .endFact: EndFact.type
    case .declareRelative: DeclareRelative.type
    case .endRelative: EndRelative.type
    }
  }

  /// Whom it is about.
  var member: MemberID {
    switch self {
    case .enrol(let data): data.member
    case .verify(let data): data.member
    case .transfer(let data): data.member
    case .leave(let data): data.member
    case .rejoin(let data): data.member
    case .merge(let data): data.member
    case .startFact(let data): data.member
    case .endFact(let data): data.member
    case .declareRelative(let data): data.member
    case .endRelative(let data): data.member
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .enrol(let data): try io.walk(data) { self = .enrol($0) }
    case .verify(let data): try io.walk(data) { self = .verify($0) }
    case .transfer(let data): try io.walk(data) { self = .transfer($0) }
    case .leave(let data): try io.walk(data) { self = .leave($0) }
    case .rejoin(let data): try io.walk(data) { self = .rejoin($0) }
    case .merge(let data): try io.walk(data) { self = .merge($0) }
    case .startFact(let data): try io.walk(data) { self = .startFact($0) }
    case .endFact(let data): try io.walk(data) { self = .endFact($0) }
    case .declareRelative(let data): try io.walk(data) { self = .declareRelative($0) }
    case .endRelative(let data): try io.walk(data) { self = .endRelative($0) }
    }
  }
}
