// A draw as a reader of `Draw`'s documentation would work it out by hand, with long lists instead of arithmetic. It
// shares nothing with the real one but SHA-256, which has tests of its own.

@testable import LedgerCore

enum NaiveDraw {
  /// Who won what, by entry; for an instant draw entry 1 or nobody.
  static func winners(
    secret: String, ids: [String], publicValue: String?, chancePerMillion: Int64?,
    prizes: [(name: String, left: Int)], alreadyWon: Set<Int>, count: Int
  ) -> [(entry: Int, prize: String)] {
    var digest = [UInt8](repeating: 0, count: 32)
    for id in ids { digest = SHA256Digest.of(digest + Array(id.utf8)) }
    let outcome = SHA256Digest.of(bytes(secret) + digest + Array((publicValue ?? "").utf8))
    var pool = prizes.flatMap { Array(repeating: $0.name, count: $0.left) }
    var won = alreadyWon
    var winners: [(entry: Int, prize: String)] = []
    var counter = 1
    while winners.count < count {
      let hash = SHA256Digest.of(outcome + [0, 0, 0, 0, 0, 0, UInt8(counter / 256), UInt8(counter % 256)])
      let entry = remainder(hash.prefix(8), ids.count) + 1
      if publicValue == nil {
        if let chance = chancePerMillion, remainder(hash.prefix(8), 1_000_000) >= chance { return [] }
      } else if won.contains(entry) {
        counter += 1
        continue
      }
      won.insert(entry)
      winners.append((entry, pool.remove(at: remainder(hash.dropFirst(8).prefix(8), pool.count))))
      counter += 1
    }
    return winners
  }

  /// The remainder of a number of many bytes, by long division from the front.
  private static func remainder(_ digits: ArraySlice<UInt8>, _ divisor: Int) -> Int {
    digits.reduce(0) { ($0 * 256 + Int($1)) % divisor }
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex)
    return stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(digits[index...index + 1]), radix: 16) ?? 0
    }
  }
}
