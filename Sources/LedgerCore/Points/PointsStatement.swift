// A member's statement of points: opening, lines with running balances, closing, and whether all of it agrees. A pure
// function of the wallet's own history; reading that history is LedgerReader's, words for people are the tool's.

/// What can be spent, what is set aside, what cannot be spent yet and what is owed, at one moment.
package struct PointsBalance: Equatable, Sendable {
  package internal(set) var available = Points.zero
  package internal(set) var held = Points.zero
  package internal(set) var pending = Points.zero
  package internal(set) var debt = Points.zero

  package init() {}

  /// The sums over a wallet; nothing for a member without points.
  package init(_ wallet: Wallet?) {
    guard let wallet else { return }
    (available, held) = (wallet.available, wallet.held)
    (pending, debt) = (wallet.pendingPoints, wallet.debt)
  }

  mutating func add(_ movement: PointsMovement) {
    available += movement.available
    held += movement.held
    pending += movement.pending
    debt += movement.debt
  }
}

/// The movements of one wallet on a range of business days.
///
/// A movement belongs to the day of its `at` in the ledger's zone. The opening balance is the sum of all movements of
/// earlier days, the closing balance that of the days up to the last one: both as known now, whenever they were
/// recorded (the effective view, L3). So the opening balance of a day is the closing balance of the day before it.
/// Lines stand in the order of the log; one that happened before a line above it is marked late.
package struct PointsStatement: Equatable, Sendable {
  /// One event.
  package struct Line: Equatable, Sendable {
    package let position: Int64
    package let at: Instant
    package let recordedAt: Instant
    package let command: CommandID
    package let movement: PointsMovement
    /// After this line.
    package let balance: PointsBalance
    /// It happened before something that had been recorded before it.
    package let isLate: Bool
  }

  package private(set) var opening = PointsBalance()
  package private(set) var lines: [Line] = []
  package private(set) var closing = PointsBalance()
  /// The first event whose own balance is not the sum of the movements up to it; nil when all agree.
  package private(set) var firstDisagreement: Int64?

  /// - Parameters:
  ///   - history: all events of the wallet of `member`, in the order of the log.
  ///   - first, last: business days, both included; nil is no bound.
  package init(
    _ history: [EventRecord], of member: MemberID, _ zone: Zone, from first: CivilDay?,
    through last: CivilDay?
  ) {
    let included = history.compactMap { record in record.pointsMovement(of: member).map { (record, $0) } }
    for (record, movement) in included {
      if let first, zone.day(of: record.at) < first { opening.add(movement) }
    }
    closing = opening
    var recorded = PointsBalance()
    var latest = Instant.earliest
    for (record, movement) in included {
      recorded.add(movement)
      if firstDisagreement == nil, !recorded.agrees(with: movement) { firstDisagreement = record.position }
      let isLate = record.at < latest
      latest = max(latest, record.at)
      let day = zone.day(of: record.at)
      guard first.map({ $0 <= day }) ?? true, last.map({ day <= $0 }) ?? true else { continue }
      closing.add(movement)
      lines.append(
        Line(
          position: record.position, at: record.at, recordedAt: record.recordedAt, command: record.command,
          movement: movement, balance: closing, isLate: isLate))
    }
  }
}

extension PointsBalance {
  /// Whether it is the balance that the movement's event says stands after it.
  fileprivate func agrees(with movement: PointsMovement) -> Bool {
    (movement.availableAfter.map { $0 == available } ?? true)
      && (movement.heldAfter.map { $0 == held } ?? true)
      && (movement.pendingAfter.map { $0 == pending } ?? true)
      && (movement.debtAfter.map { $0 == debt } ?? true)
  }
}

/// What has fallen due on a wallet and is not recorded yet (L10).
package struct FallenDue: Sendable {
  /// The points with all of it counted as happened; nil for a member without points.
  package internal(set) var wallet: Wallet?
  /// In the order of their boundary instants.
  package internal(set) var movements: [(at: Instant, movement: PointsMovement)] = []

  /// Points that expired, in all.
  package var expired: Points { movements.reduce(.zero) { $0 + $1.movement.expired } }
  /// Points that are no longer pending and did not expire, in all.
  package var activated: Points {
    movements.reduce(.zero) { sum, due in
      if case .activated = due.movement.story { sum - due.movement.pending } else { sum }
    }
  }
  /// How many holds lapsed.
  package var lapsedHolds: Int {
    movements.count { if case .lapsed = $0.movement.story { true } else { false } }
  }
}
