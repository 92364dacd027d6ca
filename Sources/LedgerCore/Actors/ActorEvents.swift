// What happened to actors and their roles. State and evolve are in Actor.

struct ActorRegistered: EventData {
  var request = RegisterActor()
  static let type = EventType("actor.registered", "An actor is known; it has no role yet.")
  consuming func asEvent() -> Event { .actor(.registered(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct RoleGranted: EventData {
  var request = GrantRole()
  static let type = EventType("actor.role-granted", "An actor holds a role over a subtree, for a time.")
  consuming func asEvent() -> Event { .actor(.roleGranted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct RoleRevoked: EventData {
  var request = RevokeRole()
  static let type = EventType("actor.role-revoked", "A role ends on a day.")
  consuming func asEvent() -> Event { .actor(.roleRevoked(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// The sum of the above.
indirect enum ActorEvent: Equatable, Fielded {
  case registered(ActorRegistered)
  case roleGranted(RoleGranted)
  case roleRevoked(RoleRevoked)

  static var types: [any EventData.Type] {
    [
      ActorRegistered.self, RoleGranted.self, RoleRevoked.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .registered: ActorRegistered.self
    case .roleGranted: RoleGranted.self
    case .roleRevoked: RoleRevoked.self
    }
  }

  /// Whom it is about.
  var actor: ActorID {
    switch self {
    case .registered(let event): event.request.actor
    case .roleGranted(let event): event.request.actor
    case .roleRevoked(let event): event.request.actor
    }
  }

  /// The command that this event answers.
  var request: ActorCommand {
    switch self {
    case .registered(let event): .register(event.request)
    case .roleGranted(let event): .grantRole(event.request)
    case .roleRevoked(let event): .revokeRole(event.request)
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .registered(let event): try io.walk(event) { self = .registered($0) }
    case .roleGranted(let event): try io.walk(event) { self = .roleGranted($0) }
    case .roleRevoked(let event): try io.walk(event) { self = .roleRevoked($0) }
    }
  }
}
