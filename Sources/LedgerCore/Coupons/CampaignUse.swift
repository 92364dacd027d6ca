// What coupons do to their campaign: quotas and money are taken and given back. Its own events are in Campaign; pieces
// fold from the legs.

extension Campaign {
  static func evolve(_ id: CampaignID, _ state: inout Campaign?, _ event: CouponEvent) {
    guard case .some = state else { return }
    state?.evolve(id, event)
  }

  private mutating func evolve(_ id: CampaignID, _ event: CouponEvent) {
    switch event {
    case .claimed(let event):
      if let day = event.countersClosedThrough { days.forget(through: day) }
      for grant in event.grants where grant.campaign == id { take(grant) }
    case .grantOpened(let event): take(event)
    case .granted(let event): take(event)
    case .grantClosed(let event): take(event)
    case .redeemed(let event):
      for use in event.uses where use.campaign == id { take(use, at: event.request.merchant) }
    case .rolledBack(let event):
      for back in event.back.uses where back.campaign == id { take(back, at: event.back.merchant) }
    case .reversed(let event):
      for back in event.back.uses where back.campaign == id { take(back, at: event.back.merchant) }
    case .expired(let event):
      for ending in event.endings { take(ending) }
      note(event.exhausted)
    case .revoked(let event):
      take(event.ending)
      note(event.exhausted)
    case .returned(let event):
      take(event.ending)
      note(event.exhausted)
    case .locked, .unlocked, .lockLapsed, .merged: break
    }
  }

  /// A coupon is granted, or a bundle.
  mutating func take(_ grant: CouponGrant) {
    taken += 1
    if let day = grant.countedOn { days.add(1, on: day) }
    take(grant.reserved)
    reserved += grant.reserved.total
    note(grant.exhausted)
  }

  /// A job sets aside what it may grant.
  mutating func take(_ opened: CouponGrantOpened) {
    taken += opened.pieces
    if let day = opened.countedOn { days.add(opened.pieces, on: day) }
    take(opened.held)
    holds.append(
      JobHold(
        job: opened.job, version: opened.version, opened: opened.pieces, pieces: opened.pieces,
        money: opened.held, countedOn: opened.countedOn))
    note(opened.exhausted)
  }

  /// A chunk of a job grants of what was set aside for it.
  private mutating func take(_ granted: CouponsGranted) {
    guard let place = holds.firstIndex(where: { $0.job == granted.job }) else { return }
    let set = granted.reserved
    holds[place].pieces -= granted.pieces
    holds[place].money = holds[place].money.without(set)
    reserved += set.total
  }

  /// A job ends: what it did not grant is there again.
  mutating func take(_ closed: CouponGrantClosed) {
    holds.removeAll { $0.job == closed.job }
    taken -= closed.released
    if let day = closed.countedOn { days.add(-closed.released, on: day) }
    if closed.toFund != true { give(closed.freed) }
    note(closed.exhausted)
  }

  /// A coupon is used.
  mutating func take(_ use: CouponUse, at merchant: MerchantID) {
    take(use.payers.shares.without(use.reserved))
    spent += use.payers.total
    reserved -= use.reserved.total
    release(use.freed, toFund: use.toFund)
    count(1, at: merchant, under: use.version)
    note(use.exhausted)
  }

  /// A use is taken back.
  mutating func take(_ back: CouponBack, at merchant: MerchantID) {
    spent -= back.payers.total
    reserved += back.reserved.total
    if let taken = back.taken { take(taken) }
    if let freed = back.freed, back.toFund != true { give(freed) }
    if back.quota { taken -= 1 }
    count(-1, at: merchant, under: back.version)
    note(back.exhausted)
  }

  /// A coupon ends without a use.
  mutating func take(_ ending: CouponEnding) {
    release(ending.freed, toFund: ending.toFund)
    if ending.quota { taken -= 1 }
    if ending.quota, let day = ending.countedOn { days.add(-1, on: day) }
  }

  /// What was set aside for a coupon is so no more.
  private mutating func release(_ freed: [FundShare]?, toFund: Bool?) {
    guard let freed else { return }
    reserved -= freed.total
    if toFund != true { give(freed) }
  }

  private mutating func count(_ uses: Int64, at merchant: MerchantID, under version: Int64) {
    guard self.version(version)?.terms.quotas.perMerchant != nil else { return }
    let place = merchants.firstIndex { $0.merchant == merchant } ?? merchants.endIndex
    if place == merchants.endIndex { merchants.append(MerchantUses(merchant: merchant)) }
    merchants[place].uses += uses
  }

  private mutating func note(_ exhausted: Bool?) {
    if let exhausted { isExhausted = exhausted }
  }
}

extension Campaign {
  /// Whether nothing can be granted any more: the total is taken, or the money is too little for a coupon.
  private var hasNothingLeft: Bool {
    guard let terms else { return false }
    return terms.quotas.total.map { $0 <= taken } ?? false || terms.isTooLittle(free)
  }

  /// What an event must say of this campaign, when it becomes exhausted by it, or is so no longer; nil when nothing
  /// changes. The campaign is as it is after the event.
  var exhaustedChange: Bool? {
    if isClosed { return nil }
    let has = hasNothingLeft
    return has == isExhausted ? nil : has
  }
}

extension Campaign {
  /// What is wrong with its numbers, for people; nil when nothing is.
  var problem: String? {
    if payers.contains(where: { $0.free.contains { $0.amount < .zero } }) {
      return "free money is below zero"
    }
    if reserved < .zero || spent < .zero { return "what is reserved or spent is below zero" }
    if open < 0 || redeemed < 0 || expired < 0 { return "a count of pieces is below zero" }
    if granted != open + redeemed + expired + revoked + returned { return "the pieces do not add up" }
    let held = holds.reduce(Fen.zero) { $0 + $1.money.total }
    if let terms, !isClosed, terms.budgetFen != free + held + reserved + spent {
      return "money that is free, set aside for jobs, reserved and spent does not add up to the budget"
    }
    return nil
  }
}

extension CouponHolding {
  /// What is wrong with its numbers, for people; nil when nothing is.
  var problem: String? {
    let isBelowZero = coupons.contains { coupon in
      coupon.left ?? .zero < .zero || coupon.uses < 0 || coupon.reserved.contains { $0.amount < .zero }
    }
    return isBelowZero || taken < 0 || uses < 0 ? "a coupon or a count is below zero" : nil
  }
}
