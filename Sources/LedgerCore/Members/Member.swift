// A member and the dated facts that are true of them (M2, M3): what we remember, and how events change it. What a
// member owns (points, coupons) is remembered by each benefit, not here.

/// A person, known by an opaque id; never a name, phone, identity-card or bank number.
///
/// A member belongs to one organisation. Facts start and end by days and may overlap; targeting uses the facts of the
/// day in question. A member who left keeps the id and may rejoin.
///
/// Somebody who is not registered is enrolled provisionally, on a credential that was seen. A provisional member earns and
/// spends like others, except where a rule is for verified members only. It ends in one of two ways: verification makes
/// the same id a regular member, or the member is merged into a real one.
///
/// Example: enrolled in gz on 1 March, courier from 1 April until 1 July: on 30 June an offer for couriers of gz
/// reaches this member, on 1 July it does not.
public struct Member: Equatable, Sendable {
  /// Position of the last event about this member's membership and facts.
  public internal(set) var position: Int64 = 0
  /// When the member was first enrolled.
  public internal(set) var since: Instant = .blank
  /// The organisation of a member who left is the one left.
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var isVerified = false
  /// Not registered yet.
  public internal(set) var isProvisional = false
  /// What admitted the member; stays when the member is no longer provisional.
  public internal(set) var credential: Credential?
  /// Where the member was met at first.
  public internal(set) var station: StationID?
  /// nil for a member who has not left.
  public internal(set) var left: LeavingPoints?
  /// The real member that this provisional one was merged into; nil for every other.
  public internal(set) var merged: MemberID?
  /// The provisional members that were merged into this one, in that order.
  public internal(set) var mergedFrom: [MemberID] = []
  /// In the order they were stated.
  public internal(set) var facts: [Fact] = []
  /// In the order they were declared.
  public internal(set) var relatives: [Relative] = []
}

/// What sort of thing a fact states (M3).
public enum FactKind: String, CaseIterable, Sendable {
  case occupation, honour, retired
  case migrantWorker = "migrant-worker"
  case credential

  var needsValue: Bool {
    switch self {
    case .occupation, .honour, .credential: true
    case .retired, .migrantWorker: false
    }
  }
}

extension FactKind: WireWord {}

/// Something dated and true of a member.
public struct Fact: Equatable, Sendable {
  public internal(set) var fact: FactID = .blank
  public internal(set) var kind: FactKind = .blank
  public internal(set) var value: FreeText?
  public internal(set) var grantor: FreeText?
  public internal(set) var level: FreeText?
  /// The first day on which it is true.
  public internal(set) var from: CivilDay = .blank
  /// The first day on which it is no longer true; nil is open.
  public internal(set) var until: CivilDay?

  func holds(on day: CivilDay) -> Bool { from <= day && (until.map { day < $0 } ?? true) }
}

extension Fact: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fact", &fact)
    try io.field("kind", &kind)
    try io.field("value", &value)
    try io.field("grantor", &grantor)
    try io.field("level", &level)
    try io.field("from", &from)
    try io.field("until", &until)
  }
}

extension Member: Decider {
  static func evolve(_ state: inout Member?, _ event: MemberEvent, _ stamp: Stamp) {
    var member = state ?? Member()
    switch event {
    case .enrolled(let event):
      member.since = stamp.at
      member.organisation = event.request.organisation
      member.isProvisional = event.request.provisional ?? false
      member.credential = event.request.credential
      member.station = event.request.station
    case .verified:
      member.isVerified = true
      member.isProvisional = false
    case .transferred(let event): member.organisation = event.request.organisation
    case .left(let event): member.left = event.request.points
    case .rejoined(let event):
      member.left = nil
      member.organisation = event.request.organisation
    case .merged(let event): member.merged = event.request.into
    case .factStarted(let event):
      let stated = event.request
      member.facts.append(
        Fact(
          fact: stated.fact, kind: stated.kind, value: stated.value, grantor: stated.grantor,
          level: stated.level, from: stated.from, until: stated.until))
    case .factEnded(let event):
      if let index = member.facts.firstIndex(where: { $0.fact == event.request.fact }) {
        member.facts[index].until = event.request.until
      }
    case .relativeDeclared(let event): member.relatives.append(Relative(event.request))
    case .relativeEnded(let event):
      member.relatives.end(event.request.relative, from: event.from, until: event.request.until)
    }
    member.position = stamp.position
    state = member
  }

  /// The same event as the other member sees it, of the two that it is about.
  static func evolve(other state: inout Member?, _ event: MemberEvent, _ stamp: Stamp) {
    var member = state ?? Member()
    switch event {
    case .merged(let event): member.mergedFrom.append(event.request.member)
    case .relativeDeclared(let event): member.relatives.append(Relative(inverse: event.request))
    case .relativeEnded(let event):
      member.relatives.end(event.request.member, from: event.from, until: event.request.until)
    case .enrolled, .verified, .transferred, .left, .rejoined, .factStarted, .factEnded: return
    }
    member.position = stamp.position
    state = member
  }

  /// Whether one of these occupations is true of the member on `day`.
  func hasOccupation(in occupations: [FreeText], on day: CivilDay) -> Bool {
    occupation(in: occupations, on: day) != nil
  }

  /// The first of these occupations that is true of the member on `day`; nil when none is.
  func occupation(in occupations: [FreeText], on day: CivilDay) -> FreeText? {
    facts.lazy.filter { $0.kind == .occupation && $0.holds(on: day) }.compactMap(\.value)
      .first(where: occupations.contains)
  }
}
