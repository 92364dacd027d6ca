// Who is granted a coupon by a job: all members in the order of their ids, and of them those in the audience. Whether each
// may have one is decided in LedgerCore.

import LedgerCore

/// Goes through the members of a ledger for one campaign; memory does not grow with them.
struct CouponRecipients {
  private let reader: LedgerReader
  private let campaign: CampaignID
  private let instant: Instant
  private var book = Book.cache()
  /// The last member that was looked at.
  private var seen: MemberID?
  private var isThrough = false
  /// Rows read at a time.
  private static let readAhead = 2_000
  /// Looked at, and not named yet.
  private var waiting: [MemberID] = []

  init(of campaign: CampaignID, at instant: Instant, _ reader: LedgerReader) {
    self.reader = reader
    self.campaign = campaign
    self.instant = instant
  }

  /// The next members of the audience after those that the job has reached, at most `count` whose ids have at most
  /// `bytes` bytes; none when there are no more. The last of all members is named too, in the audience or not: so the log
  /// says that the job has looked at everybody.
  mutating func next(after reached: MemberID?, atMost count: Int, bytes: Int) throws -> [MemberID] {
    if seen == nil { seen = reached }
    // Somebody may have been enrolled since.
    if waiting.isEmpty { isThrough = false }
    while waiting.count < count, !isThrough { try readOn() }
    var left = bytes
    let named = waiting.prefix(count).prefix { member in
      left -= member.text.utf8.count + 3
      return left >= 0
    }
    waiting.removeFirst(named.count)
    if waiting.isEmpty, isThrough, named.count < count, let seen,
      (named.last ?? reached).map({ $0 < seen }) ?? true
    {
      return named + [seen]
    }
    return Array(named)
  }

  private mutating func readOn() throws {
    if book.ledger == nil { try reader.load([.ledger], into: &book) }
    book.forget()
    let members = try reader.load(membersAfter: seen, atMost: Self.readAhead, into: &book)
    isThrough = members.count < Self.readAhead
    seen = members.last ?? seen
    for member in members where try isRecipient(member) { waiting.append(member) }
  }

  private mutating func isRecipient(_ member: MemberID) throws -> Bool {
    while true {
      switch book.mayBeGranted(campaign, to: member, at: instant) {
      case .yes: return true
      case .no: return false
      case .unknown(let keys): try reader.load(keys, into: &book)
      }
    }
  }
}
