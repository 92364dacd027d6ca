// Relatives and dependants (M5): what a member remembers of each, and the commands and events that change it. What is
// allowed is in RelativeDecide.

/// What a relative is to a member.
public enum RelativeKind: String, CaseIterable, Sendable {
  case spouse, parent, child, sibling, other

  /// What the member is to the relative.
  var inverse: RelativeKind {
    switch self {
    case .spouse: .spouse
    case .parent: .child
    case .child: .parent
    case .sibling: .sibling
    case .other: .other
    }
  }
}

extension RelativeKind: WireWord {}

/// A relative of a member, for the days on which that is so (M5).
///
/// A pair stands in the state of both members, so that either finds the other: nobody acts on a relative's case, and an
/// award may be for a dependant. The same two may be declared again for other days.
///
/// Example: m-2 is declared as a child and dependant of m-1 from 1 May. Then m-1 is a parent of m-2 from that day, and
/// both say that m-2 depends on the other.
public struct Relative: Equatable, Sendable {
  public internal(set) var relative: MemberID = .blank
  /// What the relative is to the member.
  public internal(set) var kind: RelativeKind = .blank
  /// Which of the two depends on the other; nil when neither was declared to.
  public internal(set) var dependant: MemberID?
  /// The first day on which it is so.
  public internal(set) var from: CivilDay = .blank
  /// The first day on which it is no longer so; nil is open.
  public internal(set) var until: CivilDay?

  func holds(on day: CivilDay) -> Bool { from <= day && (until.map { day < $0 } ?? true) }
}

extension Relative: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("relative", &relative)
    try io.field("kind", &kind)
    try io.field("dependant", &dependant)
    try io.field("from", &from)
    try io.field("until", &until)
  }
}

extension Member {
  /// The member as a relative of this one on a day; nil when that was not declared.
  func relative(_ id: MemberID, on day: CivilDay) -> Relative? {
    relatives.first { $0.relative == id && $0.holds(on: day) }
  }
}

/// Declares two members to be relatives.
public struct DeclareRelative: CommandData {
  public var member: MemberID = .blank
  public var relative: MemberID = .blank
  /// What the relative is to the member.
  public var kind: RelativeKind = .blank
  /// Whether the relative depends on the member.
  public var dependant = false
  /// The first day on which it is so.
  public var from: CivilDay = .blank
  /// The first day on which it is no longer so.
  public var until: CivilDay?

  init() {}
  public init(
    member: MemberID, relative: MemberID, kind: RelativeKind, dependant: Bool, from: CivilDay,
    until: CivilDay? = nil
  ) {
    self.member = member
    self.relative = relative
    self.kind = kind
    self.dependant = dependant
    self.from = from
    self.until = until
  }

  static let type = CommandType(
    "relative.declare", by: [.operator, .service],
    refusals: [
      .memberUnknown, .memberMerged, .timeBeforeCause, .relativeSelf, .relativeEmptyPeriod, .relativeExists,
    ],
    "Declares two members to be relatives; either finds the other from then on.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member, "the role must reach this one's organisation")
    try io.field("relative", &relative, "another member, of any organisation")
    try io.field("kind", &kind, "what the relative is to the member")
    try io.field("dependant", &dependant, "whether the relative depends on the member")
    try io.field("from", &from, "the first day on which it is so")
    try io.field("until", &until, "the first day on which it is no longer so")
  }
}

/// Ends what was declared of two members, on a day.
public struct EndRelative: CommandData {
  public var member: MemberID = .blank
  public var relative: MemberID = .blank
  /// The first day on which it is no longer so.
  public var until: CivilDay = .blank

  init() {}
  public init(member: MemberID, relative: MemberID, until: CivilDay) {
    self.member = member
    self.relative = relative
    self.until = until
  }

  static let type = CommandType(
    "relative.end", by: [.operator, .service],
    refusals: [
      .memberUnknown, .memberMerged, .timeBeforeCause, .relativeUnknown, .relativeEnded, .relativeEmptyPeriod,
    ],
    "Ends what was last declared of two members, on a day; either may be named first.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member, "the role must reach this one's organisation")
    try io.field("relative", &relative)
    try io.field("until", &until, "the first day on which it is no longer so")
  }
}

struct RelativeDeclared: EventData {
  var request = DeclareRelative()
  static let type = EventType("relative.declared", "Two members are relatives on certain days.")
  consuming func asEvent() -> Event { .member(.relativeDeclared(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct RelativeEnded: EventData {
  var request = EndRelative()
  /// The first day of what ends.
  var from: CivilDay = .blank
  static let type = EventType("relative.ended", "Two members are no longer relatives from a day on.")
  consuming func asEvent() -> Event { .member(.relativeEnded(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("from", &from, "the first day of what ends")
  }
}

extension Relative {
  /// The relative as the member named first sees it.
  init(_ request: DeclareRelative) {
    self.init(
      relative: request.relative, kind: request.kind, dependant: request.dependant ? request.relative : nil,
      from: request.from, until: request.until)
  }

  /// The member named first as the relative sees it.
  init(inverse request: DeclareRelative) {
    self.init(request)
    relative = request.member
    kind = request.kind.inverse
  }
}

extension [Relative] {
  mutating func end(_ relative: MemberID, from: CivilDay, until: CivilDay) {
    for index in indices where self[index].relative == relative && self[index].from == from {
      self[index].until = until
    }
  }
}
