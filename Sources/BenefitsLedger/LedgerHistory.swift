// Entities as they were: folded from their own chains, without the rest of the log. What they are now is read from their
// rows by LedgerReader; the whole book at an earlier time is Replayer's.

import LedgerCore

/// An organisation as its own events tell it. How many members and open organisations belonged to it is told by theirs,
/// and what its members held by points events, so neither is here.
package struct OrganisationAsOf: Equatable, Sendable {
  package let since: Instant
  package let name: FreeText?
  package let parent: OrganisationID?
  package let isClosed: Bool
}

/// A version of a rule as its own events tell it. What it granted is told by the members' events, so it is not here.
package struct RuleVersionAsOf: Equatable, Sendable {
  package let definition: DefineRule
  /// When it was published.
  package let since: Instant
}

extension LedgerReader {
  /// A member and the points after `position`; nil when there was none. Cost: one look-up an event of the member.
  package func memberAsOf(
    _ id: MemberID, position: Int64
  ) throws -> (member: Member?, wallet: Wallet?) {
    let book = try book(ofOnly: [.member(id), .wallet(id)]) { $0.position <= position }
    return (book.member(id), book.wallet(id))
  }

  /// An organisation after `position`; nil when there was none.
  package func organisationAsOf(_ id: OrganisationID, position: Int64) throws -> OrganisationAsOf? {
    try book(ofOnly: [.organisation(id)]) { $0.position <= position }.organisation(id).map {
      OrganisationAsOf(since: $0.since, name: $0.name, parent: $0.parent, isClosed: $0.isClosed)
    }
  }

  /// A station after `position`; nil when there was none.
  package func stationAsOf(_ id: StationID, position: Int64) throws -> Station? {
    try book(ofOnly: [.station(id)]) { $0.position <= position }.station(id)
  }

  /// An activity after `position`; nil when there was none. Cost: one look-up a join or draw.
  package func activityAsOf(_ id: ActivityID, position: Int64) throws -> Activity? {
    try book(ofOnly: [.activity(id)]) { $0.position <= position }.activity(id)
  }

  /// An actor after `position`; nil when there was none.
  package func actorAsOf(_ id: ActorID, position: Int64) throws -> Actor? {
    try book(ofOnly: [.actor(id)]) { $0.position <= position }.actor(id)
  }

  /// A campaign after `position`, with what its coupons had done to it; nil when there was none. Reads every record
  /// through `position`, as the four below do: others' events change these.
  package func campaignAsOf(_ id: CampaignID, position: Int64) throws -> Campaign? {
    try book(after: position) { $0 == .campaign(id) }.campaign(id)
  }

  /// A member's coupons of every campaign after `position`, in the order of the campaigns' ids.
  package func couponHoldingsAsOf(
    _ member: MemberID, position: Int64
  ) throws -> [(campaign: CampaignID, holding: CouponHolding)] {
    let book = try book(after: position) { key in
      if case .couponHolding(let id) = key { id.second == member } else { false }
    }
    return book.entities(in: .couponHolding).compactMap { key in
      guard case .couponHolding(let id) = key else { return nil }
      return book.couponHolding(id).map { (id.first, $0) }
    }.sorted { $0.campaign < $1.campaign }
  }

  /// A fund after `position`, with what other benefits had committed and spent of it; nil when there was none.
  package func fundAsOf(_ id: FundID, position: Int64) throws -> Fund? {
    try book(after: position) { $0 == .fund(id) }.fund(id)
  }

  /// A merchant after `position`, as a fund.
  package func merchantAsOf(_ id: MerchantID, position: Int64) throws -> Merchant? {
    try book(after: position) { $0 == .merchant(id) }.merchant(id)
  }

  /// A party after `position`, as a fund.
  package func partyAsOf(_ id: PartyID, position: Int64) throws -> Party? {
    try book(after: position) { $0 == .party(id) }.party(id)
  }

  /// An approval after `position`; nil when there was none.
  package func approvalAsOf(_ id: CommandID, position: Int64) throws -> Approval? {
    try book(ofOnly: [.approval(id)]) { $0.position <= position }.approval(id)
  }

  /// A job after `position`; nil when there was none.
  package func jobAsOf(_ id: CommandID, position: Int64) throws -> Job? {
    try book(ofOnly: [.job(id)]) { $0.position <= position }.job(id)
  }

  /// The versions of a rule after `position`; nil when there was none.
  package func ruleAsOf(_ id: RuleID, position: Int64) throws -> [RuleVersionAsOf]? {
    try book(ofOnly: [.rule(id)]) { $0.position <= position }.rule(id)?.versions.map {
      RuleVersionAsOf(definition: $0.definition, since: $0.since)
    }
  }

  /// A book of the wanted entities, folded from all that happened to them through `position`, by whosever event.
  ///
  /// - Complexity: reads every record through `position`.
  private func book(after position: Int64, of isWanted: (EntityKey) -> Bool) throws -> Book {
    var book = Book.complete()
    var next: Int64 = 1
    try eachRecord(from: 1, through: position) { bytes in
      book.apply(try EventRecord(bytes, position: next, path: path), to: isWanted)
      next += 1
    }
    return book
  }

  /// A book folded from these entities' own histories. Only they may be asked of it: what their events did to others
  /// is in it without what happened to those otherwise.
  package func book(
    ofOnly keys: [EntityKey], where isIncluded: (EventRecord) -> Bool
  ) throws -> Book {
    var book = Book.complete()
    book.open(with: try record(at: 1))
    for key in keys {
      for record in try history(of: key) where isIncluded(record) { book.apply(record) }
    }
    return book
  }
}

/// A member's statement of points, with what hangs on it.
package struct MemberStatement: Sendable {
  package let statement: PointsStatement
  /// The points at the end of the statement, with what has fallen due by then counted as happened.
  package let fallenDue: FallenDue
  /// Why the closing balance cannot be trusted, in a sentence; nil when all agrees.
  package let disagreement: String?
}

extension LedgerReader {
  /// A member's points on a range of business days, both included; nil when there is no such member.
  ///
  /// Everything is checked against everything: the lines with the balances that their events state, the closing
  /// balance with the points that the same events fold to, and, when no day is left out, with the stored row.
  package func statement(
    of member: MemberID, from first: CivilDay?, through last: CivilDay?, at now: Instant
  ) throws -> MemberStatement? {
    guard try self.member(member) != nil else { return nil }
    let zone = ledger.zone
    let history = try history(of: .wallet(member))
    let statement = PointsStatement(history, of: member, zone, from: first, through: last)
    let book = try book(ofOnly: [.member(member), .wallet(member)]) { record in
      last.map { zone.day(of: record.at) <= $0 } ?? true
    }
    // The end of a day is no longer part of it.
    let end = last.map { min(now, zone.end(of: $0).adding(milliseconds: -1)) } ?? now
    var disagreement = statement.firstDisagreement.map {
      "the balances that the events state stop agreeing with their movements at event \($0)"
    }
    let folded = book.wallet(member)
    if statement.closing != PointsBalance(folded) {
      disagreement = disagreement ?? "the closing balance is not what the lots and holds sum to"
    }
    if last == nil, statement.closing != PointsBalance(try points(of: member, at: end).recorded) {
      disagreement = disagreement ?? "the closing balance is not that of the stored row"
    }
    return MemberStatement(
      statement: statement, fallenDue: book.fallenDue(on: member, at: end), disagreement: disagreement)
  }
}
