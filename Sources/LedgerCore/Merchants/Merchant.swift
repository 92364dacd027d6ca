// Who accepts coupons (商户), and what is settled with it (结算): what we remember of both.
// What is allowed is in the Decide file of this folder.

/// A merchant (C10).
public struct Merchant: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var isClosed = false
  /// The last day that a settlement has taken, and the position of that settlement: what was redeemed at an earlier
  /// position on a day through this one is frozen.
  public internal(set) var frozenThrough: CivilDay?
  public internal(set) var frozenAt: Int64 = 0
}

extension Merchant: Decider {
  static func evolve(_ state: inout Merchant?, _ event: MerchantEvent, _ stamp: Stamp) { switch event {} }
}

/// A settlement with a merchant (C10).
public struct Settlement: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Settlement: Decider {
  static func evolve(_ state: inout Settlement?, _ event: MerchantEvent, _ stamp: Stamp) { switch event {} }
}
