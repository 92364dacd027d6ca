// What is allowed about organisations (M1), and how the tree is climbed.

extension OrganisationCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [OrganisationEvent] {
    switch self {
    case .register(let data): [try data.decide(asking, view)]
    case .rename(let data): [try data.decide(asking, view)]
    case .close(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: for a new organisation, its parent.
  func scope() -> [OrganisationID] {
    switch self {
    case .register(let data): data.parent.map { [$0] } ?? []
    case .rename(let data): [data.organisation]
    case .close(let data): [data.organisation]
    }
  }
}

extension RegisterOrganisation {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> OrganisationEvent {
    guard try view.organisation(organisation) == nil else { throw .refused(Refusal(.organisationExists)) }
    if let parent { _ = try view.openOrganisation(parent, at: asking.at) }
    return .registered(OrganisationRegistered(request: self))
  }
}

extension RenameOrganisation {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> OrganisationEvent {
    _ = try view.openOrganisation(organisation, at: asking.at)
    return .renamed(OrganisationRenamed(request: self))
  }
}

extension CloseOrganisation {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> OrganisationEvent {
    let closing = try view.openOrganisation(organisation, at: asking.at)
    guard closing.members == 0, closing.children == 0 else {
      throw .refused(
        Refusal(
          .organisationNotEmpty,
          [
            Refusal.Detail(name: "members", value: .number(closing.members)),
            Refusal.Detail(name: "children", value: .number(closing.children)),
          ]))
    }
    if let open = try view.openStations(of: organisation)?.stations.count, open > 0 {
      throw .refused(Refusal(.stationsOpen, "stations", Int64(open)))
    }
    return .closed(OrganisationClosed(request: self, parent: closing.parent))
  }
}

extension View {
  /// The organisation, which must exist by `instant` and not be closed.
  func openOrganisation(_ id: OrganisationID, at instant: Instant) throws(Undecided) -> Organisation {
    guard let organisation = try organisation(id) else {
      throw .refused(Refusal(.organisationUnknown, "organisation", id.text))
    }
    try require("the organisation", since: organisation.since, at: instant)
    guard !organisation.isClosed else {
      throw .refused(Refusal(.organisationClosed, "organisation", id.text))
    }
    return organisation
  }

  /// The organisation and all above it, from the bottom up.
  func lineage(of id: OrganisationID) throws(Undecided) -> [OrganisationID] {
    var line: [OrganisationID] = []
    var next: OrganisationID? = id
    while let current = next {
      guard let organisation = try organisation(current) else {
        throw .refused(Refusal(.organisationUnknown, "organisation", current.text))
      }
      line.append(current)
      next = organisation.parent
    }
    return line
  }
}
