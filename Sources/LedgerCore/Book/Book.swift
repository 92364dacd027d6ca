// The book: the state of everything, moved forward by one fold. Book.apply is that fold: live service and replay both
// go through it. Decisions about commands are in BookDecide; rows are rendered in Projections.

/// All states, or in live service those that are in memory.
///
/// An entity is known (it has a state), known not to exist, or not loaded. In replay nothing is ever loaded, and what
/// has not been seen does not exist.
package struct Book: Sendable {
  /// Whether everything is in memory; otherwise what is not in memory may exist in the store.
  let isComplete: Bool
  package internal(set) var ledger: LedgerState?
  var actors = Table<ActorID, Actor>()
  var organisations = Table<OrganisationID, Organisation>()
  var stations = Table<StationID, Station>()
  var openStations = Table<OrganisationID, OpenStations>()
  var members = Table<MemberID, Member>()
  var wallets = Table<MemberID, Wallet>()
  var rules = Table<RuleID, PointsRule>()
  var pointsAccounts = Table<OrganisationID, PointsAccount>()
  var funds = Table<FundID, Fund>()
  var parties = Table<PartyID, Party>()
  var merchants = Table<MerchantID, Merchant>()
  var settlements = Table<SettlementID, Settlement>()
  var payables = Table<OrganisationID, Payables>()
  var campaigns = Table<CampaignID, Campaign>()
  var couponHoldings = Table<CampaignMember, CouponHolding>()
  var couponCodes = Table<ContentHash, CouponCode>()
  var activities = Table<ActivityID, Activity>()
  var participations = Table<ActivityMember, Participation>()
  var activityEntries = Table<ActivityEntryID, ActivityEntry>()
  var activityCommitments = Table<ContentHash, ActivityCommitment>()
  var gifts = Table<GiftID, Gift>()
  var giftStocks = Table<GiftStation, GiftStock>()
  var stationGifts = Table<StationID, StationGifts>()
  var giftHandovers = Table<GiftMember, GiftHandover>()
  var programmes = Table<ProgrammeID, Programme>()
  var stationGrants = Table<ProgrammeStation, StationGrant>()
  var approvals = Table<CommandID, Approval>()
  var jobs = Table<CommandID, Job>()
  /// The events of earlier commands, lent to a decision; none when there is no such command.
  var recalled: [CommandID: [EventRecord]] = [:]
  /// What questions about many rows have found; lent likewise.
  var found: [EntityKey: [EntityKey]] = [:]
  /// Whether somebody's points have something due by an instant; lent likewise.
  var somethingDue: (by: Instant, isDue: Bool)?
  /// Whether any member has an id after one; lent likewise.
  var membersAfter: (last: MemberID?, isAny: Bool)?

  /// What was changed since the last commit; only kept when the book is not complete.
  package internal(set) var changed: Set<EntityKey> = []
  /// States before the changes since the mark, newest last.
  var undo: [SavedState] = []
  var isMarked = false

  /// A book that holds everything it has seen: replay, verify.
  package static func complete() -> Book { Book(isComplete: true) }
  /// A book that is a cache of a store: live service.
  package static func cache() -> Book { Book(isComplete: false) }

  private init(isComplete: Bool) { self.isComplete = isComplete }

  /// THE fold: moves the book forward by one event. Total and silent; it takes no decision.
  package mutating func apply(_ record: borrowing EventRecord) {
    // Only the event is handed on: copying the whole record for every key would be a third of a replay.
    let event = record.event
    fold(event, event.legs, Stamp(position: record.position, at: record.at, command: record.command))
  }

  /// The same for one of many records, without copying it out of them.
  package mutating func apply(_ records: [EventRecord], at index: Int) {
    let event = records[index].event
    fold(event, event.legs, records[index].stamp)
  }

  /// The same in one of `count` parts of a replay, for an event about members of two of them: each part moves the
  /// members it keeps, and that of the first member moves what is shared.
  package mutating func apply(_ record: borrowing EventRecord, inPart part: Int, of count: Int) {
    let event = record.event
    let legs = event.legs
    let stamp = record.stamp
    let sharing = event.parts(of: count).counting
    event.touches(legs) { key in
      if (key.part(of: count) ?? sharing) == part { evolve(key, event, legs, stamp) }
    }
  }

  /// The same for those that are wanted of the entities it changes. Only they may be asked of the book then.
  package mutating func apply(_ record: borrowing EventRecord, to isWanted: (EntityKey) -> Bool) {
    let event = record.event
    let legs = event.legs
    let stamp = record.stamp
    event.touches(legs) { key in if isWanted(key) { evolve(key, event, legs, stamp) } }
  }

  /// The fold of an event whose legs are at hand. In a cache, everything it touches must have been loaded.
  mutating func fold(_ event: Event, _ legs: [Leg], _ stamp: Stamp) {
    event.touches(legs) { key in
      if !isComplete || isMarked { save(key) }
      evolve(key, event, legs, stamp)
    }
  }

  private mutating func evolve(_ key: EntityKey, _ event: Event, _ legs: [Leg], _ stamp: Stamp) {
    switch key {
    case .pointsAccount(let id):
      pointsAccounts.update(id) { state in
        if case nil = state { state = PointsAccount() }
        for leg in legs {
          if case .points(let name, let holder) = leg.account, holder == id { state?.post(name, leg.amount) }
        }
      }
    case .fund, .party, .merchant, .settlement, .payables, .campaign, .couponHolding, .couponCode, .activity,
      .participation, .activityEntry, .activityCommitment, .gift, .giftStock, .stationGifts, .giftHandover,
      .programme, .stationGrant:
      evolve(money: key, event, legs, stamp)
    case .ledger, .actor, .organisation, .station, .openStations, .member, .wallet, .rule, .approval, .job,
      .due, .memberAfter, .couponHoldings, .affairs, .command:
      evolve(key, event, stamp)
    }
  }

  private mutating func evolve(_ key: EntityKey, _ event: Event, _ stamp: Stamp) {
    switch event {
    case .points(let event): evolve(key, event, stamp)
    case .member(let event): evolve(key, event, stamp)
    case .station(let event): evolve(key, event, stamp)
    case .organisation(let event):
      guard case .organisation(let id) = key else { return strayed(key, event.dataType) }
      organisations.update(id) { state in
        if event.organisation == id {
          Organisation.evolve(&state, event, stamp)
        } else {
          Organisation.evolve(parent: &state, event)
        }
      }
    case .actor(let event):
      guard case .actor(let id) = key else { return strayed(key, event.dataType) }
      actors.update(id) { Actor.evolve(&$0, event, stamp) }
    case .ledger(let event):
      if case .actor(let id) = key {
        guard case .opened(let event) = event else { return strayed(key, event.dataType) }
        actors.update(id) { Actor.evolve(opening: &$0, event, stamp) }
      } else {
        LedgerState.evolve(&ledger, event, stamp)
      }
    case .approval(let event):
      guard case .approval(let id) = key else { return strayed(key, event.dataType) }
      approvals.update(id) { Approval.evolve(&$0, event, stamp) }
    case .job(let event):
      if case .job(let id) = key {
        jobs.update(id) { Job.evolve(&$0, event, stamp) }
      } else {
        ledger?.close(event.dayClosed)
      }
    case .fund, .party, .merchant, .payable, .campaign, .coupon, .activity, .gift, .grant:
      strayed(key, event.dataType)
    case .commandRefused: strayed(key, CommandRefused.self)
    }
  }

  private mutating func evolve(_ key: EntityKey, _ event: PointsEvent, _ stamp: Stamp) {
    if case .wallet(let id) = key {
      wallets.update(id) { state in
        if event.member == id {
          Wallet.evolve(&state, event, stamp)
        } else {
          Wallet.evolve(other: &state, event, stamp)
        }
      }
    } else if case .rule(let id) = key {
      rules.update(id) { PointsRule.evolve(&$0, event, stamp) }
    } else {
      strayed(key, event.dataType)
    }
  }

  private mutating func evolve(_ key: EntityKey, _ event: StationEvent, _ stamp: Stamp) {
    if case .station(let id) = key {
      stations.update(id) { Station.evolve(&$0, event, stamp) }
    } else if case .openStations(let id) = key {
      openStations.update(id) { OpenStations.evolve(&$0, event, stamp) }
    } else {
      strayed(key, event.dataType)
    }
  }

  private mutating func evolve(_ key: EntityKey, _ event: MemberEvent, _ stamp: Stamp) {
    if case .member(let id) = key {
      members.update(id) { state in
        if event.member == id {
          Member.evolve(&state, event, stamp)
        } else {
          Member.evolve(other: &state, event, stamp)
        }
      }
    } else if case .organisation(let id) = key {
      organisations.update(id) { Organisation.evolve(id, &$0, event) }
    } else {
      strayed(key, event.dataType)
    }
  }

  /// `Event.touches` names an entity that this fold does not move by the event: a mistake in one of the two.
  private func strayed(_ key: EntityKey, _ data: any EventData.Type) {
    preconditionFailure("\(data.type.name) touches an entity that does not evolve by it")
  }

  /// The position of the last event in an entity's own history; 0 for none.
  package func lastPosition(of key: EntityKey) -> Int64 {
    switch key {
    case .actor(let id): actors[id]?.position ?? 0
    case .organisation(let id): organisations[id]?.position ?? 0
    case .station(let id): stations[id]?.position ?? 0
    case .member(let id): members[id]?.position ?? 0
    case .wallet(let id): wallets[id]?.position ?? 0
    case .rule(let id): rules[id]?.position ?? 0
    case .ledger: ledger?.position ?? 0
    case .fund(let id): funds[id]?.position ?? 0
    case .party(let id): parties[id]?.position ?? 0
    case .merchant(let id): merchants[id]?.position ?? 0
    case .settlement(let id): settlements[id]?.position ?? 0
    case .payables(let id): payables[id]?.position ?? 0
    case .campaign(let id): campaigns[id]?.position ?? 0
    case .couponHolding(let id): couponHoldings[id]?.position ?? 0
    case .couponCode(let id): couponCodes[id]?.position ?? 0
    case .activity(let id): activities[id]?.position ?? 0
    case .participation(let id): participations[id]?.position ?? 0
    case .gift(let id): gifts[id]?.position ?? 0
    case .giftStock(let id): giftStocks[id]?.position ?? 0
    case .giftHandover(let id): giftHandovers[id]?.position ?? 0
    case .programme(let id): programmes[id]?.position ?? 0
    case .stationGrant(let id): stationGrants[id]?.position ?? 0
    case .approval(let id): approvals[id]?.position ?? 0
    case .job(let id): jobs[id]?.position ?? 0
    case .openStations, .pointsAccount, .stationGifts, .activityEntry, .activityCommitment, .due,
      .memberAfter, .couponHoldings, .affairs, .command:
      0
    }
  }
}

/// States of one kind by id. A value of nil is known not to exist.
struct Table<ID: Hashable & Sendable, State: Sendable>: Sendable {
  private var states: [ID: State?] = [:]

  /// The state; nil also when it is not loaded.
  @inline(__always)
  subscript(_ id: ID) -> State? { states[id] ?? nil }
  func isLoaded(_ id: ID) -> Bool { states.index(forKey: id) != nil }
  var count: Int { states.count }
  var all: some Sequence<(ID, State)> { states.lazy.compactMap { id, state in state.map { (id, $0) } } }

  mutating func set(_ id: ID, _ state: State?) { states[id] = .some(state) }
  mutating func forget(_ id: ID) { states[id] = nil }
  mutating func removeAll() { states.removeAll() }

  /// Changes a state where it stands, without copying it.
  mutating func update(_ id: ID, _ change: (inout State?) -> Void) {
    change(&states[id, default: nil])
  }
}

extension Identifier {
  /// A number by which entities are spread over the parts of a replay: FNV-1a over the UTF-8 bytes, the same in every
  /// process.
  var spread: Int {
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash >> 8)
  }
}
