// One member's coupons (券) of one campaign, and the codes of a pool: what we remember of them, and how events change
// them. What coupons do to their campaign is in CampaignUse; what is allowed is in CouponDecide.

/// One member's coupons of one campaign, and what is counted of them (C2, C4).
///
/// A coupon is here from its grant until it is used up, expires, is revoked or is given back; the log keeps it for ever.
/// One that can be used often stays until its last day even when it is used up, because a rollback may give some of it
/// back.
///
/// Example: a stored 100.00 is granted on Monday and used for 60.00: 40.00 are left and reserved. The use is rolled back:
/// 100.00. It expires with the end of its last day, and its 100.00 are the campaign's again.
public struct CouponHolding: Equatable, Sendable {
  /// Position of the last event about these coupons.
  public internal(set) var position: Int64 = 0
  /// In the order they were granted.
  public internal(set) var coupons: [Coupon] = []
  /// Coupons that count against the quota of a member.
  public internal(set) var taken: Int64 = 0
  /// Coupons by day of the grant, while there is a quota by day.
  public internal(set) var days: [CouponDay] = []
  /// Uses that were not rolled back.
  public internal(set) var uses: Int64 = 0
  /// Redemptions that were rolled back or reversed, in that order.
  public internal(set) var rolledBack: [CommandID] = []

  /// Coupons that can be used.
  public var open: Int64 { Int64(coupons.count { !$0.isUsedUp }) }
}

/// One coupon (C4).
public struct Coupon: Equatable, Sendable {
  /// The id of the command that granted it.
  public internal(set) var coupon: CommandID = .blank
  /// Of the campaign's terms, which stay.
  public internal(set) var version: Int64 = 1
  /// When it was granted, or came to the member by a merge.
  public internal(set) var since: Instant = .blank
  /// The midnight from which on it cannot be used.
  public internal(set) var expires: Instant = .blank
  /// What is set aside for it.
  public internal(set) var reserved: [FundShare] = []
  /// What is left of a stored sum.
  public internal(set) var left: Fen?
  /// Uses that were not rolled back.
  public internal(set) var uses: Int64 = 0
  /// Uses by day, while they have a quota by day.
  public internal(set) var days: [CouponDay] = []
  /// Nothing is left of it, but a rollback may give some back.
  public internal(set) var isUsedUp = false
  public internal(set) var lock: CouponLock?
  /// The day of whose quota it is.
  public internal(set) var countedOn: CivilDay?
  /// Whom it was granted to, when that one was merged into the member; it is named by this too, because one command may
  /// have granted a coupon to both.
  public internal(set) var grantedTo: MemberID?
}

/// Sets a coupon apart for an order (C4).
public struct CouponLock: Equatable, Sendable {
  public internal(set) var order: Reference = .blank
  /// When it lapses.
  public internal(set) var deadline: Instant = .blank
  public internal(set) var since: Instant = .blank
}

extension CouponLock: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("order", &order)
    try io.field("deadline", &deadline)
    try io.field("since", &since)
  }
}

extension Coupon: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("coupon", &coupon)
    try io.field("version", &version)
    try io.field("since", &since)
    try io.field("expires", &expires)
    try io.field("reserved", &reserved)
    try io.field("leftFen", &left)
    try io.field("uses", &uses)
    try io.field("days", &days)
    try io.field("isUsedUp", &isUsedUp)
    try io.field("lock", &lock)
    try io.field("countedOn", &countedOn)
    try io.field("grantedTo", &grantedTo)
  }
}

extension CouponHolding {
  /// The coupon, unless nothing is left of it. Of several with one id, the first that is wanted, or else the first.
  func openCoupon(_ id: CommandID, wanted isWanted: (Coupon) -> Bool = { _ in true }) -> Coupon? {
    let named = coupons.filter { $0.coupon == id && !$0.isUsedUp }
    return named.first(where: isWanted) ?? named.first
  }

  static func evolve(
    _ id: CampaignMember, _ state: inout CouponHolding?, _ event: CouponEvent, _ stamp: Stamp
  ) {
    var holding = state ?? CouponHolding()
    holding.position = stamp.position
    switch event {
    case .claimed(let event):
      if let day = event.countersClosedThrough { holding.days.forget(through: day) }
      for grant in event.grants where grant.campaign == id.first { holding.take(grant, stamp) }
    case .granted(let event):
      if let grant = event.grant(to: id.second) { holding.take(grant, stamp) }
    case .grantOpened, .grantClosed: break
    case .locked(let event):
      holding.change(event.request.coupon, of: event.grantedTo) { coupon in
        coupon.lock = CouponLock(
          order: event.request.order, deadline: event.request.deadline, since: stamp.at)
      }
    case .unlocked(let event): holding.change(event.request.coupon, of: event.grantedTo) { $0.lock = nil }
    case .lockLapsed(let event): holding.change(event.coupon, of: event.grantedTo) { $0.lock = nil }
    case .redeemed(let event):
      for use in event.uses where use.campaign == id.first {
        holding.use(use, closedThrough: event.countersClosedThrough)
      }
    case .rolledBack(let event):
      holding.rolledBack.append(event.request.redemption)
      for back in event.back.uses where back.campaign == id.first { holding.giveBack(back) }
    case .reversed(let event):
      holding.rolledBack.append(event.request.redemption)
      for back in event.back.uses where back.campaign == id.first { holding.giveBack(back) }
    case .expired(let event):
      for ending in event.endings { holding.remove(ending.coupon, of: ending.grantedTo) }
    case .revoked(let event): holding.end(event.ending)
    case .returned(let event): holding.end(event.ending)
    case .merged(let event):
      if event.member == id.second { holding.giveUp(event) } else { holding.takeOver(event) }
    }
    // What is used up and past its time can no longer come back.
    holding.coupons.removeAll { $0.isUsedUp && $0.expires <= stamp.at }
    state = holding
  }

  private mutating func change(
    _ id: CommandID, of grantedTo: MemberID?, _ change: (inout Coupon) -> Void
  ) {
    guard let index = coupons.firstIndex(where: { $0.coupon == id && $0.grantedTo == grantedTo }) else {
      return
    }
    change(&coupons[index])
  }

  private mutating func remove(_ id: CommandID, of grantedTo: MemberID?) {
    coupons.removeAll { $0.coupon == id && $0.grantedTo == grantedTo }
  }

  private mutating func take(_ grant: CouponGrant, _ stamp: Stamp) {
    taken += 1
    if let day = grant.countedOn { days.add(1, on: day) }
    guard let expires = grant.expires else { return }
    coupons.append(
      Coupon(
        coupon: stamp.command, version: grant.version, since: stamp.at, expires: expires,
        reserved: grant.reserved, left: grant.left, countedOn: grant.countedOn))
  }

  private mutating func use(_ use: CouponUse, closedThrough closed: CivilDay?) {
    uses += 1
    if use.isUsedUp, !use.isUsedOften {
      remove(use.coupon, of: use.grantedTo)
      return
    }
    change(use.coupon, of: use.grantedTo) { coupon in
      coupon.reserved = coupon.reserved.without(use.reserved)
      coupon.left = use.left
      coupon.uses += 1
      if let closed { coupon.days.forget(through: closed) }
      if let day = use.countedOn { coupon.days.add(1, on: day) }
      coupon.isUsedUp = use.isUsedUp
      coupon.lock = nil
    }
  }

  private mutating func giveBack(_ back: CouponBack) {
    uses -= 1
    switch back.instance {
    case .gone: return
    case .forfeited:
      taken -= 1
      return
    case .kept, .reopened: break
    }
    if !coupons.contains(where: { $0.coupon == back.coupon && $0.grantedTo == back.grantedTo }) {
      let place = coupons.firstIndex { $0.since > back.since } ?? coupons.endIndex
      coupons.insert(
        Coupon(
          coupon: back.coupon, version: back.version, since: back.since, uses: 1, grantedTo: back.grantedTo),
        at: place)
    }
    change(back.coupon, of: back.grantedTo) { coupon in
      if let expires = back.expires { coupon.expires = expires }
      coupon.reserved = coupon.reserved.joined(with: back.reserved)
      coupon.left = back.left
      coupon.uses -= 1
      if let day = back.countedOn { coupon.days.add(-1, on: day) }
      coupon.isUsedUp = false
    }
  }

  private mutating func end(_ ending: CouponEnding) {
    remove(ending.coupon, of: ending.grantedTo)
    if ending.memberQuota { taken -= 1 }
    if ending.memberQuota, let day = ending.countedOn { days.add(-1, on: day) }
  }
}

extension [CouponDay] {
  /// Days of a closed period take no more, so they need not be counted any longer.
  mutating func forget(through day: CivilDay) { removeAll { $0.day <= day } }
}

/// A code of a pool, by its hash (C4).
public struct CouponCode: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var campaign: CampaignID = .blank
  /// When it was imported.
  public internal(set) var since: Instant = .blank
  /// Who claimed with it; nil while nobody has.
  public internal(set) var member: MemberID?
}

extension CouponCode {
  static func evolve(_ state: inout CouponCode?, _ event: CampaignEvent, _ stamp: Stamp) {
    guard case .codesImported(let event) = event else { return }
    state = CouponCode(position: stamp.position, campaign: event.request.campaign, since: stamp.at)
  }

  static func evolve(_ state: inout CouponCode?, _ event: CouponEvent, _ stamp: Stamp) {
    guard case .claimed(let event) = event else { return }
    state?.position = stamp.position
    state?.member = event.request.member
  }
}
