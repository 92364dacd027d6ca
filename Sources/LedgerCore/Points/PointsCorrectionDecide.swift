// What is allowed where points should not be as they are (P7, P9-P12, L6), one function a command. What is asked every
// day is decided in PointsDecide.

extension CancelPoints {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    let owner = try view.knownMember(member)
    let earned = try view.earning(earning, of: member, at: asking.at)
    guard let wallet = try view.wallet(member),
      let open = wallet.pending.first(where: { $0.isPart(of: earned.lot, earning) }),
      open.share.points <= earned.credited - wallet.takenBack(of: earning)
    else { throw .refused(Refusal(.nothingPending)) }
    return .cancelled(
      PointsCancelled(
        request: self, organisation: owner.organisation, lot: open.share,
        pending: wallet.pendingPoints - open.share.points))
  }
}

extension ClawBackPoints {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    try asking.require(occurredOn)
    let owner = try view.knownMember(member)
    let earned = try view.earning(earning, of: member, at: asking.at)
    let wallet = try view.wallet(member) ?? Wallet()
    let left = earned.credited - wallet.takenBack(of: earning)
    guard left > .zero, points ?? left <= left else {
      throw .refused(Refusal(.takenBackAboveEarning, "left", left.count))
    }
    let wanted = points ?? left
    let taken = try wallet.takeBack(wanted, of: earning, from: earned.lot, asking, view.zone)
    return .clawedBack(
      PointsClawedBack(
        request: self, organisation: owner.organisation, clawedBack: wanted, lots: taken.lots,
        whilePending: taken.pending.map { [$0] }, shortfall: taken.shortfall,
        available: wallet.available - taken.lots.total,
        pending: taken.pending.map { wallet.pendingPoints - $0.lot.points },
        debt: taken.shortfall.map { wallet.debt + $0 }))
  }
}

extension AdjustPoints {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    try asking.require(occurredOn)
    let owner = try view.spender(member, at: asking.at)
    if let corrects {
      let records = try view.events(of: corrects)
      let identities = try view.identities(of: member)
      guard let record = records.first(where: { $0.event.isAbout(pointsOf: identities) }) else {
        throw .refused(Refusal(.correctsNothing))
      }
      try asking.require("what it corrects", since: record.at)
    }
    guard let definition = try view.rule(rule)?.version(on: asking.day, at: asking.at)?.definition else {
      throw .refused(Refusal(.ruleUnknown))
    }
    let amount = points < .zero ? .zero - points : points
    try asking.requireSecondActor(for: amount, above: view.ledger?.limits(at: asking.at).adjustment ?? .zero)
    let wallet = try view.wallet(member) ?? Wallet()
    var adjusted = PointsAdjusted(
      request: self, organisation: owner.organisation, available: wallet.available + points)
    guard adjusted.gives else {
      adjusted.lots = try wallet.pick(amount, asking, view.zone)
      return .adjusted(adjusted)
    }
    let expires = definition.validity.lastDay(earnedOn: asking.day)
    adjusted.lots = [
      LotShare(
        rule: rule, ruleVersion: definition.ruleVersion, day: asking.day, expires: expires, points: points,
        noticeOn: definition.noticeOn(expires: expires, notBefore: asking.day.next))
    ]
    let paid = wallet.repayment(of: points, at: asking.at)
    guard !paid.isEmpty else { return .adjusted(adjusted) }
    adjusted.debtPaid = paid
    adjusted.debt = wallet.debt - paid.total
    adjusted.available = adjusted.available - paid.total
    return .adjusted(adjusted)
  }
}

extension ReversePoints {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    try asking.require(occurredOn)
    let owner = try view.knownMember(member)
    let identities = try view.identities(of: member)
    for record in try view.events(of: event) {
      guard case .points(let original) = record.event, let theirs = original.member,
        identities.contains(theirs)
      else { continue }
      switch original {
      case .earned(let earned):
        try asking.require("the earning", since: record.at)
        return try reverse(.earning, earned.lot, owner, asking, view)
      case .adjusted(let adjusted):
        try asking.require("the adjustment", since: record.at)
        if adjusted.gives, let lot = adjusted.lots.first {
          return try reverse(.adjustment, lot, owner, asking, view)
        }
        return try reverse(.adjustment, adjusted.lots, adjusted.organisation, asking, view)
      case .spent(let spent):
        try asking.require("the spending", since: record.at)
        return try reverse(.spending, spent.lots, spent.organisation, asking, view)
      case .captured(let captured):
        try asking.require("the capture", since: record.at)
        return try reverse(.capture, captured.lots, captured.organisation, asking, view)
      case .ruleDefined, .held, .released, .lapsed, .refunded, .expired, .moved, .forfeited, .merged,
        .activated,
        .cancelled, .clawedBack, .expiryNoticed, .extensionGranted, .extended, .grantReversed,
        .spendingReversed:
        continue
      }
    }
    throw .refused(Refusal(.notReversible))
  }

  /// Takes back what was given into a lot.
  private func reverse(
    _ kind: ReversedKind, _ lot: LotShare, _ owner: Member, _ asking: Asking, _ view: View
  ) throws(Undecided) -> PointsEvent {
    let wallet = try view.wallet(member) ?? Wallet()
    let left = lot.points - wallet.takenBack(of: event)
    let wanted = points ?? left
    guard left > .zero, wanted <= left else {
      throw .refused(Refusal(.takenBackAboveEarning, "left", left.count))
    }
    try asking.requireSecondActor(for: wanted, above: view.ledger?.limits(at: asking.at).reversal ?? .zero)
    let taken = try wallet.takeBack(wanted, of: event, from: lot, asking, view.zone)
    return .grantReversed(
      PointsGrantReversed(
        request: self, kind: kind, organisation: owner.organisation, reversed: wanted, lots: taken.lots,
        whilePending: taken.pending.map { [$0] }, shortfall: taken.shortfall,
        uncounted: kind == .earning ? LotShare(lot, points: wanted, expires: lot.expires) : nil,
        available: wallet.available - taken.lots.total,
        pending: taken.pending.map { wallet.pendingPoints - $0.lot.points },
        debt: taken.shortfall.map { wallet.debt + $0 }))
  }

  /// Gives back what was taken out of lots.
  private func reverse(
    _ kind: ReversedKind, _ lots: [LotShare], _ organisation: OrganisationID, _ asking: Asking, _ view: View
  ) throws(Undecided) -> PointsEvent {
    let owner = try view.spender(member, at: asking.at)
    let wallet = try view.wallet(member) ?? Wallet()
    let before = wallet.refunded(of: event)
    let wanted = points ?? lots.total - before
    let back = try view.restoring(lots, wanted, after: before, asking)
    try asking.requireSecondActor(for: wanted, above: view.ledger?.limits(at: asking.at).reversal ?? .zero)
    return .spendingReversed(
      PointsSpendingReversed(
        request: self, kind: kind, organisation: owner.organisation, spentOrganisation: organisation,
        restored: back.restored, afterExpiry: back.afterExpiry, graced: back.graced,
        forfeited: back.forfeited, refunded: before + wanted,
        available: wallet.available + back.restored.total + back.graced.total))
  }
}

extension ExtendPoints {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [PointsEvent] {
    let owner = try view.spender(member, at: asking.at)
    guard until > expires else {
      throw .refused(Refusal(.extensionNotLater, "expires", expires.description))
    }
    let wallet = try view.wallet(member) ?? Wallet()
    let parts = try parts(of: wallet, asking, view)
    guard !parts.isEmpty, view.zone.end(of: expires) > asking.at else {
      throw .refused(Refusal(.nothingToExtend))
    }
    try asking.requireSecondActor(for: Points(count: 1), above: .zero)
    let granted = PointsExtensionGranted(
      request: self, organisation: owner.organisation,
      points: parts.reduce(.zero) { $0 + $1.lot.points })
    var events = [PointsExtended(member: member, organisation: owner.organisation, expires: expires)]
    var weight = 0
    for part in parts {
      if weight + part.weight > Wallet.mostLotsAnEvent {
        events.append(PointsExtended(member: member, organisation: owner.organisation, expires: expires))
        weight = 0
      }
      weight += part.weight
      part.join(&events[events.count - 1])
    }
    return [.extensionGranted(granted)] + events.map(PointsEvent.extended)
  }

  /// What of the wallet has this expiry, with the new one.
  private func parts(of wallet: Wallet, _ asking: Asking, _ view: View) throws(Undecided) -> [ExtensionPart] {
    var parts: [ExtensionPart] = []
    for lot in wallet.lots where lot.left > .zero && lot.expires == expires && isOfRule(lot.rule) {
      try asking.require("a lot of points", since: lot.since)
      let share = LotShare(lot, points: lot.left)
      parts.append(.lot(try extended(share, notBefore: asking.day.next, view)))
    }
    for hold in wallet.holds {
      for share in hold.shares where share.expires == expires && isOfRule(share.rule) {
        try asking.require("a hold", since: hold.since)
        let lot = try extended(share, notBefore: asking.day.next, view)
        parts.append(.held(HeldShare(hold: hold.hold, lot: lot)))
      }
    }
    for earning in wallet.pending where earning.share.expires == expires && isOfRule(earning.share.rule) {
      try asking.require("an earning", since: earning.since)
      let lot = try extended(earning.share, notBefore: earning.activeOn, view)
      parts.append(.pending(PendingShare(earning: earning.earning, lot: lot)))
    }
    return parts
  }

  private func isOfRule(_ other: RuleID) -> Bool { rule.map { $0 == other } ?? true }

  /// The share with the new expiry, of which the member is told anew.
  private func extended(
    _ share: LotShare, notBefore first: CivilDay, _ view: View
  ) throws(Undecided) -> LotShare {
    var later = LotShare(share, points: share.points, expires: until)
    let definition = try view.rule(share.rule)?.version(share.ruleVersion)?.definition
    later.noticeOn = definition?.noticeOn(expires: until, notBefore: first)
    return later
  }
}

/// One thing whose expiry an extension changes.
private enum ExtensionPart {
  case lot(LotShare)
  case held(HeldShare)
  case pending(PendingShare)

  var lot: LotShare {
    switch self {
    case .lot(let share): share
    case .held(let share): share.lot
    case .pending(let share): share.lot
    }
  }

  /// How much of a record it takes, counted in lots: one that names a command too takes up to 930 bytes.
  var weight: Int {
    switch self {
    case .lot: 1
    case .held, .pending: 3
    }
  }

  func join(_ event: inout PointsExtended) {
    switch self {
    case .lot(let share): event.lots.append(share)
    case .held(let share): event.held.append(share)
    case .pending(let share): event.whilePending.append(share)
    }
  }
}

extension Event {
  /// Whether it answers a command about the points of a member with these ids.
  func isAbout(pointsOf identities: [MemberID]) -> Bool {
    guard case .points(let event) = self, let member = event.member else { return false }
    return identities.contains(member) && event.request != nil
  }
}

/// What taking points back finds.
struct TakenBack {
  var lots: [LotShare] = []
  var pending: PendingShare?
  /// What was used already.
  var shortfall: Points?
}

extension PendingEarning {
  /// Whether it is what a command gave under the lot's rule, perhaps with another expiry by now. An activity may give a
  /// member several earnings by one command, for the join and as a prize: then its first is meant by its id.
  fileprivate func isPart(of lot: LotShare, _ command: CommandID) -> Bool {
    earning == command && share.rule == lot.rule && share.ruleVersion == lot.ruleVersion
      && share.day == lot.day
  }
}

extension Wallet {
  /// How much of an earning was taken back so far.
  func takenBack(of earning: CommandID) -> Points {
    takenBack.first { $0.earning == earning }?.points ?? .zero
  }

  /// Finds `points` to take back (P9): what is pending of the earning, then its own lot, then other lots in spending
  /// order, all of them there and valid at the command's time. What holds set aside is not touched.
  func takeBack(
    _ points: Points, of earning: CommandID, from own: LotShare, _ asking: Asking, _ zone: Zone
  ) throws(Undecided) -> TakenBack {
    var taken = TakenBack()
    var open = points
    if let share = pending.first(where: { $0.isPart(of: own, earning) })?.share {
      let part = min(open, share.points)
      taken.pending = PendingShare(earning: earning, lot: LotShare(share, points: part))
      open -= part
    }
    let usable = lots.filter { $0.left > .zero && $0.isValid(at: asking.at, zone) }
    for lot in usable.filter({ $0.isLot(of: own) }) + usable.filter({ !$0.isLot(of: own) })
    where open > .zero {
      // A debt in place of points that are there would be wrong.
      try asking.require("a lot of points", since: lot.since)
      guard taken.lots.count < Self.mostLotsAnEvent else { throw .refused(.tooManyLots(points - open)) }
      let part = min(open, lot.left)
      taken.lots.append(LotShare(lot, points: part))
      open -= part
    }
    taken.shortfall = open > .zero ? open : nil
    return taken
  }
}

extension View {
  /// The earning that a command made, which must be this member's and have happened.
  func earning(
    _ command: CommandID, of member: MemberID, at instant: Instant
  ) throws(Undecided) -> PointsEarned {
    let identities = try identities(of: member)
    for record in try events(of: command) {
      guard case .points(.earned(let earned)) = record.event, identities.contains(earned.request.member)
      else { continue }
      try require("the earning", since: record.at, at: instant)
      return earned
    }
    throw .refused(Refusal(.notAnEarning))
  }
}

extension Asking {
  /// L4: a memo of when something occurred outside cannot lie after the command.
  func require(_ occurredOn: CivilDay?) throws(Undecided) {
    guard let occurredOn, occurredOn > day else { return }
    throw .refused(Refusal(.timeOccurredLater, "day", day.description))
  }

  /// L6, P10: what one actor may not do alone must have been granted by a second one.
  func requireSecondActor(for points: Points, above limit: Points) throws(Undecided) {
    guard isApproved || points <= limit else {
      throw .refused(Refusal(.approvalNeeded, "limit", limit.count))
    }
  }

  /// L3: a command may use only what exists at its `at`.
  func require(_ cause: String, since: Instant) throws(Undecided) {
    guard since <= at else { throw .refused(.beforeCause(cause, since: since)) }
  }
}
