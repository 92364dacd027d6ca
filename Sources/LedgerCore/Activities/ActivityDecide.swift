// What is allowed with activities (A1): opening, joining, closing. Draws are in DrawDecide; how states change is in
// Activity and Participation.

extension ActivityCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [ActivityEvent] {
    switch self {
    case .open(let data): [try data.decide(asking, view)]
    case .join(let data): [try data.decide(asking, view)]
    case .publishValue(let data): [try data.decide(asking, view)]
    case .draw(let data): [try data.decide(asking, view)]
    case .close(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the activity's organisation.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .open(let data): return [data.organisation]
    case .join, .publishValue, .draw, .close: return [try view.knownActivity(activity).terms.organisation]
    }
  }
}

extension OpenActivity {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    guard try view.activity(activity) == nil else { throw .refused(Refusal(.activityExists)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    if let audience = audience?.organisation { _ = try view.openOrganisation(audience, at: asking.at) }
    guard from < until else {
      throw .refused(Refusal(.activityEmptyWindow, "from", from.description))
    }
    if let draw { try require(draw, asking, view) }
    return .opened(ActivityOpened(request: self))
  }

  /// The terms of its draws: a holder who is known, a chain of its own, a public value that nobody knows yet while members
  /// may join.
  private func require(_ draw: ActivityDraw, _ asking: Asking, _ view: View) throws(Undecided) {
    for contributor in draw.prizes.compactMap(\.contributor) {
      _ = try view.party(contributor, at: asking.at)
    }
    guard let holder = try view.actor(draw.holder) else { throw .refused(Refusal(.actorUnknown)) }
    try view.require("the holder of the secrets", since: holder.since, at: asking.at)
    if let other = try view.activityCommitment(draw.commitment) {
      throw .refused(Refusal(.activityCommitmentUsed, "activity", other.activity.text))
    }
    if let named = draw.publicValue, view.zone.start(of: named.day) < until {
      throw .refused(Refusal(.activityValueDayTooEarly, "until", until.description))
    }
  }
}

extension JoinActivity {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    let joined = try view.openActivity(activity, at: asking.at)
    let terms = joined.terms
    try asking.requireOther(than: terms.draw?.holder)
    if let published = joined.published {
      throw .refused(Refusal(.activityEntriesFinal, "since", published.description))
    }
    guard terms.from <= asking.at, asking.at < terms.until else { throw .refused(terms.outsideWindow) }
    let joiner = try view.activeMember(member, at: asking.at)
    let occupation = try view.requireAudience(terms, joiner, on: asking.day)
    let parts = try view.participations(in: activity, of: member)
    try require(room: terms, parts, on: asking.day)
    guard choice.map({ terms.choices?.contains($0) ?? false }) ?? (terms.choices == nil) else {
      throw .refused(Refusal(.activityChoiceUnknown, "choices", Int64(terms.choices?.count ?? 0)))
    }
    try joined.requireDraw()
    let isPerson = parts.allSatisfy { $0.joins == 0 }
    return .joined(
      ActivityJoined(
        request: self, organisation: joiner.organisation, occupation: occupation, day: asking.day,
        isPerson: isPerson, joins: joined.joins + 1, persons: joined.persons + (isPerson ? 1 : 0),
        reward: terms.reward, entry: joined.enter(asking.command)))
  }

  private func require(
    room terms: OpenActivity, _ parts: [Participation], on day: CivilDay
  ) throws(Undecided) {
    let joins = parts.reduce(0) { $0 + (terms.joinsPerDay == nil ? $1.joins : $1.joins(on: day)) }
    guard joins < terms.joinsPerDay ?? 1 else {
      throw .refused(
        Refusal(
          .activityLimitReached,
          [
            Refusal.Detail(name: "limit", value: .number(terms.joinsPerDay ?? 1)),
            Refusal.Detail(name: "period", value: .word(terms.joinsPerDay == nil ? "in all" : "a day")),
          ]))
    }
  }
}

extension CloseActivity {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    let closing = try view.openActivity(activity, at: asking.at)
    if let latest = closing.latest {
      try view.require("the activity's last entry", since: latest, at: asking.at)
    }
    return .closed(ActivityClosed(request: self))
  }
}

extension OpenActivity {
  fileprivate var outsideWindow: Refusal {
    Refusal(
      .activityOutsideWindow,
      [
        Refusal.Detail(name: "from", value: .word(from.description)),
        Refusal.Detail(name: "until", value: .word(until.description)),
      ])
  }
}

extension Activity {
  /// Where each entry has a draw of its own, one more: a piece and a secret for each that waits, and for this one.
  fileprivate func requireDraw() throws(Undecided) {
    guard let draw = terms.draw, draw.kind == .instant else { return }
    guard left > waiting else { throw .refused(Refusal(.activityPoolEmpty, "left", left - waiting)) }
    if let length = draw.draws, entries >= length {
      throw .refused(Refusal(.activityChainEnded, "draws", length))
    }
  }

  /// The next entry; nil when nothing is drawn.
  fileprivate func enter(_ command: CommandID) -> EntryMade? {
    guard terms.draw != nil else { return nil }
    return EntryMade(ordinal: entries + 1, digest: digest.adding(command))
  }
}

extension View {
  /// The activity, open or closed.
  func knownActivity(_ id: ActivityID) throws(Undecided) -> Activity {
    guard let activity = try activity(id) else {
      throw .refused(Refusal(.activityUnknown, "activity", id.text))
    }
    return activity
  }

  /// The activity, which must be opened by `instant` and not be closed.
  fileprivate func openActivity(_ id: ActivityID, at instant: Instant) throws(Undecided) -> Activity {
    let activity = try knownActivity(id)
    try require("the activity", since: activity.since, at: instant)
    guard !activity.isClosed else { throw .refused(Refusal(.activityClosed, "activity", id.text)) }
    return activity
  }

  /// What the member and those who were merged into it did in an activity.
  fileprivate func participations(
    in activity: ActivityID, of member: MemberID
  ) throws(Undecided) -> [Participation] {
    var parts: [Participation] = []
    for identity in try identities(of: member) {
      if let part = try participation(ActivityMember(activity, identity)) { parts.append(part) }
    }
    return parts
  }

  /// The occupation that lets the member in, where one is needed.
  fileprivate func requireAudience(
    _ terms: OpenActivity, _ joiner: Member, on day: CivilDay
  ) throws(Undecided) -> FreeText? {
    func outside(_ needs: String) -> Undecided { .refused(Refusal(.activityOutsideAudience, "needs", needs)) }
    let audience = terms.audience ?? ActivityAudience()
    if audience.verifiedOnly, !joiner.isVerified { throw outside("real-name verification") }
    let root = audience.organisation ?? terms.organisation
    guard try lineage(of: joiner.organisation).contains(root) else {
      throw outside("organisation " + root.text)
    }
    guard let occupations = audience.occupations else { return nil }
    guard let occupation = joiner.occupation(in: occupations, on: day) else {
      throw outside("occupation " + occupations.map(\.text).joined(separator: ", "))
    }
    return occupation
  }
}
