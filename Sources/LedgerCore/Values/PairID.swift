// What two ids name together, such as one member's coupons of one campaign.
// What stands under such a key is in the benefits' folders.

/// Two ids that name one thing together. Its text is both with one space between, which no id can hold.
public struct PairID<First: Identifier, Second: Identifier>: Hashable, Comparable, Sendable,
  CustomStringConvertible
{
  public let first: First
  public let second: Second

  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  /// The pair with this text; nil when it is not two ids with one space between.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = First(String(parts[0])), let second = Second(String(parts[1])) else {
      return nil
    }
    self.init(first, second)
  }

  public var text: String { "\(first.text) \(second.text)" }
  public var description: String { text }

  public static func < (left: PairID, right: PairID) -> Bool {
    left.first == right.first ? left.second < right.second : left.first < right.first
  }
}

/// One member's coupons of one campaign.
public typealias CampaignMember = PairID<CampaignID, MemberID>
/// One member's part in one activity.
public typealias ActivityMember = PairID<ActivityID, MemberID>
/// The pieces of one gift at one station.
public typealias GiftStation = PairID<GiftID, StationID>
/// What one member got of one gift.
public typealias GiftMember = PairID<GiftID, MemberID>
/// The grant of one programme to one station.
public typealias ProgrammeStation = PairID<ProgrammeID, StationID>
