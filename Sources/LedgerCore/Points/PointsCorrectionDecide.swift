// What is allowed where points should not be as they are (P7, P9-P12, L6), one function a command. What is asked every
// day is decided in PointsDecide.

extension CancelPoints {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PointsEvent {
    let owner = try view.knownMember(member)
    _ = try view.earning(earning, of: member, at: asking.at)
    guard let wallet = try view.wallet(member),
      let open = wallet.pending.first(where: { $0.earning == earning })
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

/// What taking points back finds.
struct TakenBack {
  var lots: [LotShare] = []
  var pending: PendingShare?
  /// What was used already.
  var shortfall: Points?
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
    if let share = pending.first(where: { $0.earning == earning })?.share {
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
    for record in try events(of: command) {
      guard case .points(.earned(let earned)) = record.event, earned.request.member == member else {
        continue
      }
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

  /// L3: a command may use only what exists at its `at`.
  func require(_ cause: String, since: Instant) throws(Undecided) {
    guard since <= at else { throw .refused(.beforeCause(cause, since: since)) }
  }
}
