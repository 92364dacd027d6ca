// How a draw comes out (A2): the hash chain, the digest of the entries, and the mapping from an outcome to winners. A
// pure function of what stands in the log; Fixtures/verify_draw.py recomputes it without our code.

/// One draw, which anyone can recompute and nobody can steer (A2).
///
/// **The chain.** Before the activity opens, the holder picks a last secret of 32 random bytes and hashes it again and
/// again: `s(n-1) = SHA-256(s(n))`, over the bytes, not over their digits. The end of the chain, `s(0)`, is the
/// commitment that the opening states. Draw 1 brings `s(1)`, draw 2 `s(2)`; each is checked against the one before, so
/// none can be chosen later. A chain serves one activity: a commitment that another has is refused.
///
/// **The entries.** Whoever joins enters with the id of the command that joined. A batch of N entries, in the order of
/// the log, has the digest `d(N)`: `d(0)` is 32 zero bytes, `d(k) = SHA-256(d(k-1) ‖ id(k))` with the UTF-8 bytes of
/// the k-th id. It is a running digest because no commit could hash a million ids at once. An instant draw is a batch
/// of one: draw n is over entry n alone, which stands in the log before its secret does. A closing draw is over
/// everybody who joined, and so is every later one of the same activity.
///
/// **The outcome.** `outcome = SHA-256(s(n) ‖ d(N) ‖ v)`; v is the UTF-8 of the public value of a closing draw, and
/// nothing for an instant one.
///
/// **The mapping.** For c = 1, 2, 3, …, `h(c) = SHA-256(outcome ‖ c)` with c as 8 bytes, the highest first. The first 8
/// bytes of h(c) are the number a, the next 8 the number b, the highest byte first.
/// - Who. An instant draw takes c = 1 and wins when no chance is stated or a mod 1,000,000 is below it. In a closing draw
///   entry (a mod N) + 1 wins; if it has won before, in this draw or an earlier one, the next c is taken.
/// - How many. A closing draw has the `winnersPerDraw` of the opening, or as many as there are pieces or entries left.
/// - What. The prizes, in the order of the opening, each as often as pieces of it are left, are numbered from 0; the
///   winner gets number b mod L, L being all pieces that are left.
/// Among ten million entries or pieces, the remainders prefer none by more than one in 10^12.
///
/// **Why nobody can steer.** Everything but ids, secret and value is fixed by the opening. The secrets are fixed there
/// too, by whoever holds them; the holder makes the draws, and may neither join anybody nor publish the value. The
/// value's source, day and form are fixed there, its day begins when nobody may join any more, it is in the log before
/// the first secret, and entries are final from then on. Draws are made in the order of their numbers, none is left
/// out, and a draw whose secret is right is made: that is asked last, and a reward that is refused is withheld, not the
/// draw. A draw that is refused keeps only a seal of its secret (`DrawSecret`).
///
/// **What trust remains.** In an instant draw, the holder and whoever chooses the commands' ids must be two in truth:
/// together they could try ids until the draw suits. In a closing draw, the same two could do so after the value is
/// known to the world, with joins that are dated before and recorded late; `recordedAt` shows them, and verify_draw.py
/// counts them. A holder who stops leaves entries waiting, for all to see, and can do nothing else with what is known.
///
/// Example: prizes cup (1 left) and pen (2 left): b mod 3 = 0 is the cup, 1 and 2 are pens.
struct Draw {
  private let outcomeBytes: [UInt8]

  init(secret: ContentHash, digest: ContentHash, publicValue: PublicValue?) {
    outcomeBytes = SHA256Digest.of(secret.bytes + digest.bytes + Array((publicValue?.text ?? "").utf8))
  }

  var outcome: ContentHash { ContentHash(digest: outcomeBytes) }

  /// The numbers a and b of one c.
  func numbers(_ counter: UInt64) -> (who: UInt64, what: UInt64) {
    let hash = SHA256Digest.of(
      outcomeBytes + (0..<8).reversed().map { UInt8(truncatingIfNeeded: counter >> ($0 * 8)) })
    return (Self.number(hash[0..<8]), Self.number(hash[8..<16]))
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The prize of number b; nil when nothing is left.
  static func prize(_ what: UInt64, of stocks: [PrizeStock]) -> PrizeID? {
    let left = stocks.reduce(0) { $0 + $1.left }
    guard left > 0 else { return nil }
    var number = Int64(what % UInt64(left))
    for stock in stocks {
      if number < stock.left { return stock.prize }
      number -= stock.left
    }
    return nil
  }
}

extension ContentHash {
  /// d(0): the digest of no entries.
  static let noEntries = ContentHash(digest: [UInt8](repeating: 0, count: 32))

  /// The digest of these entries and one more.
  func adding(_ entry: CommandID) -> ContentHash { ContentHash(of: bytes + Array(entry.text.utf8)) }

  /// Whether this is the secret that was hashed to `next`.
  func opens(_ next: ContentHash) -> Bool { ContentHash(of: bytes) == next }
}
