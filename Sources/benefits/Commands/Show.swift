// benefits show: one thing of the ledger, now or as it was recorded earlier. What a member looks like is in ShowMember,
// a station in ShowStation, a fund, merchant or party in ShowMoney, a campaign or coupons in ShowCoupons, a gift in
// ShowGift, a programme in ShowProgramme, an activity in ShowActivity, an approval or job in ShowWaiting, an organisation,
// actor or rule in ShowOthers.

import BenefitsLedger

enum Show {
  enum Kind: String, CaseIterable {
    case member, organisation, station, fund, merchant, party, campaign, coupon, activity, gift
    case programme, actor, rule, approval, job
  }

  private static let kind = Positional("KIND", .choice(of: Kind.self), "what sort of thing")
  private static let id = Positional("ID", .text, "its id, exactly as it was given")
  private static let asOf = Option(
    "as-of", "T|POS", .text, "as recorded before this instant, or after this position; now when not given")

  static let verb = Verb(
    name: "show", summary: "one member, organisation, station, fund, merchant, party, gift, …",
    positionals: [.ledger, kind, id],
    options: [asOf, .json, .quiet],
    details: """
      A member: organisation, facts, points by lot, open holds, counters, and what
      expires when. Now means now: what has fallen due counts as happened, and where
      the record does not say so yet, a line tells.

      An activity: its terms, joins and persons, what was chosen, its draws, and what
      is left of each prize.

      --as-of shows what the ledger said then: after event POS, or before instant T,
      T not included. A campaign, coupons, a fund, merchant or party are folded from
      the whole log until then; anything else from its own events alone. What other
      things' events tell (how many members an organisation had, what a rule had
      granted) is left out then; `benefits replay --until` has the totals.

      A station's gifts and grants are shown as they are now, in no earlier view; a
      gift, with whose money its pieces were, is shown as it was too.

      A campaign: what it has left, and what became of its coupons. Coupons are those
      of a member, whose id is given. For a campaign and a fund, too, coupons whose
      time is over count as ended now, though no event may have recorded it yet.

      Sums of money are in yuan, with --json in fen. What a merchant's settlements
      came to is in the table `settlement`.

      An approval and a job are named by the id of the command that opened them.

      Days and times are in the ledger's zone; with --json, instants are universal.
      """,
    example: """
      $ benefits show city.ledger member m-1 --as-of 7 | head -9
      member m-1, as recorded after event 7

      organisation  gz
      verified      no
      enrolled      2022-01-02 00:00:00

      points
      available  10
      held        0
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let moment = try arguments.optional(asOf).map { (text) throws(Failure) in try LogPoint(text, of: asOf) }
    let reader = try LedgerReader(path: arguments.required(.ledger))
    let text = arguments.required(id)
    try reader.atOneCommit {
      let view = try ShowView(reader, moment)
      switch arguments.required(kind, as: Kind.self) {
      case .member: try ShowMember.run(try Self.id(text), reader, view, invocation)
      case .organisation: try ShowOthers.organisation(try Self.id(text), reader, view, invocation)
      case .station: try ShowStation.run(try Self.id(text), reader, view, invocation)
      case .fund: try ShowMoney.fund(try Self.id(text), reader, view, invocation)
      case .merchant: try ShowMoney.merchant(try Self.id(text), reader, view, invocation)
      case .party: try ShowMoney.party(try Self.id(text), reader, view, invocation)
      case .campaign: try ShowCoupons.campaign(try Self.id(text), reader, view, invocation)
      case .coupon: try ShowCoupons.coupons(of: try Self.id(text), reader, view, invocation)
      case .activity: try ShowActivity.run(try Self.id(text), reader, view, invocation)
      case .actor: try ShowOthers.actor(try Self.id(text), reader, view, invocation)
      case .rule: try ShowOthers.rule(try Self.id(text), reader, view, invocation)
      case .gift: try ShowGift.run(try Self.id(text), reader, view, invocation)
      case .programme: try ShowProgramme.run(try Self.id(text), reader, view, invocation)
      case .approval: try ShowWaiting.approval(try Self.id(text), reader, view, invocation)
      case .job: try ShowWaiting.job(try Self.id(text), reader, view, invocation)
      }
    }
    return .fine
  }

  /// The id somebody typed. What cannot be one is not repeated: it may be a name or number pasted by mistake.
  static func id<ID: Identifier>(_ text: String) throws(Failure) -> ID {
    guard let id = ID(text) else {
      throw Failure(
        .usage, "ID: expected the id of a \(ID.noun), 1 to \(ID.longest) characters without spaces")
    }
    return id
  }
}

/// A place in the log as somebody names it: `T|POS`.
enum LogPoint {
  /// After this position.
  case position(Int64)
  /// Before this instant.
  case instant(Instant)

  init(_ text: String, of option: Option) throws(Failure) {
    if let position = Int64(text) {
      guard position >= 0 else { throw Failure(.usage, "\(option.label): a position is not negative") }
      self = .position(position)
    } else if let instant = Instant(text) {
      self = .instant(instant)
    } else {
      throw Failure(
        .usage,
        "\(option.label): expected a position, or an instant with a zone such as 2022-10-01T00:00:00+08:00")
    }
  }
}

/// The moment that is shown: now, or the end of a prefix of the log.
struct ShowView {
  /// The last event taken in.
  let position: Int64
  /// nil is now; otherwise the recorded view.
  let asked: LogPoint?
  /// What has fallen due by then counts as happened, or is at least told.
  let instant: Instant
  let zone: Zone

  init(_ reader: LedgerReader, _ asked: LogPoint?) throws {
    self.asked = asked
    zone = reader.ledger.zone
    let size = try reader.head().tree.size
    switch asked {
    case nil:
      position = size
      instant = SystemClock().now()
    case .position(let wanted):
      position = min(wanted, size)
      instant = position == 0 ? .earliest : try reader.record(at: position).recordedAt
    case .instant(let end):
      position = try reader.lastPosition(recordedBefore: end)
      instant = end.adding(milliseconds: -1)
    }
  }

  var isNow: Bool { asked == nil }
  var today: CivilDay { zone.day(of: instant) }

  /// What follows the name of the thing in the first line.
  var phrase: String {
    switch asked {
    case nil: "as of \(zone.local(instant.adding(milliseconds: -(instant.milliseconds % 1_000)))) (\(zone))"
    case .position: "as recorded after event \(position.grouped)"
    case .instant(let end): "as recorded before \(zone.local(end)) (\(zone)), after event \(position.grouped)"
    }
  }

  var json: JSONAnswer {
    let end: Instant? = if case .instant(let end) = asked { end } else { nil }
    return [
      "view": .string(isNow ? "now" : "recorded"), "position": .integer(position),
      "instant": .string((isNow ? instant : end)?.description),
    ]
  }

  /// Nothing has this id, or had it then.
  func absence<ID: Identifier>(_ id: ID) -> Failure {
    let then = isNow ? "there is no" : "as recorded after event \(position.grouped) there was no"
    return Failure(.noInput, "\(then) \(ID.noun) `\(id)`; ids are compared byte by byte")
  }

  /// Whether a dated thing is true on the day shown.
  func state(from: CivilDay, until: CivilDay?) -> String {
    if let until, until <= today { return "past" }
    return from <= today ? "current" : "to come"
  }
}
