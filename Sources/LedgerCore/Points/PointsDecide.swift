// What is allowed with points (P2-P8), one function a command. What falls due by the clock is in PointsDue.

extension PointsCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [PointsEvent] {
    switch self {
    case .defineRule(let data): [try data.decide(asking, view)]
    case .earn(let data): [try data.decide(asking, view)]
    case .spend(let data): [try data.decide(asking, view)]
    case .hold(let data): [try data.decide(asking, view)]
    case .capture(let data): [try data.decide(asking, view)]
    case .release(let data): [try data.decide(asking, view)]
    case .refund(let data): [try data.decide(asking, view)]
    case .cancel(let data): [try data.decide(asking, view)]
    case .clawBack(let data): [try data.decide(asking, view)]
    case .extend(let data): try data.decide(asking, view)
    case .adjust(let data): [try data.decide(asking, view)]
    case .reverse(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .defineRule(let data): return [data.organisation]
    case .earn, .spend, .hold, .capture, .release, .refund, .cancel, .clawBack, .extend, .adjust,
      .reverse:
      guard let member else { return [] }
      return [try view.knownMember(member).organisation]
    }
  }
}

extension DefineRule {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    _ = try view.openOrganisation(organisation, at: asking.at)
    let versions = try view.rule(rule)?.versions ?? []
    if let last = versions.last {
      guard last.definition.organisation == organisation else {
        throw .refused(
          Refusal(.ruleOfOtherOrganisation, "organisation", last.definition.organisation.text))
      }
      try view.require("the version before it", since: last.since, at: asking.at)
    }
    guard ruleVersion == Int64(versions.count) + 1 else {
      throw .refused(Refusal(.ruleVersionOutOfOrder, "expected", Int64(versions.count) + 1))
    }
    if let until, until <= from { throw .refused(Refusal(.ruleEmptyWindow, "from", from.description)) }
    return .ruleDefined(RuleDefined(request: self))
  }
}

extension EarnPoints {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    let earner = try view.activeMember(member, at: asking.at)
    guard let version = try view.rule(rule)?.version(on: asking.day, at: asking.at) else {
      throw .refused(Refusal(.ruleUnknown))
    }
    let definition = version.definition
    try requireOpen(definition, on: asking.day)
    try requireAudience(definition, earner, asking, view)
    if let most = definition.mostUnits, quantity > most {
      throw .refused(Refusal(.quantityAboveLimit, "limit", most))
    }
    let (product, overflow) = definition.pointsPerUnit.count.multipliedReportingOverflow(by: quantity)
    guard !overflow, product <= Points.limit else {
      throw .refused(Refusal(.amountTooLarge, "limit", Points.limit))
    }
    let expires = definition.validity.lastDay(earnedOn: asking.day)
    // What a rule of a fixed last day grants after it would be over before it began.
    if let expires, expires < asking.day {
      throw .refused(definition.notInWindow(until: expires.adding(days: 1)))
    }
    let granted = Points(count: product)
    let wallet = try view.wallet(member) ?? Wallet()
    let (room, cap) = version.room(for: granted, in: wallet, on: asking.day)
    var earned = PointsEarned(
      request: self, organisation: earner.organisation, ruleVersion: definition.ruleVersion, credited: room,
      capped: room < granted ? granted - room : nil, cappedBy: room < granted ? cap : nil, day: asking.day,
      expires: expires, available: wallet.available)
    if room > .zero {
      earned.activeOn = definition.activeOn(earnedOn: asking.day)
      earned.noticeOn = definition.noticeOn(
        expires: expires, notBefore: earned.activeOn ?? asking.day.next)
      earned.settle(in: wallet, at: asking.at)
    }
    if let closed = view.ledger?.closedThrough, wallet.countsDay(through: closed) {
      earned.countersClosedThrough = closed
    }
    return .earned(earned)
  }

  private func requireOpen(_ definition: DefineRule, on day: CivilDay) throws(Undecided) {
    if let until = definition.until, day >= until { throw .refused(definition.notInWindow(until: until)) }
  }

  private func requireAudience(
    _ definition: DefineRule, _ earner: Member, _ asking: Asking, _ view: View
  ) throws(Undecided) {
    if definition.verifiedOnly, !earner.isVerified {
      throw .refused(Refusal(.outsideAudience, "needs", "real-name verification"))
    }
    if let occupations = definition.occupations, !earner.hasOccupation(in: occupations, on: asking.day) {
      let names = occupations.map(\.text).joined(separator: ", ")
      throw .refused(Refusal(.outsideAudience, "needs", "occupation " + names))
    }
    guard try view.lineage(of: earner.organisation).contains(definition.organisation) else {
      throw .refused(Refusal(.outsideAudience, "needs", "organisation " + definition.organisation.text))
    }
  }
}

extension Wallet {
  /// Whether it still counts what was granted on a day up to this one.
  fileprivate func countsDay(through day: CivilDay) -> Bool {
    counters.contains { $0.days.contains { $0.day <= day } }
  }
}

extension PointsEarned {
  /// Where what is credited goes: it is pending, or pays debts first and is available.
  fileprivate mutating func settle(in wallet: Wallet, at instant: Instant) {
    if activeOn != nil {
      pending = wallet.pendingPoints + credited
      return
    }
    let paid = wallet.repayment(of: credited, at: instant)
    available += credited - paid.total
    guard !paid.isEmpty else { return }
    debtPaid = paid
    debt = wallet.debt - paid.total
  }
}

extension DefineRule {
  fileprivate func notInWindow(until: CivilDay) -> Refusal {
    Refusal(
      .ruleNotInWindow,
      [
        Refusal.Detail(name: "from", value: .word(from.description)),
        Refusal.Detail(name: "until", value: .word(until.description)),
      ])
  }
}

extension RuleVersion {
  /// How much of `granted` the caps leave (P6), and the cap that leaves least.
  fileprivate func room(for granted: Points, in wallet: Wallet, on day: CivilDay) -> (Points, Cap) {
    let counter = wallet.counters.first { $0.rule == definition.rule }
    var room = granted
    var tightest = Cap.day
    for (cap, most, used) in [
      (Cap.day, definition.capPerDay, counter?.granted(on: day) ?? .zero),
      (.month, definition.capPerMonth, counter?.granted(in: day.civilMonth) ?? .zero),
      (.lifetime, definition.capPerLifetime, counter?.lifetime ?? .zero),
      (.budget, definition.budget, self.granted),
    ] {
      guard let most else { continue }
      let left = max(.zero, most - used)
      if left < room { (room, tightest) = (left, cap) }
    }
    return (room, tightest)
  }
}

extension Wallet {
  /// Picks lots for `points` in spending order (P2), from what exists and is valid at the command's time.
  func pick(_ points: Points, _ asking: Asking, _ zone: Zone) throws(Undecided) -> [LotShare] {
    var picked: [LotShare] = []
    var open = points
    var later = Points.zero
    var earliestLater: Instant?
    for lot in lots where lot.left > .zero && lot.isValid(at: asking.at, zone) {
      guard lot.since <= asking.at else {
        later += lot.left
        earliestLater = min(earliestLater ?? lot.since, lot.since)
        continue
      }
      if open > .zero {
        guard picked.count < Self.mostLotsAnEvent else {
          throw .refused(.tooManyLots(points - open))
        }
        let share = min(open, lot.left)
        picked.append(LotShare(lot, points: share))
        open -= share
      }
    }
    if open == .zero { return picked }
    if later >= open, let earliestLater {
      throw .refused(Refusal.beforeCause("a lot of points", since: earliestLater))
    }
    throw .refused(Refusal(.balanceTooLow, "short", open.count))
  }
}

extension Refusal {
  /// More lots than one event may name; `points` is what those that it may name hold.
  static func tooManyLots(_ points: Points) -> Refusal {
    Refusal(
      .tooManyLots,
      [
        Detail(name: "limit", value: .number(Int64(Wallet.mostLotsAnEvent))),
        Detail(name: "points", value: .number(points.count)),
      ])
  }
}

extension SpendPoints {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    let spender = try view.spender(member, at: asking.at)
    let wallet = try view.wallet(member) ?? Wallet()
    let picked = try wallet.pick(points, asking, view.zone)
    return .spent(
      PointsSpent(
        request: self, organisation: spender.organisation, lots: picked, available: wallet.available - points)
    )
  }
}

extension HoldPoints {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    let spender = try view.spender(member, at: asking.at)
    guard deadline > asking.at else { throw .refused(Refusal(.deadlinePassed)) }
    let wallet = try view.wallet(member) ?? Wallet()
    let picked = try wallet.pick(points, asking, view.zone)
    return .held(
      PointsHeld(
        request: self, organisation: spender.organisation, lots: picked, available: wallet.available - points,
        held: wallet.held + points))
  }
}

extension CapturePoints {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    let owner = try view.knownMember(member)
    let (wallet, open) = try view.openHold(hold, of: member, at: asking.at)
    let wanted = points ?? open.points
    guard wanted <= open.points else {
      throw .refused(Refusal(.captureAboveHold, "held", open.points.count))
    }
    let (captured, rest) = open.shares.split(at: wanted)
    let (expired, released) = rest.returned(at: asking.at, view.zone)
    return .captured(
      PointsCaptured(
        request: self, organisation: owner.organisation, lots: captured, released: released, expired: expired,
        available: wallet.available + released.total, held: wallet.held - open.points))
  }
}

extension ReleasePoints {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    let owner = try view.knownMember(member)
    let (wallet, open) = try view.openHold(hold, of: member, at: asking.at)
    let (expired, released) = open.shares.returned(at: asking.at, view.zone)
    return .released(
      PointsReleased(
        request: self, organisation: owner.organisation, released: released, expired: expired,
        available: wallet.available + released.total, held: wallet.held - open.points))
  }
}

extension RefundPoints {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    try asking.require(occurredOn)
    let owner = try view.spender(member, at: asking.at)
    let spent = try view.spending(spending, of: member, at: asking.at)
    let wallet = try view.wallet(member) ?? Wallet()
    let back = try view.restoring(spent.lots, points, after: wallet.refunded(of: spending), asking)
    return .refunded(
      PointsRefunded(
        request: self, organisation: owner.organisation, spentOrganisation: spent.organisation,
        restored: back.restored, afterExpiry: back.afterExpiry, graced: back.graced,
        forfeited: back.forfeited, refunded: wallet.refunded(of: spending) + points,
        available: wallet.available + back.restored.total + back.graced.total))
  }
}

extension Wallet {
  /// How much of a spending was refunded or reversed so far.
  func refunded(of spending: CommandID) -> Points {
    refunds.first { $0.spending == spending }?.points ?? .zero
  }
}

/// What becomes of points that come back after they were spent (P3).
struct RestoredPoints {
  var restored: [LotShare] = []
  var afterExpiry: AfterExpiry?
  var graced: [LotShare] = []
  var forfeited: [LotShare] = []
}

extension View {
  /// Where `points` of what was spent go, `before` having come back already.
  func restoring(
    _ spent: [LotShare], _ points: Points, after before: Points, _ asking: Asking
  ) throws(Undecided) -> RestoredPoints {
    let left = spent.total - before
    guard left > .zero, points <= left else { throw .refused(Refusal(.refundAboveSpend, "left", left.count)) }
    // What was spent last comes back first: it expires latest.
    let (untouched, _) = spent.split(at: left)
    let (_, returning) = untouched.split(at: left - points)
    let (late, restored) = returning.returned(at: asking.at, zone)
    var back = RestoredPoints(restored: restored)
    for share in late {
      guard let definition = try rule(share.rule)?.version(share.ruleVersion)?.definition else {
        throw .refused(Refusal(.ruleUnknown))
      }
      switch definition.afterExpiry {
      case .forfeit: back.forfeited.append(share)
      case .grace:
        let days = Int(definition.graceDays ?? 0)
        back.graced.append(LotShare(share, points: share.points, expires: asking.day.adding(days: days)))
      }
      let policy = definition.afterExpiry
      back.afterExpiry = back.afterExpiry == nil || back.afterExpiry == policy ? policy : .grace
    }
    return back
  }
}

extension View {
  /// The lots that a command spent of this member, and where.
  fileprivate func spending(
    _ command: CommandID, of member: MemberID, at instant: Instant
  ) throws(Undecided) -> (lots: [LotShare], organisation: OrganisationID) {
    let identities = try identities(of: member)
    for record in try events(of: command) {
      guard case .points(let event) = record.event, let spent = event.spending, let spender = event.member,
        identities.contains(spender)
      else { continue }
      try require("the spending", since: record.at, at: instant)
      return spent
    }
    throw .refused(Refusal(.notASpend))
  }
}

extension PointsEvent {
  /// The lots that this event spent, and where.
  fileprivate var spending: (lots: [LotShare], organisation: OrganisationID)? {
    switch self {
    case .spent(let event): (event.lots, event.organisation)
    case .captured(let event): (event.lots, event.organisation)
    case .ruleDefined, .earned, .held, .released, .lapsed, .refunded, .expired, .moved, .forfeited,
      .merged, .activated, .cancelled, .clawedBack, .expiryNoticed, .extensionGranted, .extended, .adjusted,
      .grantReversed, .spendingReversed:
      nil
    }
  }
}

extension View {
  /// The member as one who may use points: active, or gone with the points kept.
  func spender(_ id: MemberID, at instant: Instant) throws(Undecided) -> Member {
    let member = try knownMember(id)
    try require("the member", since: member.since, at: instant)
    guard member.left != .forfeit else { throw .refused(Refusal(.memberLeft)) }
    return member
  }

  fileprivate func openHold(
    _ hold: CommandID, of member: MemberID, at instant: Instant
  ) throws(Undecided) -> (Wallet, Hold) {
    guard let wallet = try wallet(member), let open = wallet.holds.first(where: { $0.hold == hold }) else {
      throw .refused(Refusal(.noOpenHold))
    }
    try require("the hold", since: open.since, at: instant)
    return (wallet, open)
  }
}
