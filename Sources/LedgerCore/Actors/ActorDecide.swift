// What is allowed about actors and roles (L9, L9a), and the one check of authority for every command.

extension ActorCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [ActorEvent] {
    switch self {
    case .register(let data): [try data.decide(view)]
    case .grantRole(let data): [try data.decide(asking, view)]
    case .revokeRole(let data): [try data.decide(view)]
    }
  }
}

extension RegisterActor {
  fileprivate func decide(_ view: View) throws(Undecided) -> ActorEvent {
    guard try view.actor(actor) == nil else { throw .refused(Refusal(.actorExists)) }
    return .registered(ActorRegistered(request: self))
  }
}

extension GrantRole {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActorEvent {
    let receiver = try view.registeredActor(actor)
    if let organisation { _ = try view.openOrganisation(organisation, at: asking.at) }
    if let until, until <= from {
      throw .refused(Refusal(.roleEmptyPeriod, "from", from.description))
    }
    let overlaps = receiver.roles.contains { held in
      held.role == role && held.organisation == organisation && (until.map { held.from < $0 } ?? true)
        && (held.until.map { from < $0 } ?? true)
    }
    guard !overlaps else { throw .refused(Refusal(.roleExists)) }
    return .roleGranted(RoleGranted(request: self))
  }
}

extension RevokeRole {
  fileprivate func decide(_ view: View) throws(Undecided) -> ActorEvent {
    let holder = try view.registeredActor(actor)
    guard holder.indexOfRole(role, over: organisation, after: until) != nil else {
      throw .refused(Refusal(.roleUnknown))
    }
    return .roleRevoked(RoleRevoked(request: self))
  }
}

extension View {
  fileprivate func registeredActor(_ id: ActorID) throws(Undecided) -> Actor {
    guard let actor = try actor(id) else { throw .refused(Refusal(.actorUnknown)) }
    return actor
  }

  /// Refuses unless, by the days of its roles, the actor holds one of `roles` on the command's day over every organisation named; a command
  /// about the whole ledger names none and needs a role over the whole ledger.
  func authorise(
    _ asking: Asking, _ roles: [Role], over organisations: [OrganisationID]
  ) throws(Undecided) {
    guard let actor = try actor(asking.actor) else { throw .refused(Refusal(.actorUnknown)) }
    let held = actor.roles.filter { roles.contains($0.role) && $0.holds(on: asking.day) }
    guard !held.isEmpty else {
      throw .refused(Refusal(.actorRoleMissing, "needs", roles.map(\.rawValue).joined(separator: " or ")))
    }
    if held.contains(where: { $0.organisation == nil }) { return }
    guard !organisations.isEmpty else {
      throw .refused(Refusal(.actorOutsideOrganisation, "organisation", "(the whole ledger)"))
    }
    for organisation in organisations {
      let line = try lineage(of: organisation)
      guard held.contains(where: { role in role.organisation.map(line.contains) ?? true }) else {
        throw .refused(Refusal(.actorOutsideOrganisation, "organisation", organisation.text))
      }
    }
  }
}
