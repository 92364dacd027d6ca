// What can be asked about organisations (M1). Decisions are in OrganisationDecide.

/// Registers a union below another, or as a root of the tree.
public struct RegisterOrganisation: CommandData {
  public var organisation: OrganisationID = .blank
  public var name: FreeText?
  /// nil makes a root.
  public var parent: OrganisationID?

  init() {}
  public init(organisation: OrganisationID, name: FreeText? = nil, parent: OrganisationID? = nil) {
    self.organisation = organisation
    self.name = name
    self.parent = parent
  }

  static let type = CommandType(
    "organisation.register", by: [.owner, .operator],
    refusals: [.organisationExists, .organisationClosed, .timeBeforeCause],
    "Registers a union below another, or as a root of the tree.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation)
    try io.field("name", &name)
    try io.field("parent", &parent, "a root of the tree when absent")
  }
}

/// Gives an organisation another name.
public struct RenameOrganisation: CommandData {
  public var organisation: OrganisationID = .blank
  public var name: FreeText = .blank

  init() {}
  public init(organisation: OrganisationID, name: FreeText) {
    self.organisation = organisation
    self.name = name
  }

  static let type = CommandType(
    "organisation.rename", by: [.owner, .operator], refusals: [.organisationClosed, .timeBeforeCause],
    "Gives an organisation another name; its id stays.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation)
    try io.field("name", &name)
  }
}

/// Closes an organisation that has no members, no open organisations below it and no open stations.
public struct CloseOrganisation: CommandData {
  public var organisation: OrganisationID = .blank

  init() {}
  public init(organisation: OrganisationID) { self.organisation = organisation }

  static let type = CommandType(
    "organisation.close", by: [.owner, .operator],
    refusals: [
      .organisationClosed, .organisationNotEmpty, .stationsOpen, .organisationInUse, .timeBeforeCause,
    ],
    "Closes an organisation without members, open organisations below it, open stations, funds or merchants.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation)
  }
}

/// The sum of the above.
public enum OrganisationCommand: Equatable, Fielded {
  case register(RegisterOrganisation)
  case rename(RenameOrganisation)
  case close(CloseOrganisation)

  static var blanks: [OrganisationCommand] { [.register(.blank), .rename(.blank), .close(.blank)] }

  var type: CommandType {
    switch self {
    case .register: RegisterOrganisation.type
    case .rename: RenameOrganisation.type
    case .close: CloseOrganisation.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .register(let data): try io.walk(data) { self = .register($0) }
    case .rename(let data): try io.walk(data) { self = .rename($0) }
    case .close(let data): try io.walk(data) { self = .close($0) }
    }
  }
}
