// The tree of unions (M1): what we remember of one and how events change it. Who may change it is decided elsewhere.

/// A union. Unions form a tree without cycles, because a parent must exist before its child and never changes.
public struct Organisation: Equatable, Sendable {
  /// Position of the last event about this organisation itself.
  public internal(set) var position: Int64 = 0
  /// When it was registered.
  public internal(set) var since: Instant = .blank
  public internal(set) var name: FreeText?
  /// nil for a root.
  public internal(set) var parent: OrganisationID?
  public internal(set) var isClosed = false
  /// Members who belong to it and have not left.
  public internal(set) var members: Int64 = 0
  /// Open organisations directly below it.
  public internal(set) var children: Int64 = 0
}

extension Organisation: Decider {
  static func evolve(_ state: inout Organisation?, _ event: OrganisationEvent, _ stamp: Stamp) {
    var organisation = state ?? Organisation()
    switch event {
    case .registered(let event):
      organisation.since = stamp.at
      organisation.name = event.request.name
      organisation.parent = event.request.parent
    case .renamed(let event): organisation.name = event.request.name
    case .closed: organisation.isClosed = true
    }
    organisation.position = stamp.position
    state = organisation
  }

  /// The same event as the parent sees it: one open child more or less.
  static func evolve(parent state: inout Organisation?, _ event: OrganisationEvent) {
    switch event {
    case .registered: state?.children += 1
    case .renamed: break
    case .closed: state?.children -= 1
    }
  }

  /// Members who come and go.
  static func evolve(_ id: OrganisationID, _ state: inout Organisation?, _ event: MemberEvent) {
    if event.organisationJoined == id { state?.members += 1 }
    if event.organisationLeft == id { state?.members -= 1 }
  }
}
