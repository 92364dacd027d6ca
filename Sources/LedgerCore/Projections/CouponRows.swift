// Rows of campaigns, members' coupons and codes, and back: both directions side by side, so that they cannot part.
// Rendering never adds or decides; sums come from the state's own definitions.

extension Campaign {
  func cells(_ id: CampaignID) -> [Cell] {
    let newest = versions.last?.terms
    return [
      .text(id.text), .text(organisation.text), Cell((terms ?? newest)?.name?.text),
      Cell((terms ?? newest)?.kind.mode.rawValue), .text(status.rawValue),
      published.map(Cell.integer) ?? .null, .integer((terms?.budgetFen ?? .zero).count), .integer(free.count),
      .integer(reserved.count), .integer(spent.count), .integer(taken), .integer(granted), .integer(open),
      .integer(redeemed), .integer(expired), .integer(revoked), .integer(returned),
      Cell(pausedSince?.description), .integer(isExhausted ? 1 : 0), .integer(isClosed ? 1 : 0),
      .text(since.description), .integer(position), .text(RecordWriter.list(payers)),
      .text(RecordWriter.list(days)), .text(RecordWriter.list(merchants)),
      .text(RecordWriter.list(versions, packed: false)), .text(RecordWriter.list(holds)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    organisation = try row.value()
    row.skip(3)
    published = try row.optionalInteger()
    row.skip(2)
    reserved = Fen(count: try row.integer())
    spent = Fen(count: try row.integer())
    taken = try row.integer()
    granted = try row.integer()
    open = try row.integer()
    redeemed = try row.integer()
    expired = try row.integer()
    revoked = try row.integer()
    returned = try row.integer()
    pausedSince = try row.optional()
    isExhausted = try row.integer() != 0
    isClosed = try row.integer() != 0
    since = try row.value()
    position = try row.integer()
    payers = try row.list()
    days = try row.list()
    merchants = try row.list()
    versions = try row.list(packed: false)
    holds = try row.list()
  }
}

extension CouponHolding {
  func cells(_ id: CampaignMember) -> [Cell] {
    [
      .text(id.text), .text(id.first.text), .text(id.second.text), .integer(open), .integer(uses),
      Cell(nextDue?.description), .integer(position), .integer(taken), .text(RecordWriter.list(coupons)),
      .text(RecordWriter.list(days)), .text(RecordWriter.list(rolledBack)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(3)
    uses = try row.integer()
    row.skip(1)
    position = try row.integer()
    taken = try row.integer()
    coupons = try row.list()
    days = try row.list()
    rolledBack = try row.list()
  }
}

extension CouponCode {
  func cells(_ id: ContentHash) -> [Cell] {
    [
      .text(id.text), .text(campaign.text), .text(member == nil ? "free" : "claimed"), Cell(member?.text),
      .text(since.description), .integer(position),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    campaign = try row.value()
    row.skip(1)
    member = try row.optional()
    since = try row.value()
    position = try row.integer()
  }
}
