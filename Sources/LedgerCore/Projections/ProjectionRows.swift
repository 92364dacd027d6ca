// Rows rendered from states, and states read back from rows: both directions side by side, so that they cannot part.
// Rendering never adds or decides; sums come from the state's own definitions.

extension Book {
  /// The row of an entity, in the order of its projection's columns; nil when the entity has none.
  package func cells(of key: EntityKey) -> [Cell]? {
    switch key {
    case .due, .memberAfter, .couponHoldings, .affairs, .command: return nil
    case .fund(let id): return funds[id].map { $0.cells(id) }
    case .party(let id): return parties[id].map { $0.cells(id) }
    case .merchant(let id): return merchants[id].map { $0.cells(id) }
    case .settlement(let id): return settlements[id].map { $0.cells(id) }
    case .payables(let id): return payables[id].map { $0.cells(id) }
    case .gift(let id): return gifts[id].map { $0.cells(id) }
    case .giftStock(let id): return giftStocks[id].map { $0.cells(id) }
    case .stationGifts(let id): return stationGifts[id].map { $0.cells(id) }
    case .giftHandover(let id): return giftHandovers[id].map { $0.cells(id) }
    case .programme(let id): return programmes[id].map { $0.cells(id) }
    case .stationGrant(let id): return stationGrants[id].map { $0.cells(id) }
    case .activity(let id): return activities[id].map { $0.cells(id) }
    case .participation(let id): return participations[id].map { $0.cells(id) }
    case .activityEntry(let id): return activityEntries[id].map { $0.cells(id) }
    case .activityCommitment(let id): return activityCommitments[id].map { $0.cells(id) }
    case .campaign(let id): return campaigns[id].map { $0.cells(id) }
    case .couponHolding(let id): return couponHoldings[id].map { $0.cells(id) }
    case .couponCode(let id): return couponCodes[id].map { $0.cells(id) }
    case .ledger: return ledger?.cells
    case .actor(let id): return actors[id].map { $0.cells(id) }
    case .organisation(let id): return organisations[id].map { $0.cells(id) }
    case .station(let id): return stations[id].map { $0.cells(id) }
    case .openStations(let id): return openStations[id].map { $0.cells(id) }
    case .member(let id): return members[id].map { $0.cells(id) }
    case .wallet(let id):
      guard let zone = ledger?.zone else { return nil }
      return wallets[id].map { $0.cells(id, zone) }
    case .rule(let id): return rules[id].map { $0.cells(id) }
    case .pointsAccount(let id): return pointsAccounts[id].map { $0.cells(id) }
    case .approval(let id): return approvals[id].map { $0.cells(id) }
    case .job(let id): return jobs[id].map { $0.cells(id) }
    }
  }

  /// Every entity that has a row in `projection`.
  package func entities(in projection: Projection) -> [EntityKey] {
    switch projection {
    case .ledger: ledger == nil ? [] : [.ledger]
    case .actor: actors.all.map { .actor($0.0) }
    case .organisation: organisations.all.map { .organisation($0.0) }
    case .station: stations.all.map { .station($0.0) }
    case .openStations: openStations.all.map { .openStations($0.0) }
    case .member: members.all.map { .member($0.0) }
    case .pointsWallet: wallets.all.map { .wallet($0.0) }
    case .pointsRule: rules.all.map { .rule($0.0) }
    case .pointsAccount: pointsAccounts.all.map { .pointsAccount($0.0) }
    case .fund: funds.all.map { .fund($0.0) }
    case .party: parties.all.map { .party($0.0) }
    case .merchant: merchants.all.map { .merchant($0.0) }
    case .settlement: settlements.all.map { .settlement($0.0) }
    case .payables: payables.all.map { .payables($0.0) }
    case .gift: gifts.all.map { .gift($0.0) }
    case .giftStock: giftStocks.all.map { .giftStock($0.0) }
    case .stationGifts: stationGifts.all.map { .stationGifts($0.0) }
    case .giftHandover: giftHandovers.all.map { .giftHandover($0.0) }
    case .programme: programmes.all.map { .programme($0.0) }
    case .stationGrant: stationGrants.all.map { .stationGrant($0.0) }
    case .activity: activities.all.map { .activity($0.0) }
    case .participation: participations.all.map { .participation($0.0) }
    case .activityEntry: activityEntries.all.map { .activityEntry($0.0) }
    case .activityCommitment: activityCommitments.all.map { .activityCommitment($0.0) }
    case .campaign: campaigns.all.map { .campaign($0.0) }
    case .couponHolding: couponHoldings.all.map { .couponHolding($0.0) }
    case .couponCode: couponCodes.all.map { .couponCode($0.0) }
    case .approval: approvals.all.map { .approval($0.0) }
    case .job: jobs.all.map { .job($0.0) }
    }
  }

  /// Takes an entity into memory from its row, or as known not to exist.
  package mutating func load(_ key: EntityKey, _ cells: [Cell]?) throws(RowError) {
    switch key {
    case .due, .memberAfter, .couponHoldings, .affairs, .command: return
    case .fund(let id): funds.set(id, try cells.read(.fund, Fund.init))
    case .party(let id): parties.set(id, try cells.read(.party, Party.init))
    case .merchant(let id): merchants.set(id, try cells.read(.merchant, Merchant.init))
    case .settlement(let id): settlements.set(id, try cells.read(.settlement, Settlement.init))
    case .payables(let id): payables.set(id, try cells.read(.payables, Payables.init))
    case .gift(let id): gifts.set(id, try cells.read(.gift, Gift.init))
    case .giftStock(let id): giftStocks.set(id, try cells.read(.giftStock, GiftStock.init))
    case .stationGifts(let id): stationGifts.set(id, try cells.read(.stationGifts, StationGifts.init))
    case .giftHandover(let id): giftHandovers.set(id, try cells.read(.giftHandover, GiftHandover.init))
    case .programme(let id): programmes.set(id, try cells.read(.programme, Programme.init))
    case .stationGrant(let id): stationGrants.set(id, try cells.read(.stationGrant, StationGrant.init))
    case .activity(let id): activities.set(id, try cells.read(.activity, Activity.init))
    case .participation(let id): participations.set(id, try cells.read(.participation, Participation.init))
    case .activityEntry(let id):
      activityEntries.set(id, try cells.read(.activityEntry, ActivityEntry.init))
    case .activityCommitment(let id):
      activityCommitments.set(id, try cells.read(.activityCommitment, ActivityCommitment.init))
    case .campaign(let id): campaigns.set(id, try cells.read(.campaign, Campaign.init))
    case .couponHolding(let id): couponHoldings.set(id, try cells.read(.couponHolding, CouponHolding.init))
    case .couponCode(let id): couponCodes.set(id, try cells.read(.couponCode, CouponCode.init))
    case .ledger: ledger = try cells.read(.ledger, LedgerState.init)
    case .actor(let id): actors.set(id, try cells.read(.actor, Actor.init))
    case .organisation(let id): organisations.set(id, try cells.read(.organisation, Organisation.init))
    case .station(let id): stations.set(id, try cells.read(.station, Station.init))
    case .openStations(let id): openStations.set(id, try cells.read(.openStations, OpenStations.init))
    case .member(let id): members.set(id, try cells.read(.member, Member.init))
    case .wallet(let id): wallets.set(id, try cells.read(.pointsWallet, Wallet.init))
    case .rule(let id): rules.set(id, try cells.read(.pointsRule, PointsRule.init))
    case .pointsAccount(let id): pointsAccounts.set(id, try cells.read(.pointsAccount, PointsAccount.init))
    case .approval(let id): approvals.set(id, try cells.read(.approval, Approval.init))
    case .job(let id): jobs.set(id, try cells.read(.job, Job.init))
    }
  }
}

extension LedgerState {
  fileprivate var cells: [Cell] {
    [
      .text(EntityKey.ledgerRow), .text(name.text), .text(origin.text), .text(zone.description),
      .text(owner.text), .text(since.description), Cell(closedThrough?.description),
      Cell(daysClosedThrough?.description), .integer(position),
      .text(RecordWriter.list(limits, packed: false)),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    name = try row.value()
    origin = try row.value()
    zone = try row.value()
    owner = try row.value()
    since = try row.value()
    closedThrough = try row.optional()
    daysClosedThrough = try row.optional()
    position = try row.integer()
    limits = try row.list(packed: false)
  }
}

extension Actor {
  fileprivate func cells(_ id: ActorID) -> [Cell] {
    [
      .text(id.text), Cell(title?.text), .text(since.description), .integer(position),
      .text(RecordWriter.list(roles, packed: false)),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    title = try row.optional()
    since = try row.value()
    position = try row.integer()
    roles = try row.list(packed: false)
  }
}

extension Organisation {
  fileprivate func cells(_ id: OrganisationID) -> [Cell] {
    [
      .text(id.text), Cell(name?.text), Cell(parent?.text), .integer(isClosed ? 1 : 0), .integer(members),
      .integer(children), .text(since.description), .integer(position),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    name = try row.optional()
    parent = try row.optional()
    isClosed = try row.integer() != 0
    members = try row.integer()
    children = try row.integer()
    since = try row.value()
    position = try row.integer()
  }
}

extension Station {
  fileprivate func cells(_ id: StationID) -> [Cell] {
    [
      .text(id.text), .text(organisation.text), .text(number.text), Cell(name?.text),
      .integer(isClosed ? 1 : 0), .integer(visits), .text(since.description), .integer(position),
      .text(RecordWriter.list(months)), .text(RecordWriter.list(corrected)),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    organisation = try row.value()
    number = try row.value()
    name = try row.optional()
    isClosed = try row.integer() != 0
    row.skip(1)
    since = try row.value()
    position = try row.integer()
    months = try row.list()
    corrected = try row.list()
  }
}

extension OpenStations {
  fileprivate func cells(_ id: OrganisationID) -> [Cell] {
    [.text(id.text), .integer(Int64(stations.count)), .text(RecordWriter.list(stations))]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    row.skip(1)
    stations = try row.list()
  }
}

extension Member {
  fileprivate func cells(_ id: MemberID) -> [Cell] {
    [
      .text(id.text), .text(organisation.text), .integer(isVerified ? 1 : 0), Cell(left?.rawValue),
      .text(since.description), .integer(position), .text(RecordWriter.list(facts, packed: false)),
      .text(RecordWriter.list(relatives, packed: false)),
      .integer(isProvisional ? 1 : 0), Cell(credential?.kind.text), Cell(credential?.seenBy.text),
      Cell(station?.text), Cell(merged?.text), .text(RecordWriter.list(mergedFrom)),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    organisation = try row.value()
    isVerified = try row.integer() != 0
    left = try row.optional()
    since = try row.value()
    position = try row.integer()
    facts = try row.list(packed: false)
    relatives = try row.list(packed: false)
    isProvisional = try row.integer() != 0
    let kind: FreeText? = try row.optional()
    let seenBy: FreeText? = try row.optional()
    if let kind, let seenBy { credential = Credential(kind: kind, seenBy: seenBy) }
    station = try row.optional()
    merged = try row.optional()
    mergedFrom = try row.list()
  }
}

extension Wallet {
  fileprivate func cells(_ id: MemberID, _ zone: Zone) -> [Cell] {
    [
      .text(id.text), .integer(available.count), .integer(held.count), Cell(nextDue(zone)?.description),
      .integer(position), .text(RecordWriter.list(lots)), .text(RecordWriter.list(holds)),
      .text(RecordWriter.list(counters)), .text(RecordWriter.list(refunds)), .integer(pendingPoints.count),
      .integer(debt.count), .text(RecordWriter.list(pending)), .text(RecordWriter.list(debts)),
      .text(RecordWriter.list(takenBack)),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    row.skip(3)
    position = try row.integer()
    lots = try row.list()
    holds = try row.list()
    counters = try row.list()
    refunds = try row.list()
    row.skip(2)
    pending = try row.list()
    debts = try row.list()
    takenBack = try row.list()
  }
}

extension PointsRule {
  fileprivate func cells(_ id: RuleID) -> [Cell] {
    let granted = versions.reduce(Points.zero) { $0 + $1.granted }
    return [
      .text(id.text), Cell(versions.last?.definition.organisation.text), .integer(Int64(versions.count)),
      .integer(granted.count), .integer(position), .text(RecordWriter.list(versions, packed: false)),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    row.skip(3)
    position = try row.integer()
    versions = try row.list(packed: false)
  }
}

extension PointsAccount {
  fileprivate func cells(_ id: OrganisationID) -> [Cell] {
    [
      .text(id.text), .integer(issued), .integer(available), .integer(held), .integer(spent),
      .integer(expired), .integer(forfeited), .text(RecordWriter.list(months)), .integer(pending),
      .integer(clawedBack), .integer(debt),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    issued = try row.integer()
    row.skip(2)
    spent = try row.integer()
    expired = try row.integer()
    forfeited = try row.integer()
    months = try row.list()
    row.skip(1)
    clawedBack = try row.integer()
    debt = try row.integer()
  }
}

extension Approval {
  fileprivate func cells(_ id: CommandID) -> [Cell] {
    [
      .text(id.text), .text(status.rawValue), .text(request.type.name), .text(opener.text),
      Cell(openedVia?.text), Cell(decidedBy?.text), .text(since.description), .integer(position),
      .text(RecordWriter.body(request)),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    status = try row.value()
    row.skip(1)
    opener = try row.value()
    openedVia = try row.optional()
    decidedBy = try row.optional()
    since = try row.value()
    position = try row.integer()
    request = try row.body()
  }
}

extension Job {
  fileprivate func cells(_ id: CommandID) -> [Cell] {
    [
      .text(id.text), .text(status.rawValue), .text(request.type.name), .integer(chunks), .integer(members),
      .integer(events), .text(since.description), .integer(position), .text(RecordWriter.body(request)),
      Cell(reached?.text),
    ]
  }

  fileprivate init(_ row: inout RowReader) throws(RowError) {
    status = try row.value()
    row.skip(1)
    chunks = try row.integer()
    members = try row.integer()
    events = try row.integer()
    since = try row.value()
    position = try row.integer()
    request = try row.body()
    reached = try row.optional()
  }
}
