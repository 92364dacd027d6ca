// What is allowed about members and facts (M2, M3). What a member owns moves in Book/Flows.

extension MemberCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [MemberEvent] {
    switch self {
    case .enrol(let data): [try data.decide(asking, view)]
    case .verify(let data): [try data.decide(asking, view)]
    case .transfer(let data): [try data.decide(asking, view)]
    case .leave(let data): [try data.decide(asking, view)]
    case .rejoin(let data): [try data.decide(asking, view)]
    case .merge(let data): [try data.decide(asking, view)]
    case .startFact(let data): [try data.decide(asking, view)]
    case .endFact(let data): [try data.decide(asking, view)]
    case .declareRelative(let data): [try data.decide(asking, view)]
    case .endRelative(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .enrol(let data): return [data.organisation]
    case .transfer(let data): return [try view.knownMember(data.member).organisation, data.organisation]
    case .rejoin(let data): return [data.organisation]
    case .merge(let data):
      return [
        try view.knownMember(data.member).organisation, try view.knownMember(data.into).organisation,
      ]
    case .verify, .leave, .startFact, .endFact, .declareRelative, .endRelative:
      return [try view.knownMember(member).organisation]
    }
  }
}

extension EnrolMember {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    guard try view.member(member) == nil else { throw .refused(Refusal(.memberExists)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    if let station { _ = try view.openStation(station, at: asking.at) }
    return .enrolled(MemberEnrolled(request: self))
  }
}

extension VerifyMember {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    guard try !view.activeMember(member, at: asking.at).isVerified else {
      throw .refused(Refusal(.memberVerified))
    }
    return .verified(MemberVerified(request: self))
  }
}

extension TransferMember {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    let old = try view.activeMember(member, at: asking.at).organisation
    guard old != organisation else { throw .refused(Refusal(.memberSameOrganisation)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    return .transferred(MemberTransferred(request: self, from: old))
  }
}

extension LeaveMember {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    let old = try view.activeMember(member, at: asking.at).organisation
    return .left(MemberLeft(request: self, from: old))
  }
}

extension RejoinMember {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    let former = try view.enrolledMember(member, at: asking.at)
    guard former.left != nil else { throw .refused(Refusal(.memberActive)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    return .rejoined(MemberRejoined(request: self, from: former.organisation))
  }
}

extension MergeMember {
  /// Facts and ended relatives stay with the provisional id: they are what was known of it.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    guard member != into else { throw .refused(Refusal(.mergeSelf)) }
    let guest = try view.activeMember(member, at: asking.at)
    guard guest.isProvisional else { throw .refused(Refusal(.notProvisional)) }
    let real = try view.activeMember(into, at: asking.at)
    guard !real.isProvisional else { throw .refused(Refusal(.intoProvisional)) }
    let declared = guest.relatives.count { $0.until.map { asking.day < $0 } ?? true }
    guard declared == 0 else { throw .refused(Refusal(.relativesDeclared, "relatives", Int64(declared))) }
    return .merged(MemberMerged(request: self, from: guest.organisation, to: real.organisation))
  }
}

extension StartFact {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    let subject = try view.activeMember(member, at: asking.at)
    guard !subject.facts.contains(where: { $0.fact == fact }) else { throw .refused(Refusal(.factExists)) }
    if let until, until <= from { throw .refused(Refusal(.factEmptyPeriod, "from", from.description)) }
    return .factStarted(FactStarted(request: self))
  }
}

extension EndFact {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    let subject = try view.enrolledMember(member, at: asking.at)
    guard let stated = subject.facts.first(where: { $0.fact == fact }) else {
      throw .refused(Refusal(.factUnknown))
    }
    if let ended = stated.until, ended <= until {
      throw .refused(Refusal(.factEnded, "until", ended.description))
    }
    guard stated.from < until else {
      throw .refused(Refusal(.factEmptyPeriod, "from", stated.from.description))
    }
    return .factEnded(FactEnded(request: self))
  }
}

extension View {
  /// The member, left or not, who must not be merged into another.
  func knownMember(_ id: MemberID) throws(Undecided) -> Member {
    guard let member = try member(id) else { throw .refused(Refusal(.memberUnknown)) }
    if let into = member.merged { throw .refused(Refusal(.memberMerged, "into", into.text)) }
    return member
  }

  /// The ids under which the log may speak of this member: its own, and those of who was merged into it.
  func identities(of id: MemberID) throws(Undecided) -> [MemberID] {
    [id] + (try member(id)?.mergedFrom ?? [])
  }

  /// The member, who must be enrolled by `instant` and may have left.
  func enrolledMember(_ id: MemberID, at instant: Instant) throws(Undecided) -> Member {
    let member = try knownMember(id)
    try require("the member", since: member.since, at: instant)
    return member
  }

  /// The member, who must be enrolled by `instant` and not have left.
  func activeMember(_ id: MemberID, at instant: Instant) throws(Undecided) -> Member {
    let member = try enrolledMember(id, at: instant)
    guard member.left == nil else { throw .refused(Refusal(.memberLeft)) }
    return member
  }
}
