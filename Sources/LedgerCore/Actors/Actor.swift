// Who may issue commands, and what they may do where and when (L9, L9a). Never a person's name.

/// An actor: a person, service or job that issues commands, known by an opaque id.
///
/// Its roles are kept with their days, so that "who could approve on 30 June" is a query. A role holds over an
/// organisation and everything below it, from its first day until the day before `until`.
///
/// Example: `{"role":"operator","organisation":"gz","from":"2022-01-01","until":"2023-01-01"}` may enrol members of
/// gz and of every organisation below it during 2022.
public struct Actor: Equatable, Sendable {
  /// Position of the last event about this actor.
  public internal(set) var position: Int64 = 0
  /// When it was registered.
  public internal(set) var since: Instant = .blank
  public internal(set) var title: FreeText?
  /// In the order they were granted.
  public internal(set) var roles: [HeldRole] = []

}

/// One role of an actor.
public struct HeldRole: Equatable, Sendable {
  public internal(set) var role: Role = .blank
  /// The root of the subtree; nil is the whole ledger.
  public internal(set) var organisation: OrganisationID?
  public internal(set) var level: Int64?
  public internal(set) var from: CivilDay = .blank
  /// The first day on which it no longer holds; nil is open.
  public internal(set) var until: CivilDay?

  func holds(on day: CivilDay) -> Bool { from <= day && (until.map { day < $0 } ?? true) }
}

extension HeldRole: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("role", &role)
    try io.field("organisation", &organisation)
    try io.field("level", &level)
    try io.field("from", &from)
    try io.field("until", &until)
  }
}

extension Actor: Decider {
  static func evolve(_ state: inout Actor?, _ event: ActorEvent, _ stamp: Stamp) {
    var actor = state ?? Actor()
    switch event {
    case .registered(let event):
      actor.since = stamp.at
      actor.title = event.request.title
    case .roleGranted(let event):
      let granted = event.request
      actor.roles.append(
        HeldRole(
          role: granted.role, organisation: granted.organisation, level: granted.level, from: granted.from,
          until: granted.until))
    case .roleRevoked(let event):
      if let index = actor.indexOfRole(
        event.request.role, over: event.request.organisation, after: event.request.until)
      {
        actor.roles[index].until = event.request.until
      }
    }
    actor.position = stamp.position
    state = actor
  }

  /// The role that a revocation from `day` on would end.
  func indexOfRole(_ role: Role, over organisation: OrganisationID?, after day: CivilDay) -> Int? {
    roles.lastIndex {
      $0.role == role && $0.organisation == organisation && ($0.until.map { day < $0 } ?? true)
    }
  }
}

extension Actor {
  /// The owner that a ledger is opened with.
  static func evolve(opening state: inout Actor?, _ event: LedgerOpened, _ stamp: Stamp) {
    state = Actor(
      position: stamp.position, since: stamp.at, title: nil,
      roles: [HeldRole(role: .owner, organisation: nil, level: nil, from: .blank, until: nil)])
  }
}
