// What is allowed with programmes and with grants to stations (M6). How they change is in Programme and StationGrant.

extension GrantCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [GrantEvent] {
    switch self {
    case .openProgramme(let data): [try data.decide(asking, view)]
    case .apply(let data): [try data.decide(asking, view)]
    case .closeApplications(let data): [try data.decide(asking, view)]
    case .approve(let data): [try data.decide(asking, view)]
    case .pay(let data): [try data.decide(asking, view)]
    case .inspect(let data): [try data.decide(asking, view)]
    case .exit(let data): [try data.decide(asking, view)]
    case .closeProgramme(let data): [try data.decide(asking, view)]
    }
  }

  /// Whether it can wait for a second actor: nobody approves a grant that they applied for, also not through another.
  var canWait: Bool {
    switch self {
    case .apply, .approve: false
    case .openProgramme, .closeApplications, .pay, .inspect, .exit, .closeProgramme: true
    }
  }

  /// Where the actor's role must reach: who applies, the station's organisation; else the programme's.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .openProgramme(let data): return [data.organisation, try view.knownFund(data.fund).organisation]
    case .apply(let data): return [try view.knownStation(data.station).organisation]
    case .closeApplications, .approve, .pay, .inspect, .exit, .closeProgramme:
      return [try view.knownProgramme(programme).organisation]
    }
  }
}

extension OpenProgramme {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    guard try view.programme(programme) == nil else { throw .refused(Refusal(.programmeExists)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    let shares = try view.cover(total, of: fund, for: purpose, asking)
    return .programmeOpened(ProgrammeOpened(request: self, shares: shares))
  }
}

extension ApplyForGrant {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    let programme = try view.programmeToApplyFor(programme, asking)
    _ = try view.openStation(station, at: asking.at)
    guard try view.stationGrant(ProgrammeStation(self.programme, station)) == nil else {
      throw .refused(Refusal(.grantExists))
    }
    // One more part, and somebody's would be nothing.
    guard programme.applied < programme.total.count else {
      throw .refused(Refusal(.grantNothingLeft, "applications", programme.applied))
    }
    return .applied(
      GrantApplied(request: self, ordinal: programme.applied + 1, applicant: asking.actor))
  }
}

extension CloseApplications {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    let programme = try view.programmeToApplyFor(programme, asking)
    try view.require("the last application", since: programme.steppedAt, at: asking.at)
    guard programme.applied > 0 else { throw .refused(Refusal(.noApplications)) }
    return .applicationsClosed(
      ApplicationsClosed(
        request: self, applications: programme.applied,
        part: Fen(count: programme.total.count / programme.applied),
        oneMore: programme.total.count % programme.applied))
  }
}

extension ApproveGrant {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    let programme = try view.splitProgramme(programme, asking)
    _ = try view.openStation(station, at: asking.at)
    let grant = try view.grant(self.programme, station, in: [.applied], asking)
    guard grant.applicant != asking.actor else {
      throw .refused(Refusal(.grantBySameActor, "actor", asking.actor.text))
    }
    return .approved(
      GrantApproved(request: self, approver: asking.actor, amount: programme.grant(grant.ordinal)))
  }
}

extension PayGrant {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    let programme = try view.splitProgramme(programme, asking)
    _ = try view.openStation(station, at: asking.at)
    let grant = try view.grant(self.programme, station, in: [.approved], asking)
    let (shares, rest) = programme.committed.taking(grant.amount)
    return .paid(GrantPaid(request: self, shares: shares, committed: rest.total))
  }
}

extension InspectGrant {
  /// The station may be closed: that is what an inspection may find.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    _ = try view.knownProgramme(programme)
    _ = try view.knownStation(station)
    _ = try view.grant(programme, station, in: [.paid], asking)
    return .inspected(GrantInspected(request: self))
  }
}

extension ExitGrant {
  /// After an inspection, whatever that found (M6). What was paid first was used first, so that what goes back is what was paid last. The part of the unused months is
  /// rounded down: the fraction of a fen stays with the station. The station may be closed.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    let programme = try view.knownProgramme(programme)
    let grant = try view.grant(self.programme, station, in: [.paid, .inspected], asking)
    guard grant.status == .inspected || grant.failedInspections > 0 else {
      throw .refused(Refusal(.grantNotInspected, "station", station.text))
    }
    let used = usedMonths ?? 0
    guard used <= programme.months else {
      throw .refused(Refusal(.grantMonthsExceeded, "months", programme.months))
    }
    // A grant is at most `Fen.limit` and a programme has at most 120 months, so the product stays below Int64.
    let recovered = Fen(count: grant.amount.count * (programme.months - used) / programme.months)
    return .exited(
      GrantExited(
        request: self, amount: grant.amount, months: programme.months,
        shares: grant.shares.taking(grant.amount - recovered).rest))
  }
}

extension CloseProgramme {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GrantEvent {
    let programme = try view.unclosedProgramme(programme, asking)
    try view.require("the last step of the programme", since: programme.steppedAt, at: asking.at)
    return .programmeClosed(ProgrammeClosed(request: self, shares: programme.committed))
  }
}

extension View {
  /// The programme, whatever its status.
  fileprivate func knownProgramme(_ id: ProgrammeID) throws(Undecided) -> Programme {
    guard let programme = try programme(id) else {
      throw .refused(Refusal(.programmeUnknown, "programme", id.text))
    }
    return programme
  }

  fileprivate func unclosedProgramme(_ id: ProgrammeID, _ asking: Asking) throws(Undecided) -> Programme {
    let programme = try knownProgramme(id)
    try require("the programme", since: programme.since, at: asking.at)
    guard programme.status != .closed else { throw .refused(Refusal(.programmeClosed)) }
    return programme
  }

  /// The programme, whose applications must be open.
  fileprivate func programmeToApplyFor(_ id: ProgrammeID, _ asking: Asking) throws(Undecided) -> Programme {
    let programme = try unclosedProgramme(id, asking)
    guard programme.status == .open else {
      throw .refused(Refusal(.applicationsClosed, "applications", programme.applied))
    }
    return programme
  }

  /// The programme, whose applications must be closed, so that the grants are known.
  fileprivate func splitProgramme(_ id: ProgrammeID, _ asking: Asking) throws(Undecided) -> Programme {
    let programme = try unclosedProgramme(id, asking)
    guard programme.status == .split else {
      throw .refused(Refusal(.applicationsOpen, "applications", programme.applied))
    }
    if let splitAt = programme.splitAt { try require("the split", since: splitAt, at: asking.at) }
    return programme
  }

  /// The station's grant, which must have one of these statuses by then.
  fileprivate func grant(
    _ programme: ProgrammeID, _ station: StationID, in statuses: [GrantStatus], _ asking: Asking
  ) throws(Undecided) -> StationGrant {
    guard let grant = try stationGrant(ProgrammeStation(programme, station)) else {
      throw .refused(Refusal(.grantUnknown))
    }
    try require("the grant", since: grant.statusSince, at: asking.at)
    guard statuses.contains(grant.status) else {
      throw .refused(Refusal(.grantWrongStatus, "status", grant.status.rawValue))
    }
    return grant
  }
}
