// What a decision may look at: states by id, and the event of an earlier command. It cannot change anything.

/// A look at the book. Asking for what is not in memory throws `missing`, so that the ledger loads it and asks again.
///
/// It is short-lived: it must be gone before the book changes.
struct View {
  private let book: Book
  /// The ledger's zone.
  let zone: Zone

  init(_ book: Book, _ zone: Zone) {
    self.book = book
    self.zone = zone
  }

  /// The ledger as a whole; nil before it is opened.
  var ledger: LedgerState? { book.ledger }
  func actor(_ id: ActorID) throws(Undecided) -> Actor? { try look(book.actors, id, .actor(id)) }
  func organisation(_ id: OrganisationID) throws(Undecided) -> Organisation? {
    try look(book.organisations, id, .organisation(id))
  }
  func station(_ id: StationID) throws(Undecided) -> Station? { try look(book.stations, id, .station(id)) }
  func openStations(of id: OrganisationID) throws(Undecided) -> OpenStations? {
    try look(book.openStations, id, .openStations(id))
  }
  func member(_ id: MemberID) throws(Undecided) -> Member? { try look(book.members, id, .member(id)) }
  func wallet(_ id: MemberID) throws(Undecided) -> Wallet? { try look(book.wallets, id, .wallet(id)) }
  func rule(_ id: RuleID) throws(Undecided) -> PointsRule? { try look(book.rules, id, .rule(id)) }
  func fund(_ id: FundID) throws(Undecided) -> Fund? { try look(book.funds, id, .fund(id)) }
  func party(_ id: PartyID) throws(Undecided) -> Party? { try look(book.parties, id, .party(id)) }
  func merchant(_ id: MerchantID) throws(Undecided) -> Merchant? {
    try look(book.merchants, id, .merchant(id))
  }
  func settlement(_ id: SettlementID) throws(Undecided) -> Settlement? {
    try look(book.settlements, id, .settlement(id))
  }
  func payables(of id: OrganisationID) throws(Undecided) -> Payables? {
    try look(book.payables, id, .payables(id))
  }
  func campaign(_ id: CampaignID) throws(Undecided) -> Campaign? {
    try look(book.campaigns, id, .campaign(id))
  }
  func couponHolding(_ id: CampaignMember) throws(Undecided) -> CouponHolding? {
    try look(book.couponHoldings, id, .couponHolding(id))
  }
  func couponCode(_ id: ContentHash) throws(Undecided) -> CouponCode? {
    try look(book.couponCodes, id, .couponCode(id))
  }
  func activity(_ id: ActivityID) throws(Undecided) -> Activity? {
    try look(book.activities, id, .activity(id))
  }
  func participation(_ id: ActivityMember) throws(Undecided) -> Participation? {
    try look(book.participations, id, .participation(id))
  }
  func activityEntry(_ id: ActivityEntryID) throws(Undecided) -> ActivityEntry? {
    try look(book.activityEntries, id, .activityEntry(id))
  }
  func activityCommitment(_ id: ContentHash) throws(Undecided) -> ActivityCommitment? {
    try look(book.activityCommitments, id, .activityCommitment(id))
  }

  /// Asks for all of many that are missing at once, so that a decision is not made anew for each of them.
  func requireLoaded(_ keys: [EntityKey]) throws(Undecided) {
    if book.isComplete { return }
    let missing = Set(keys.filter { !book.isLoaded($0) })
    guard missing.isEmpty else { throw .missing(Array(missing)) }
  }
  func gift(_ id: GiftID) throws(Undecided) -> Gift? { try look(book.gifts, id, .gift(id)) }
  func giftStock(_ id: GiftStation) throws(Undecided) -> GiftStock? {
    try look(book.giftStocks, id, .giftStock(id))
  }
  func stationGifts(at id: StationID) throws(Undecided) -> StationGifts? {
    try look(book.stationGifts, id, .stationGifts(id))
  }
  func giftHandover(_ id: GiftMember) throws(Undecided) -> GiftHandover? {
    try look(book.giftHandovers, id, .giftHandover(id))
  }
  func programme(_ id: ProgrammeID) throws(Undecided) -> Programme? {
    try look(book.programmes, id, .programme(id))
  }
  func stationGrant(_ id: ProgrammeStation) throws(Undecided) -> StationGrant? {
    try look(book.stationGrants, id, .stationGrant(id))
  }

  /// The events of an earlier command, in order; none when there is no such command.
  func events(of command: CommandID) throws(Undecided) -> [EventRecord] {
    guard let found = book.recalled[command] else { throw .missing([.command(command)]) }
    return found
  }
  func approval(_ id: CommandID) throws(Undecided) -> Approval? {
    try look(book.approvals, id, .approval(id))
  }
  func job(_ id: CommandID) throws(Undecided) -> Job? { try look(book.jobs, id, .job(id)) }

  /// Whether anybody's points or coupons have something due by an instant that no event has recorded yet.
  ///
  /// - Complexity: O(1) in live service, where the ledger looks it up; over all wallets in a complete book.
  func isSomethingDue(by instant: Instant) throws(Undecided) -> Bool {
    if book.isComplete {
      return book.wallets.all.contains { $0.1.isDue(by: instant, zone) }
        || book.couponHoldings.all.contains { $0.1.isDue(by: instant) }
    }
    guard let lent = book.somethingDue, lent.by == instant else { throw .missing([.due(by: instant)]) }
    return lent.isDue
  }

  /// Whether any member has an id after `last`; any at all when there is none.
  ///
  /// - Complexity: O(1) in live service, where the ledger looks it up; over all members in a complete book.
  func isMember(after last: MemberID?) throws(Undecided) -> Bool {
    if book.isComplete { return book.members.all.contains { id, _ in last.map { $0 < id } ?? true } }
    guard let lent = book.membersAfter, lent.last == last else { throw .missing([.memberAfter(last)]) }
    return lent.isAny
  }

  /// A member's coupons of every campaign, in the order of the campaigns' ids.
  func couponHoldings(of member: MemberID) throws(Undecided) -> [CampaignMember] {
    try found(by: .couponHoldings(of: member), in: [.couponHolding]).compactMap { key in
      if case .couponHolding(let id) = key { id } else { nil }
    }.sorted()
  }

  /// The funds, merchants and gifts of an organisation; those that are closed or empty may be among them.
  func affairs(of organisation: OrganisationID) throws(Undecided) -> [EntityKey] {
    try found(by: .affairs(of: organisation), in: [.fund, .merchant, .gift])
  }

  /// - Complexity: O(1) in live service, where the ledger looks it up; over all rows of the tables in a complete book.
  private func found(
    by question: EntityKey, in projections: [Projection]
  ) throws(Undecided) -> [EntityKey] {
    if book.isComplete {
      return projections.flatMap { book.entities(in: $0) }.filter { book.isFound($0, by: question) }
    }
    guard let found = book.found[question] else { throw .missing([question]) }
    return found
  }

  private func look<ID, State>(
    _ table: Table<ID, State>, _ id: ID, _ key: EntityKey
  ) throws(Undecided) -> State? {
    if let state = table[id] { return state }
    guard book.isComplete || table.isLoaded(id) else { throw .missing([key]) }
    return nil
  }

  /// L3: a command may use only what exists at its `at`.
  func require(_ cause: String, since: Instant, at instant: Instant) throws(Undecided) {
    guard since <= instant else { throw .refused(.beforeCause(cause, since: since)) }
  }
}
