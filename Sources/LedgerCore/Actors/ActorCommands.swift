// What can be asked about actors and their roles (L9, L9a). Decisions are in ActorDecide.

/// Registers an actor, without any role yet.
public struct RegisterActor: CommandData {
  public var actor: ActorID = .blank
  /// What the actor is, never a person's name.
  public var title: FreeText?

  init() {}
  public init(actor: ActorID, title: FreeText? = nil) {
    self.actor = actor
    self.title = title
  }

  static let type = CommandType(
    "actor.register", by: [.owner], refusals: [.actorExists],
    "Registers an actor, without any role yet.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("actor", &actor)
    try io.field("title", &title, "what the actor is; never a person's name")
  }
}

/// Gives an actor a role over an organisation and all below it, for a time.
public struct GrantRole: CommandData {
  public var actor: ActorID = .blank
  public var role: Role = .blank
  /// The root of the subtree; nil is the whole ledger.
  public var organisation: OrganisationID?
  /// An approver's level, 1 (lowest) to 9.
  public var level: Int64?
  /// The first day.
  public var from: CivilDay = .blank
  /// The first day on which the role no longer holds.
  public var until: CivilDay?

  init() {}
  public init(
    actor: ActorID, role: Role, organisation: OrganisationID? = nil, level: Int64? = nil, from: CivilDay,
    until: CivilDay? = nil
  ) {
    self.actor = actor
    self.role = role
    self.organisation = organisation
    self.level = level
    self.from = from
    self.until = until
  }

  static let type = CommandType(
    "actor.grant-role", by: [.owner],
    refusals: [.roleExists, .roleEmptyPeriod, .timeBeforeCause, .organisationClosed],
    "Gives an actor a role over an organisation and all below it, for a time.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("actor", &actor)
    try io.field("role", &role)
    try io.field("organisation", &organisation, "the root of the subtree; the whole ledger when absent")
    try io.field("level", &level, in: 1...9, "of an approver")
    try io.field("from", &from, "the first day")
    try io.field("until", &until, "the first day on which the role no longer holds")
  }
}

/// Ends a role on a day.
public struct RevokeRole: CommandData {
  public var actor: ActorID = .blank
  public var role: Role = .blank
  public var organisation: OrganisationID?
  /// The first day on which the role no longer holds.
  public var until: CivilDay = .blank

  init() {}
  public init(actor: ActorID, role: Role, organisation: OrganisationID? = nil, until: CivilDay) {
    self.actor = actor
    self.role = role
    self.organisation = organisation
    self.until = until
  }

  static let type = CommandType(
    "actor.revoke-role", by: [.owner], refusals: [.roleUnknown],
    "Ends a role on a day; what was done before stays.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("actor", &actor)
    try io.field("role", &role)
    try io.field("organisation", &organisation, "as it was granted")
    try io.field("until", &until, "the first day on which the role no longer holds")
  }
}

/// The sum of the above.
public enum ActorCommand: Equatable, Fielded {
  case register(RegisterActor)
  case grantRole(GrantRole)
  case revokeRole(RevokeRole)

  static var blanks: [ActorCommand] { [.register(.blank), .grantRole(.blank), .revokeRole(.blank)] }

  var type: CommandType {
    switch self {
    case .register: RegisterActor.type
    case .grantRole: GrantRole.type
    case .revokeRole: RevokeRole.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .register(let data): try io.walk(data) { self = .register($0) }
    case .grantRole(let data): try io.walk(data) { self = .grantRole($0) }
    case .revokeRole(let data): try io.walk(data) { self = .revokeRole($0) }
    }
  }
}
