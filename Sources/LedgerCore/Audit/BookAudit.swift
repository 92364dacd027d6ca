// What can be asked of a book to audit it: is anything negative, do the accounts balance, how much is there of each.

/// Totals over the whole book, by benefit.
public struct Totals: Equatable, Sendable {
  public var organisations: Int64 = 0
  public var members: Int64 = 0
  public var points = PointsTotals()
  public var money = MoneyTotals()
  public var gifts = GiftTotals()

  package init() {}
}

/// Points over all organisations: issued = available + held + pending + spent + expired + forfeited + clawedBack - debt.
public struct PointsTotals: Equatable, Sendable {
  public var issued: Int64 = 0
  public var available: Int64 = 0
  public var held: Int64 = 0
  public var pending: Int64 = 0
  public var spent: Int64 = 0
  public var expired: Int64 = 0
  public var forfeited: Int64 = 0
  public var clawedBack: Int64 = 0
  public var debt: Int64 = 0

  /// Zero when the double entry balances.
  public var imbalance: Int64 {
    issued - available - held - pending - spent - expired - forfeited - clawedBack + debt
  }

  package init() {}

  package mutating func add(_ account: PointsAccount) {
    issued += account.issued
    available += account.available
    held += account.held
    pending += account.pending
    spent += account.spent
    expired += account.expired
    forfeited += account.forfeited
    clawedBack += account.clawedBack
    debt += account.debt
  }
}

extension Book {
  /// What is below zero in an entity, for people; nil when nothing is.
  package func negative(_ key: EntityKey) -> String? {
    switch key {
    case .wallet(let id):
      guard let wallet = wallets[id] else { return nil }
      if wallet.lots.contains(where: { $0.left < .zero }) { return "a lot of the wallet is below zero" }
      if wallet.pending.contains(where: { $0.share.points < .zero }) {
        return "a pending earning is below zero"
      }
      return wallet.debts.contains { $0.points < .zero } ? "a debt is below zero" : nil
    case .pointsAccount(let id):
      guard let account = pointsAccounts[id] else { return nil }
      if account.issued < 0 { return "issued is below zero" }
      if account.debt < 0 { return "debt is below zero" }
      return account.months.contains { $0.available < 0 || $0.held < 0 || $0.pending < 0 }
        ? "a month of the liability is below zero" : nil
    case .organisation(let id):
      guard let organisation = organisations[id] else { return nil }
      return organisation.members < 0 || organisation.children < 0 ? "a count is below zero" : nil
    case .station(let id):
      guard let station = stations[id] else { return nil }
      return station.months.contains { $0.visits < 0 } ? "a month's visits are below zero" : nil
    case .fund(let id): return funds[id]?.negative
    case .party(let id): return parties[id]?.negative
    case .merchant(let id): return merchants[id]?.negative
    case .gift(let id):
      guard let gift = gifts[id] else { return nil }
      return gift.store.isNegative || gift.stored < gift.store.pieces
        ? "pieces of the gift are below zero" : nil
    case .giftStock(let id):
      return giftStocks[id]?.batches.isNegative == true ? "pieces of the gift are below zero" : nil
    case .stationGifts(let id):
      return stationGifts[id]?.gifts.contains { $0.pieces < 0 } == true
        ? "pieces of a gift are below zero" : nil
    case .programme(let id):
      return programmes[id]?.committed.contains { $0.amount < .zero } == true
        ? "what is set aside is below zero" : nil
    case .activity(let id):
      guard let activity = activities[id] else { return nil }
      return activity.prizes.contains { $0.left < 0 } ? "a prize's pool is below zero" : nil
    case .campaign(let id): return campaigns[id]?.problem
    case .couponHolding(let id): return couponHoldings[id]?.problem
    case .settlement, .payables, .couponCode, .participation, .activityEntry, .activityCommitment,
      .giftHandover, .stationGrant:
      return nil
    case .ledger, .actor, .openStations, .member, .rule, .approval, .job, .due, .memberAfter, .couponHoldings,
      .affairs, .command:
      return nil
    }
  }

  /// Totals of a whole book, or of the first part after merging.
  package var totals: Totals {
    var totals = Totals()
    totals.organisations = Int64(organisations.all.reduce(0) { count, _ in count + 1 })
    totals.members = activeMembers
    for (_, account) in pointsAccounts.all { totals.points.add(account) }
    totals.money = moneyTotals
    totals.gifts = giftTotals
    return totals
  }

  /// Members who have not left and are not merged into another, in this part.
  package var activeMembers: Int64 {
    members.all.reduce(0) { count, entry in entry.1.left == nil && entry.1.merged == nil ? count + 1 : count }
  }

  /// Shared entities with something below zero, or whose sums are not one another's, for people. What members have is
  /// looked at event by event.
  package var negativeAccounts: [(key: EntityKey, problem: String)] {
    let shared: [Projection] = [
      .pointsAccount, .organisation, .station, .fund, .party, .merchant, .campaign, .activity, .gift,
      .giftStock,
      .stationGifts, .programme,
    ]
    return shared.flatMap { entities(in: $0) }.compactMap { key in negative(key).map { (key, $0) } }
  }

  /// What the wallets hold, to be compared with the accounts.
  package var walletTotals: PointsTotals {
    wallets.all.reduce(into: PointsTotals()) { totals, entry in
      totals.available += entry.1.available.count
      totals.held += entry.1.held.count
      totals.pending += entry.1.pendingPoints.count
      totals.debt += entry.1.debt.count
    }
  }

  package var negativeWallets: [MemberID] {
    wallets.all.compactMap { id, _ in negative(.wallet(id)) == nil ? nil : id }
  }

  /// Points outstanding by month of expiry and organisation, in order.
  package var liability: [(organisation: OrganisationID, months: [LiabilityMonth])] {
    pointsAccounts.all.map { ($0.0, $0.1.months) }.sorted { $0.0 < $1.0 }
  }

  package func wallet(_ id: MemberID) -> Wallet? { wallets[id] }
  package func member(_ id: MemberID) -> Member? { members[id] }
  package func organisation(_ id: OrganisationID) -> Organisation? { organisations[id] }
  package func station(_ id: StationID) -> Station? { stations[id] }
  package func activity(_ id: ActivityID) -> Activity? { activities[id] }
  package func participation(_ id: ActivityMember) -> Participation? { participations[id] }
  package func activityEntry(_ id: ActivityEntryID) -> ActivityEntry? { activityEntries[id] }
  package func actor(_ id: ActorID) -> Actor? { actors[id] }
  package func rule(_ id: RuleID) -> PointsRule? { rules[id] }
  package func approval(_ id: CommandID) -> Approval? { approvals[id] }
  package func job(_ id: CommandID) -> Job? { jobs[id] }
  package func fund(_ id: FundID) -> Fund? { funds[id] }
  package func party(_ id: PartyID) -> Party? { parties[id] }
  package func merchant(_ id: MerchantID) -> Merchant? { merchants[id] }
  package func settlement(_ id: SettlementID) -> Settlement? { settlements[id] }
  package func payables(of id: OrganisationID) -> Payables? { payables[id] }
  package func campaign(_ id: CampaignID) -> Campaign? { campaigns[id] }
  package func couponHolding(_ id: CampaignMember) -> CouponHolding? { couponHoldings[id] }
  package func couponCode(_ id: ContentHash) -> CouponCode? { couponCodes[id] }
  package func pointsAccount(_ id: OrganisationID) -> PointsAccount? { pointsAccounts[id] }
}
