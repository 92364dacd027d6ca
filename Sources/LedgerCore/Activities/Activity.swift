// A vote, questionnaire, registration, lottery or quiz (活动): what we remember of it as a whole. Each member's part and
// the entries of a draw are in Participation; what is allowed is in ActivityDecide.

/// An activity of an organisation (A1, A2).
///
/// Members join it within its window (half-open), once or a number of times a day, if they are in its audience then. A
/// join may earn a reward at once, and may be an entry: in a draw of its own, which follows it, or in the draws that
/// follow the activity's end. The pool of prizes has a double entry of its own: stocked = left + awarded, by prize, and
/// none is below zero.
///
/// Its budget is that of what it gives: the pieces of the pool, and the budgets of the points rules it earns under and of
/// the campaigns whose coupons it hands out. Opening sets nothing aside there, because an activity is no job (L11): every
/// join and every draw of at most `DrawActivity.mostWinners` takes what it gives in its own commit, and what is refused
/// there is refused with it or withheld and said so. Who must be sure that a pool of coupons is there opens a campaign for
/// this activity alone, with the pool's pieces as its total.
///
/// Example: a lottery with 1 cup and 2 pens draws for each who joins. Three join and get a cup and two pens in the order
/// that the draws say (see `Draw`); the fourth is refused, because each of three pieces is somebody's.
public struct Activity: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  /// The command that opened it, with its terms.
  public internal(set) var terms = OpenActivity()
  public internal(set) var isClosed = false
  /// How often somebody joined (人次).
  public internal(set) var joins: Int64 = 0
  /// How many different members did (人数).
  public internal(set) var persons: Int64 = 0
  /// The latest time of a join, a draw, the public value or the closing; nil when there was none.
  public internal(set) var latest: Instant?
  /// How many draws there were.
  public internal(set) var draws: Int64 = 0
  /// The secret of the last draw, before the first one the commitment; nil for an activity that draws nothing.
  public internal(set) var secret: ContentHash?
  /// Joins that are entries in draws; 0 for an activity that draws nothing.
  public internal(set) var entries: Int64 = 0
  /// The digest of the entries.
  public internal(set) var digest: ContentHash = .noEntries
  /// What closing draws mix in, and since when it is in the log; nil until it is published.
  public internal(set) var publicValue: PublicValue?
  public internal(set) var published: Instant?
  /// How many chose what, in the order of the terms.
  public internal(set) var choices: [ChoiceCount] = []
  /// The pool, in the order of the terms.
  public internal(set) var prizes: [PrizeStock] = []

  /// Pieces in the pool.
  public var left: Int64 { prizes.reduce(0) { $0 + $1.left } }
  public var awarded: Int64 { prizes.reduce(0) { $0 + $1.awarded } }
  /// Entries whose own draw is still to come; 0 where winners are drawn among all.
  public var waiting: Int64 { terms.draw?.kind == .instant ? entries - draws : 0 }
}

/// How many chose one thing.
public struct ChoiceCount: Equatable, Sendable {
  public internal(set) var choice: ChoiceID = .blank
  public internal(set) var joins: Int64 = 0
}

/// The pool of one prize: stocked = left + awarded.
public struct PrizeStock: Equatable, Sendable {
  public internal(set) var prize: PrizeID = .blank
  public internal(set) var stocked: Int64 = 0
  public internal(set) var left: Int64 = 0
  public internal(set) var awarded: Int64 = 0
}

extension ChoiceCount: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("choice", &choice)
    try io.field("joins", &joins)
  }
}

extension PrizeStock: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("prize", &prize)
    try io.field("stocked", &stocked)
    try io.field("left", &left)
    try io.field("awarded", &awarded)
  }
}

extension Activity: Decider {
  static func evolve(_ state: inout Activity?, _ event: ActivityEvent, _ stamp: Stamp) {
    if state == nil { state = Activity() }
    state?.take(event, stamp)
  }

  private mutating func take(_ event: ActivityEvent, _ stamp: Stamp) {
    position = stamp.position
    switch event {
    case .opened(let event):
      since = stamp.at
      terms = event.request
      secret = event.request.draw?.commitment
      choices = (event.request.choices ?? []).map { ChoiceCount(choice: $0) }
      prizes = (event.request.draw?.prizes ?? []).map { PrizeStock(prize: $0.prize) }
    case .joined(let event):
      joins += 1
      if event.isPerson { persons += 1 }
      latest = max(latest ?? stamp.at, stamp.at)
      if let entry = event.entry {
        entries += 1
        digest = entry.digest
      }
      if let choice = event.request.choice, let index = choices.firstIndex(where: { $0.choice == choice }) {
        choices[index].joins += 1
      }
    case .drawn(let event):
      latest = max(latest ?? stamp.at, stamp.at)
      draws += 1
      secret = event.request.secret.opened ?? secret
    case .valuePublished(let event):
      latest = max(latest ?? stamp.at, stamp.at)
      publicValue = event.request.value
      published = stamp.at
    case .closed:
      latest = max(latest ?? stamp.at, stamp.at)
      isClosed = true
    }
  }

  /// What a leg puts into an account of the pool.
  mutating func post(_ name: PrizeAccountName, _ amount: Int64) {
    func change(_ prize: PrizeID, _ change: (inout PrizeStock) -> Void) {
      if let index = prizes.firstIndex(where: { $0.prize == prize }) { change(&prizes[index]) }
    }
    switch name {
    case .stocked(let prize): change(prize) { $0.stocked -= amount }
    case .left(let prize): change(prize) { $0.left += amount }
    case .awarded(let prize): change(prize) { $0.awarded += amount }
    }
  }
}
