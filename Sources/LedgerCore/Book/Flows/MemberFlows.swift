// What members' comings and goings mean for what they own: the one place where an event of the one causes events of the other.

extension View {
  /// The points events that follow from a member's event: the liability moves with the member, or is forfeited, or
  /// everything becomes another member's.
  func pointsFollowing(_ event: MemberEvent, at instant: Instant) throws(Undecided) -> [PointsEvent] {
    switch event {
    case .transferred(let event):
      return try moved(event.request.member, from: event.from, to: event.request.organisation, at: instant)
    case .rejoined(let event):
      return try moved(event.request.member, from: event.from, to: event.request.organisation, at: instant)
    case .left(let event):
      guard event.request.points == .forfeit, let wallet = try wallet(event.request.member) else { return [] }
      try require(wallet, at: instant)
      return try wallet.forfeitAll(event.request.member, of: event.from)
    case .merged(let event):
      guard let wallet = try wallet(event.request.member) else { return [] }
      try require(wallet, at: instant)
      return wallet.merged(
        event.request.member, of: event.from, into: event.request.into, of: event.to,
        holding: try self.wallet(event.request.into) ?? Wallet(), at: instant)
    case .enrolled, .verified, .factStarted, .factEnded, .relativeDeclared, .relativeEnded: return []
    }
  }

  /// The coupon events that follow from a merge: every coupon becomes the other member's. What joins and gifts count of
  /// one person needs no event: they look at the ids of both (`identities`).
  func couponsFollowing(_ event: MemberEvent, at instant: Instant) throws(Undecided) -> [CouponEvent] {
    guard case .merged(let event) = event else { return [] }
    let into = event.request.into
    let held = try couponHoldings(of: event.request.member)
    try requireLoaded(
      held.flatMap { [.couponHolding($0), .couponHolding(CampaignMember($0.first, into))] })
    var events: [CouponEvent] = []
    for id in held {
      guard let holding = try couponHolding(id) else { continue }
      if let since = holding.coupons.map({ max($0.since, $0.lock?.since ?? $0.since) }).max() {
        try require("a coupon", since: since, at: instant)
      }
      events += holding.merged(
        id, into: into, holding: try couponHolding(CampaignMember(id.first, into)), at: instant)
    }
    return events
  }

  private func moved(
    _ member: MemberID, from: OrganisationID, to: OrganisationID, at instant: Instant
  ) throws(Undecided) -> [PointsEvent] {
    guard from != to, let wallet = try wallet(member) else { return [] }
    try require(wallet, at: instant)
    return wallet.moved(member, from: from, to: to)
  }

  /// What moves or is forfeited must exist by then (L3).
  private func require(_ wallet: Wallet, at instant: Instant) throws(Undecided) {
    if let since = wallet.lots.map(\.since).max() {
      try require("a lot of points", since: since, at: instant)
    }
    if let since = wallet.holds.map(\.since).max() { try require("a hold", since: since, at: instant) }
    if let since = wallet.pending.map(\.since).max() { try require("an earning", since: since, at: instant) }
    if let since = wallet.debts.map(\.since).max() { try require("a debt", since: since, at: instant) }
  }
}
