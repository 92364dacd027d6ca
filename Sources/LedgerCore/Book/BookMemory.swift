// The book as a cache: marks and roll-back, what to write at a commit, loading and forgetting. The fold itself is in
// Book.

/// A state as it was before a change.
enum SavedState: Sendable {
  case ledger(LedgerState?)
  case actor(ActorID, Actor?)
  case organisation(OrganisationID, Organisation?)
  case station(StationID, Station?)
  case openStations(OrganisationID, OpenStations?)
  case member(MemberID, Member?)
  case wallet(MemberID, Wallet?)
  case rule(RuleID, PointsRule?)
  case pointsAccount(OrganisationID, PointsAccount?)
  case fund(FundID, Fund?)
  case party(PartyID, Party?)
  case merchant(MerchantID, Merchant?)
  case settlement(SettlementID, Settlement?)
  case payables(OrganisationID, Payables?)
  case campaign(CampaignID, Campaign?)
  case couponHolding(CampaignMember, CouponHolding?)
  case couponCode(ContentHash, CouponCode?)
  case activity(ActivityID, Activity?)
  case participation(ActivityMember, Participation?)
  case activityEntry(ActivityEntryID, ActivityEntry?)
  case activityCommitment(ContentHash, ActivityCommitment?)
  case gift(GiftID, Gift?)
  case giftStock(GiftStation, GiftStock?)
  case stationGifts(StationID, StationGifts?)
  case giftHandover(GiftMember, GiftHandover?)
  case programme(ProgrammeID, Programme?)
  case stationGrant(ProgrammeStation, StationGrant?)
  case approval(CommandID, Approval?)
  case job(CommandID, Job?)
}

extension Book {
  /// Remembers from here on what changes, until `dropMark`. Returns the mark to roll back to.
  package mutating func setMark() -> Int {
    isMarked = true
    return undo.count
  }

  /// Nothing will be rolled back to a mark any more: what changes next is not remembered, which spares its copy.
  package mutating func dropMark() { isMarked = false }

  /// Puts everything back as it was at the mark.
  package mutating func rollBack(to mark: Int) {
    while undo.count > mark, let saved = undo.popLast() {
      switch saved {
      case .ledger(let state): ledger = state
      case .actor(let id, let state): actors.set(id, state)
      case .organisation(let id, let state): organisations.set(id, state)
      case .station(let id, let state): stations.set(id, state)
      case .openStations(let id, let state): openStations.set(id, state)
      case .member(let id, let state): members.set(id, state)
      case .wallet(let id, let state): wallets.set(id, state)
      case .rule(let id, let state): rules.set(id, state)
      case .pointsAccount(let id, let state): pointsAccounts.set(id, state)
      case .fund(let id, let state): funds.set(id, state)
      case .party(let id, let state): parties.set(id, state)
      case .merchant(let id, let state): merchants.set(id, state)
      case .settlement(let id, let state): settlements.set(id, state)
      case .payables(let id, let state): payables.set(id, state)
      case .campaign(let id, let state): campaigns.set(id, state)
      case .couponHolding(let id, let state): couponHoldings.set(id, state)
      case .couponCode(let id, let state): couponCodes.set(id, state)
      case .activity(let id, let state): activities.set(id, state)
      case .participation(let id, let state): participations.set(id, state)
      case .activityEntry(let id, let state): activityEntries.set(id, state)
      case .activityCommitment(let id, let state): activityCommitments.set(id, state)
      case .gift(let id, let state): gifts.set(id, state)
      case .giftStock(let id, let state): giftStocks.set(id, state)
      case .stationGifts(let id, let state): stationGifts.set(id, state)
      case .giftHandover(let id, let state): giftHandovers.set(id, state)
      case .programme(let id, let state): programmes.set(id, state)
      case .stationGrant(let id, let state): stationGrants.set(id, state)
      case .approval(let id, let state): approvals.set(id, state)
      case .job(let id, let state): jobs.set(id, state)
      }
    }
  }

  /// The changes are stored: nothing is left to write or to roll back.
  package mutating func committed() {
    undo.removeAll(keepingCapacity: true)
    changed.removeAll(keepingCapacity: true)
    isMarked = false
  }

  /// Before an entity changes: keeps its state for a roll-back, and notes that its row must be written.
  mutating func save(_ key: EntityKey) {
    if !isComplete { changed.insert(key) }
    guard isMarked else { return }
    switch key {
    case .ledger: undo.append(.ledger(ledger))
    case .actor(let id): undo.append(.actor(id, actors[id]))
    case .organisation(let id): undo.append(.organisation(id, organisations[id]))
    case .station(let id): undo.append(.station(id, stations[id]))
    case .openStations(let id): undo.append(.openStations(id, openStations[id]))
    case .member(let id): undo.append(.member(id, members[id]))
    case .wallet(let id): undo.append(.wallet(id, wallets[id]))
    case .rule(let id): undo.append(.rule(id, rules[id]))
    case .pointsAccount(let id): undo.append(.pointsAccount(id, pointsAccounts[id]))
    case .fund(let id): undo.append(.fund(id, funds[id]))
    case .party(let id): undo.append(.party(id, parties[id]))
    case .merchant(let id): undo.append(.merchant(id, merchants[id]))
    case .settlement(let id): undo.append(.settlement(id, settlements[id]))
    case .payables(let id): undo.append(.payables(id, payables[id]))
    case .campaign(let id): undo.append(.campaign(id, campaigns[id]))
    case .couponHolding(let id): undo.append(.couponHolding(id, couponHoldings[id]))
    case .couponCode(let id): undo.append(.couponCode(id, couponCodes[id]))
    case .activity(let id): undo.append(.activity(id, activities[id]))
    case .participation(let id): undo.append(.participation(id, participations[id]))
    case .activityEntry(let id): undo.append(.activityEntry(id, activityEntries[id]))
    case .activityCommitment(let id): undo.append(.activityCommitment(id, activityCommitments[id]))
    case .gift(let id): undo.append(.gift(id, gifts[id]))
    case .giftStock(let id): undo.append(.giftStock(id, giftStocks[id]))
    case .stationGifts(let id): undo.append(.stationGifts(id, stationGifts[id]))
    case .giftHandover(let id): undo.append(.giftHandover(id, giftHandovers[id]))
    case .programme(let id): undo.append(.programme(id, programmes[id]))
    case .stationGrant(let id): undo.append(.stationGrant(id, stationGrants[id]))
    case .approval(let id): undo.append(.approval(id, approvals[id]))
    case .job(let id): undo.append(.job(id, jobs[id]))
    case .due, .memberAfter, .couponHoldings, .affairs, .command: break
    }
  }

  /// Whether the entity is in memory, or known not to exist.
  package func isLoaded(_ key: EntityKey) -> Bool {
    switch key {
    case .ledger: true
    case .actor(let id): actors.isLoaded(id)
    case .organisation(let id): organisations.isLoaded(id)
    case .station(let id): stations.isLoaded(id)
    case .openStations(let id): openStations.isLoaded(id)
    case .member(let id): members.isLoaded(id)
    case .wallet(let id): wallets.isLoaded(id)
    case .rule(let id): rules.isLoaded(id)
    case .pointsAccount(let id): pointsAccounts.isLoaded(id)
    case .fund(let id): funds.isLoaded(id)
    case .party(let id): parties.isLoaded(id)
    case .merchant(let id): merchants.isLoaded(id)
    case .settlement(let id): settlements.isLoaded(id)
    case .payables(let id): payables.isLoaded(id)
    case .campaign(let id): campaigns.isLoaded(id)
    case .couponHolding(let id): couponHoldings.isLoaded(id)
    case .couponCode(let id): couponCodes.isLoaded(id)
    case .activity(let id): activities.isLoaded(id)
    case .participation(let id): participations.isLoaded(id)
    case .activityEntry(let id): activityEntries.isLoaded(id)
    case .activityCommitment(let id): activityCommitments.isLoaded(id)
    case .gift(let id): gifts.isLoaded(id)
    case .giftStock(let id): giftStocks.isLoaded(id)
    case .stationGifts(let id): stationGifts.isLoaded(id)
    case .giftHandover(let id): giftHandovers.isLoaded(id)
    case .programme(let id): programmes.isLoaded(id)
    case .stationGrant(let id): stationGrants.isLoaded(id)
    case .approval(let id): approvals.isLoaded(id)
    case .job(let id): jobs.isLoaded(id)
    case .due(let instant): somethingDue?.by == instant
    case .memberAfter(let last): membersAfter.map { $0.last == last } ?? false
    case .couponHoldings, .affairs: found[key] != nil
    case .command(let id): recalled[id] != nil
    }
  }

  /// Takes the ledger as a whole from its first event, and nothing else.
  package mutating func open(with record: EventRecord) {
    guard let opening = record.opening else { preconditionFailure("a ledger opens with ledger.opened") }
    ledger = LedgerState(opening, since: record.at)
  }

  /// Lends a decision the events of a command; none when there is no such command.
  package mutating func recall(_ command: CommandID, _ records: [EventRecord]) {
    recalled[command] = records
  }

  /// Gives back what a decision was lent: in the same batch that command may be recorded yet, or rolled back.
  mutating func returnRecalled() {
    recalled.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    somethingDue = nil
    membersAfter = nil
  }

  /// Lends a decision what a question finds: in rows, and among what has changed since the last commit.
  package mutating func lend(_ rows: [EntityKey], foundBy question: EntityKey) {
    found[question] = Array(Set(rows).union(changed.filter { isFound($0, by: question) }))
  }

  /// Whether the question is one about this entity.
  func isFound(_ key: EntityKey, by question: EntityKey) -> Bool {
    if case .couponHoldings(let member) = question, case .couponHolding(let id) = key {
      return id.second == member
    }
    guard case .affairs(let organisation) = question else { return false }
    if case .fund(let id) = key { return funds[id]?.organisation == organisation }
    if case .merchant(let id) = key { return merchants[id]?.organisation == organisation }
    if case .gift(let id) = key { return gifts[id]?.organisation == organisation }
    return false
  }

  /// Lends a decision whether anything is due on wallets that have not changed since the last commit, by their rows;
  /// those that have are looked at here.
  package mutating func lend(isDueInRows: Bool, by instant: Instant) {
    guard let zone = ledger?.zone else { return }
    let isDueHere = changed.contains { key in
      if case .wallet(let id) = key { return wallets[id]?.isDue(by: instant, zone) ?? false }
      if case .couponHolding(let id) = key { return couponHoldings[id]?.isDue(by: instant) ?? false }
      return false
    }
    somethingDue = (instant, isDueInRows || isDueHere)
  }

  /// Lends a decision whether any member has an id after `last`, by the rows; those who were enrolled since the last commit
  /// are looked at here.
  package mutating func lend(isMemberInRows: Bool, after last: MemberID?) {
    let isHere = changed.contains { key in
      if case .member(let id) = key { last.map { $0 < id } ?? true } else { false }
    }
    membersAfter = (last, isMemberInRows || isHere)
  }

  /// How many entities that may be forgotten are in memory.
  package var forgettable: Int {
    members.count + wallets.count + approvals.count + jobs.count + couponHoldings.count + couponCodes.count
      + participations.count + activityEntries.count + giftStocks.count + giftHandovers.count
      + stationGrants.count
      + settlements.count
  }

  /// Forgets members, wallets, approvals and jobs, which the store has; only after a commit.
  package mutating func forget() {
    precondition(changed.isEmpty, "changes that are not stored would be lost")
    members.removeAll()
    wallets.removeAll()
    approvals.removeAll()
    couponHoldings.removeAll()
    couponCodes.removeAll()
    participations.removeAll()
    activityEntries.removeAll()
    giftStocks.removeAll()
    giftHandovers.removeAll()
    stationGrants.removeAll()
    settlements.removeAll()
    jobs.removeAll()
  }
}
