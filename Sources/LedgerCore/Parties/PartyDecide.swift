// What is allowed with parties (F7, F10). How a party changes is in Party.

extension PartyCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [PartyEvent] {
    switch self {
    case .register(let data): [try data.decide(asking, view)]
    case .recordMemo(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: who looks after the party.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .register(let data): return data.organisation.map { [$0] } ?? []
    case .recordMemo(let data):
      return try view.knownParty(data.party).organisation.map { [$0] } ?? []
    }
  }
}

extension RegisterParty {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PartyEvent {
    guard try view.party(party) == nil else { throw .refused(Refusal(.partyExists)) }
    if let organisation { _ = try view.openOrganisation(organisation, at: asking.at) }
    return .registered(PartyRegistered(request: self))
  }
}

extension RecordMemo {
  /// A memo may be of a day before the party was known here: it is about what happened elsewhere.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PartyEvent {
    let giver = try view.party(party, at: asking.at)
    guard day <= asking.day else { throw .refused(Refusal(.memoToCome, "day", asking.day.description)) }
    return .memoRecorded(MemoRecorded(request: self, contributed: giver.contributed + amount))
  }
}

extension View {
  /// The party, whenever it was registered.
  fileprivate func knownParty(_ id: PartyID) throws(Undecided) -> Party {
    guard let party = try party(id) else { throw .refused(Refusal(.partyUnknown, "party", id.text)) }
    return party
  }

  /// The party, which must be registered by `instant`.
  func party(_ id: PartyID, at instant: Instant) throws(Undecided) -> Party {
    let party = try knownParty(id)
    try require("the party", since: party.since, at: instant)
    return party
  }
}
