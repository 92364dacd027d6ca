// A number of points.
// No lots, expiry or caps (the folder Points), and no money: fen are another type.

/// A number of points (积分), whole, of either sign: a balance, a movement or a debt (`domain.md` L1, P1, P9).
///
/// Addition and subtraction trap on overflow, which `limit` keeps out of reach.
public struct Points: Comparable, Hashable, Sendable, AdditiveArithmetic {
  /// How many points.
  public let count: Int64

  /// No points.
  public static let zero = Points(count: 0)

  /// The most points that one command may name, 1,000,000,000: it takes nine thousand million commands of
  /// this size to bring a sum to the end of Int64, so sums of accepted commands cannot overflow. Checked at
  /// the edge, where a command is read, not here.
  public static let limit: Int64 = 1_000_000_000

  /// So many points.
  public init(count: Int64) {
    self.count = count
  }

  /// The sum; traps on overflow.
  public static func + (left: Points, right: Points) -> Points {
    Points(count: left.count + right.count)
  }

  /// The difference; traps on overflow.
  public static func - (left: Points, right: Points) -> Points {
    Points(count: left.count - right.count)
  }

  /// Whether the left number is smaller than the right one; with it come `min` and `max`.
  public static func < (left: Points, right: Points) -> Bool {
    left.count < right.count
  }
}
