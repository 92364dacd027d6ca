// The tables that are derived from the log: their columns, and how a key finds its row. What stands in the rows is in
// ProjectionRows; the SQL that makes the tables is in Migrations.

/// A derived table: one row an entity.
package enum Projection: String, CaseIterable, Sendable {
  case ledger
  case actor
  case organisation
  case station
  case openStations = "station_open"
  case member
  case pointsWallet = "points_wallet"
  case pointsRule = "points_rule"
  case pointsAccount = "points_account"
  case fund
  case party
  case merchant
  case settlement
  case payables = "organisation_payables"
  case gift
  case giftStock = "gift_stock"
  case stationGifts = "station_gift"
  case giftHandover = "gift_handover"
  case programme = "grant_programme"
  case stationGrant = "station_grant"
  case activity
  case participation = "activity_participation"
  case activityEntry = "activity_entry"
  case activityCommitment = "activity_commitment"
  case campaign
  case couponHolding = "coupon_holding"
  case couponCode = "coupon_code"
  case approval
  case job

  /// The table's name.
  package var table: String { rawValue }

  /// Whether its rows say in `next_due` when something falls due by the clock.
  package var hasDue: Bool { columns.contains("next_due") }

  /// All columns in order; the first is the key.
  package var columns: [String] {
    switch self {
    case .ledger:
      [
        "ledger", "name", "origin", "zone", "owner", "since", "closed_through", "days_closed_through",
        "position",
        "limits",
      ]
    case .actor: ["actor", "title", "since", "position", "roles"]
    case .organisation:
      ["organisation", "name", "parent", "closed", "members", "children", "since", "position"]
    case .station:
      [
        "station", "organisation", "number", "name", "closed", "visits", "since", "position", "months",
        "corrected",
      ]
    case .openStations: ["organisation", "open", "stations"]
    case .member:
      [
        "member", "organisation", "verified", "left_with_points", "since", "position", "facts", "relatives",
        "provisional", "credential", "credential_seen_by", "station", "merged_into",
        "merged_from",
      ]
    case .pointsWallet:
      [
        "member", "available", "held", "next_due", "position", "lots", "holds", "counters", "refunds",
        "pending",
        "debt", "pending_earnings", "debts", "taken_back",
      ]
    case .pointsRule: ["rule", "organisation", "latest_version", "granted", "position", "versions"]
    case .pointsAccount:
      [
        "organisation", "issued", "available", "held", "spent", "expired", "forfeited", "months", "pending",
        "clawed_back", "debt",
      ]
    case .fund:
      [
        "fund", "organisation", "source", "name", "purposes", "from_day", "until_day", "alarm_below",
        "closed", "successor", "received", "available", "allotted", "committed", "spent", "since",
        "position", "receipts", "returns",
      ]
    case .party:
      ["party", "name", "kind", "organisation", "contributed", "used", "since", "position"]
    case .merchant:
      [
        "merchant", "organisation", "name", "closed", "gross", "rolled_back", "paid", "owed", "settled_gross",
        "settled_rolled_back", "carried", "frozen_through", "frozen_at", "frozen_since", "since", "position",
        "days",
      ]
    case .settlement:
      [
        "settlement", "merchant", "status", "through", "days", "gross", "rolled_back", "carried_before",
        "net",
        "carried_on", "reference", "reason", "since", "position",
      ]
    case .payables: ["organisation", "owes", "owed", "net", "position", "others"]
    case .gift:
      [
        "gift", "organisation", "name", "batches", "acquired", "stored", "handed_over", "written_off",
        "bought_fen", "handed_over_fen", "written_off_fen", "donated_memo_fen", "in_store",
        "in_store_fen", "in_store_memo_fen", "moved_at", "since", "position", "store",
      ]
    case .giftStock:
      [
        "gift_station", "gift", "station", "pieces", "cost_fen", "memo_fen", "moved_at", "position",
        "batches",
      ]
    case .stationGifts: ["station", "pieces", "gifts"]
    case .giftHandover:
      ["gift_member", "gift", "member", "pieces", "cost_fen", "position", "received"]
    case .programme:
      [
        "programme", "organisation", "fund", "purpose", "status", "total_fen", "months", "applied",
        "approved", "approved_fen", "paid", "paid_fen", "inspected", "exited", "recovered_fen",
        "released_fen", "committed_fen", "split_at", "stepped_at", "since", "position", "committed",
      ]
    case .stationGrant:
      [
        "programme_station", "programme", "station", "status", "status_since", "ordinal", "amount_fen",
        "applicant", "approver", "failed_inspections", "recovered_fen", "since", "position", "shares",
      ]
    case .activity:
      [
        "activity", "organisation", "mode", "name", "from_instant", "until_instant", "closed", "joins",
        "persons",
        "latest", "draws", "secret", "entries", "digest", "public_value", "published", "waiting",
        "prizes_left", "since", "position", "opening",
        "choices",
        "prizes",
      ]
    case .participation:
      [
        "participation", "activity", "member", "organisation", "joins", "person", "position", "days", "won",
      ]
    case .activityEntry: ["entry", "activity", "ordinal", "member", "command", "since", "prize", "draw"]
    case .activityCommitment: ["commitment", "activity"]
    case .campaign:
      [
        "campaign", "organisation", "name", "kind", "status", "version", "budget", "free", "reserved",
        "spent", "taken", "granted", "open", "redeemed", "expired", "revoked", "returned", "paused_since",
        "exhausted", "closed", "since", "position", "payers", "days", "merchants", "versions", "holds",
      ]
    case .couponHolding:
      [
        "holding", "campaign", "member", "open", "redeemed", "next_due", "position", "taken", "coupons",
        "days", "rolled_back",
      ]
    case .couponCode: ["code", "campaign", "status", "member", "since", "position"]
    case .approval:
      ["approval", "status", "type", "opener", "opened_via", "decided_by", "since", "position", "request"]
    case .job:
      ["job", "status", "type", "chunks", "members", "events", "since", "position", "request", "reached"]
    }
  }

  /// The entity whose row has this key; nil when the text cannot be a key.
  package func entity(_ key: String) -> EntityKey? {
    switch self {
    case .ledger: key == EntityKey.ledgerRow ? .ledger : nil
    case .actor: ActorID(key).map(EntityKey.actor)
    case .organisation: OrganisationID(key).map(EntityKey.organisation)
    case .station: StationID(key).map(EntityKey.station)
    case .openStations: OrganisationID(key).map(EntityKey.openStations)
    case .member: MemberID(key).map(EntityKey.member)
    case .pointsWallet: MemberID(key).map(EntityKey.wallet)
    case .pointsRule: RuleID(key).map(EntityKey.rule)
    case .pointsAccount: OrganisationID(key).map(EntityKey.pointsAccount)
    case .fund: FundID(key).map(EntityKey.fund)
    case .party: PartyID(key).map(EntityKey.party)
    case .merchant: MerchantID(key).map(EntityKey.merchant)
    case .settlement: SettlementID(key).map(EntityKey.settlement)
    case .payables: OrganisationID(key).map(EntityKey.payables)
    case .gift: GiftID(key).map(EntityKey.gift)
    case .giftStock: GiftStation(key).map(EntityKey.giftStock)
    case .stationGifts: StationID(key).map(EntityKey.stationGifts)
    case .giftHandover: GiftMember(key).map(EntityKey.giftHandover)
    case .programme: ProgrammeID(key).map(EntityKey.programme)
    case .stationGrant: ProgrammeStation(key).map(EntityKey.stationGrant)
    case .activity: ActivityID(key).map(EntityKey.activity)
    case .participation: ActivityMember(key).map(EntityKey.participation)
    case .activityEntry: ActivityEntryID(key).map(EntityKey.activityEntry)
    case .activityCommitment: ContentHash(key).map(EntityKey.activityCommitment)
    case .campaign: CampaignID(key).map(EntityKey.campaign)
    case .couponHolding: CampaignMember(key).map(EntityKey.couponHolding)
    case .couponCode: ContentHash(key).map(EntityKey.couponCode)
    case .approval: CommandID(key).map(EntityKey.approval)
    case .job: CommandID(key).map(EntityKey.job)
    }
  }
}

extension EntityKey {
  /// The key of the one row of the ledger as a whole.
  static let ledgerRow = "ledger"

  /// What an auditor calls it: its table and key.
  package var forPeople: String { row.map { "\($0.projection.table) \($0.key)" } ?? "the ledger" }

  /// Where the entity's row is, and its key there; nil for what has no row.
  package var row: (projection: Projection, key: String)? {
    switch self {
    case .due, .memberAfter, .couponHoldings, .affairs, .command: nil
    case .ledger: (.ledger, Self.ledgerRow)
    case .actor(let id): (.actor, id.text)
    case .organisation(let id): (.organisation, id.text)
    case .station(let id): (.station, id.text)
    case .openStations(let id): (.openStations, id.text)
    case .member(let id): (.member, id.text)
    case .wallet(let id): (.pointsWallet, id.text)
    case .rule(let id): (.pointsRule, id.text)
    case .pointsAccount(let id): (.pointsAccount, id.text)
    case .fund(let id): (.fund, id.text)
    case .party(let id): (.party, id.text)
    case .merchant(let id): (.merchant, id.text)
    case .settlement(let id): (.settlement, id.text)
    case .payables(let id): (.payables, id.text)
    case .gift(let id): (.gift, id.text)
    case .giftStock(let id): (.giftStock, id.text)
    case .stationGifts(let id): (.stationGifts, id.text)
    case .giftHandover(let id): (.giftHandover, id.text)
    case .programme(let id): (.programme, id.text)
    case .stationGrant(let id): (.stationGrant, id.text)
    case .activity(let id): (.activity, id.text)
    case .participation(let id): (.participation, id.text)
    case .activityEntry(let id): (.activityEntry, id.text)
    case .activityCommitment(let id): (.activityCommitment, id.text)
    case .campaign(let id): (.campaign, id.text)
    case .couponHolding(let id): (.couponHolding, id.text)
    case .couponCode(let id): (.couponCode, id.text)
    case .approval(let id): (.approval, id.text)
    case .job(let id): (.job, id.text)
    }
  }
}

extension EntityKey {
  /// Which of `count` parts of a replay has the entity; nil when the first has it, merged from all.
  package func part(of count: Int) -> Int? {
    switch self {
    case .member(let id): id.spread % count
    case .wallet(let id): id.spread % count
    case .ledger, .actor, .organisation, .station, .openStations, .rule, .pointsAccount, .fund, .party,
      .merchant, .settlement, .payables, .campaign, .couponHolding, .couponCode, .activity, .participation,
      .gift, .giftStock, .stationGifts, .giftHandover, .programme, .stationGrant, .approval, .job,
      .activityEntry, .activityCommitment, .due, .memberAfter, .couponHoldings, .affairs, .command:
      nil
    }
  }
}

/// One value of a row.
package enum Cell: Equatable, Sendable {
  case null
  case integer(Int64)
  case text(String)

  init(_ text: String?) { self = text.map(Cell.text) ?? .null }

  /// Texts are compared by bytes, as the store does.
  package static func == (a: Cell, b: Cell) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.integer(let a), .integer(let b)): a == b
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.null, _), (.integer, _), (.text, _): false
    }
  }
}

/// A row as the store has it cannot be a state.
package struct RowError: Error, Equatable, Sendable, CustomStringConvertible {
  package let projection: Projection
  package let column: String
  package let problem: String
  package var description: String { "table \(projection.table), column \(column): \(problem)" }
}
