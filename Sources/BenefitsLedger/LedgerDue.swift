// Campaigns and funds now: what has fallen due on coupons counts as happened, in memory only (L10). What is recorded is in
// LedgerReader; members' points now are there too.

import LedgerCore

extension LedgerReader {
  /// A campaign at an instant, usually now: its coupons whose time is over by then have ended, and their money is free.
  ///
  /// - Complexity: one look-up for each member on whose coupons something has fallen due since the last `day.close`.
  public func campaign(_ id: CampaignID, at now: Instant) throws -> Campaign? {
    var book = try book([.campaign(id)])
    let due = try couponHoldingsDue(by: now).filter { $0.first == id }
    try fallDue(due, by: now, in: &book)
    return book.campaign(id)
  }

  /// A fund at an instant, likewise: what was set aside for such a coupon of a closed campaign is back in its fund, or
  /// where a closed fund's money goes.
  public func fund(_ id: FundID, at now: Instant) throws -> Fund? {
    var book = try book([.fund(id)])
    let due = try couponHoldingsDue(by: now)
    let campaigns = Set(due.map(\.first))
    try load(campaigns.map(EntityKey.campaign), into: &book)
    // Of a campaign that runs, what comes free stays the campaign's.
    let closed = campaigns.filter { book.campaign($0)?.isClosed ?? false }
    try fallDue(due.filter { closed.contains($0.first) }, by: now, in: &book)
    return book.fund(id)
  }

  private func couponHoldingsDue(by now: Instant) throws -> [CampaignMember] {
    try due(by: now, atMost: Int.max).compactMap { key in
      if case .couponHolding(let id) = key { id } else { nil }
    }
  }

  private func fallDue(_ holdings: [CampaignMember], by now: Instant, in book: inout Book) throws {
    for holding in holdings {
      while true {
        let missing = book.fallDue(on: holding, by: now)
        if missing.isEmpty { break }
        try load(missing, into: &book)
      }
    }
  }
}
