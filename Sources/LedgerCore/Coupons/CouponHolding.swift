// One member's coupons (券) of one campaign, and the codes of a pool: what we remember of them.
// What is allowed is in the Decide file of this folder.

/// One member's coupons and counters of one campaign (C4).
public struct CouponHolding: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension CouponHolding: Decider {
  static func evolve(_ state: inout CouponHolding?, _ event: CouponEvent, _ stamp: Stamp) { switch event {} }
}

/// A code of a pool, by its hash (C4).
public struct CouponCode: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension CouponCode: Decider {
  static func evolve(_ state: inout CouponCode?, _ event: CampaignEvent, _ stamp: Stamp) { switch event {} }
}
