// A sum of money in fen (分), and how a sum is split.
// No accounts (the folder Accounts), and no points: these are another type.

/// A sum of money in fen (分), whole, of either sign (`domain.md` L1). 100 fen are one yuan.
///
/// Addition and subtraction trap on overflow, which `limit` keeps out of reach.
public struct Fen: Comparable, Hashable, Sendable, AdditiveArithmetic {
  /// How many fen.
  public let count: Int64

  /// No money.
  public static let zero = Fen(count: 0)

  /// The most fen that one command may name, 10,000,000,000,000 (100,000 million yuan): it takes nine hundred thousand
  /// commands of this size to bring a sum to the end of Int64. Checked at the edge, where a command is read, not here.
  public static let limit: Int64 = 10_000_000_000_000

  /// So many fen.
  public init(count: Int64) {
    self.count = count
  }

  /// The sum; traps on overflow.
  public static func + (left: Fen, right: Fen) -> Fen {
    Fen(count: left.count + right.count)
  }

  /// The difference; traps on overflow.
  public static func - (left: Fen, right: Fen) -> Fen {
    Fen(count: left.count - right.count)
  }

  /// Whether the left sum is smaller than the right one; with it come `min` and `max`.
  public static func < (left: Fen, right: Fen) -> Bool {
    left.count < right.count
  }

  /// The sum in parts by weight: the largest remainders get one fen more, equal ones in the listed order (F5), so that
  /// the parts add up exactly.
  ///
  /// The sum is not negative, no weight is, and one of them is positive. O(n log n) in the number of weights.
  func split(by weights: [Int64]) -> [Fen] {
    let total = weights.reduce(0, +)
    precondition(
      count >= 0 && total > 0 && weights.allSatisfy { $0 >= 0 }, "a sum is split by positive weights")
    // 128 bits hold the product of any two.
    let products = weights.map { count.multipliedFullWidth(by: $0) }
    let divided = products.map { total.dividingFullWidth($0) }
    var parts = divided.map(\.quotient)
    let left = count - parts.reduce(0, +)
    let largestFirst = divided.indices.sorted {
      divided[$0].remainder == divided[$1].remainder
        ? $0 < $1 : divided[$0].remainder > divided[$1].remainder
    }
    for index in largestFirst.prefix(Int(left)) { parts[index] += 1 }
    return parts.map { Fen(count: $0) }
  }
}
