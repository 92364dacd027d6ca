// What happened to organisations. State and evolve are in Organisation.

struct OrganisationRegistered: EventData {
  var request = RegisterOrganisation()
  static let type = EventType("organisation.registered", "A union stands in the tree.")
  consuming func asEvent() -> Event { .organisation(.registered(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct OrganisationRenamed: EventData {
  var request = RenameOrganisation()
  static let type = EventType("organisation.renamed", "A union has another name.")
  consuming func asEvent() -> Event { .organisation(.renamed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct OrganisationClosed: EventData {
  var request = CloseOrganisation()
  /// The one whose children it leaves.
  var parent: OrganisationID?
  static let type = EventType("organisation.closed", "A union takes no members any more.")
  consuming func asEvent() -> Event { .organisation(.closed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("parent", &parent)
  }
}

/// The sum of the above.
indirect enum OrganisationEvent: Equatable, Fielded {
  case registered(OrganisationRegistered)
  case renamed(OrganisationRenamed)
  case closed(OrganisationClosed)

  static var types: [any EventData.Type] {
    [
      OrganisationRegistered.self, OrganisationRenamed.self, OrganisationClosed.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .registered: OrganisationRegistered.self
    case .renamed: OrganisationRenamed.self
    case .closed: OrganisationClosed.self
    }
  }

  /// Which one it is about.
  var organisation: OrganisationID {
    switch self {
    case .registered(let event): event.request.organisation
    case .renamed(let event): event.request.organisation
    case .closed(let event): event.request.organisation
    }
  }

  /// The one above it, whose number of open children changes.
  var parent: OrganisationID? {
    switch self {
    case .registered(let event): event.request.parent
    case .renamed: nil
    case .closed(let event): event.parent
    }
  }

  /// The command that this event answers.
  var request: OrganisationCommand {
    switch self {
    case .registered(let event): .register(event.request)
    case .renamed(let event): .rename(event.request)
    case .closed(let event): .close(event.request)
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .registered(let event): try io.walk(event) { self = .registered($0) }
    case .renamed(let event): try io.walk(event) { self = .renamed($0) }
    case .closed(let event): try io.walk(event) { self = .closed($0) }
    }
  }
}
