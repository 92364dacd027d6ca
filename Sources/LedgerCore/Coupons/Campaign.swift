// A campaign of coupons (活动批次): its versions, quotas and money; what we remember of it.
// What is allowed is in the Decide file of this folder.

/// A campaign (C1).
public struct Campaign: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
}

extension Campaign: Decider {
  static func evolve(_ state: inout Campaign?, _ event: CampaignEvent, _ stamp: Stamp) { switch event {} }
}
