// What an event did to one member's points, told for people: by how much, and why. How a wallet changes is in Wallet;
// this only describes, and a statement checks one against the other.

/// One event of a member's points as a statement shows it.
package struct PointsMovement: Equatable, Sendable {
  /// What happened, with what a person needs to recognise it.
  package enum Story: Equatable, Sendable {
    case earned(
      rule: RuleID, version: Int64, quantity: Int64, capped: Points, by: String?, activeOn: CivilDay?)
    case spent
    case held(deadline: Instant)
    case captured(hold: CommandID, points: Points, released: Points, expired: Points)
    case released(hold: CommandID, expired: Points)
    case lapsed(hold: CommandID, expired: Points)
    case refunded(spending: CommandID, points: Points, graced: Points, forfeited: Points)
    case expired
    case moved(from: OrganisationID, to: OrganisationID)
    case forfeited
    case mergedInto(MemberID)
    case mergedFrom(MemberID)
    case activated
    case cancelled(earning: CommandID)
    case clawedBack(earning: CommandID, points: Points)
    /// What the lots that expire after a day hold.
    case expiryNoticed(points: Points, expires: CivilDay?)
    case extensionGranted(points: Points, expires: CivilDay, until: CivilDay)
    case extended(points: Points)
    case adjusted(points: Points, reason: ReasonCode, corrects: CommandID?)
    case grantReversed(event: CommandID, points: Points)
    case spendingReversed(event: CommandID, points: Points, graced: Points, forfeited: Points)
  }

  package let story: Story
  /// By how much the event changes what can be spent.
  package let available: Points
  /// By how much the event changes what holds set aside.
  package let held: Points
  /// By how much the event changes what cannot be spent yet.
  package let pending: Points
  /// By how much the event changes what is owed.
  package let debt: Points
  /// What the event itself says is available after it; nil when it does not say.
  package let availableAfter: Points?
  /// What the event itself says is held after it; nil when it does not say.
  package let heldAfter: Points?
  /// What the event itself says is pending after it; nil when it does not say.
  package let pendingAfter: Points?
  /// What the event itself says is owed after it; nil when it does not say.
  package let debtAfter: Points?
  /// What was done, in the client's books.
  package let reference: Reference?

  private init(
    _ story: Story, available: Points = .zero, held: Points = .zero, pending: Points = .zero,
    debt: Points = .zero, availableAfter: Points? = nil, heldAfter: Points? = nil,
    pendingAfter: Points? = nil,
    debtAfter: Points? = nil, reference: Reference? = nil
  ) {
    self.story = story
    self.available = available
    self.held = held
    self.pending = pending
    self.debt = debt
    self.availableAfter = availableAfter
    self.heldAfter = heldAfter
    self.pendingAfter = pendingAfter
    self.debtAfter = debtAfter
    self.reference = reference
  }

  /// Points that left because their last day had passed, here or while they were held.
  package var expired: Points {
    switch story {
    case .expired: .zero - available - pending
    case .captured(_, _, _, let expired), .released(_, let expired), .lapsed(_, let expired): expired
    case .earned, .spent, .held, .refunded, .moved, .forfeited, .mergedInto, .mergedFrom, .activated,
      .cancelled, .clawedBack, .expiryNoticed, .extensionGranted, .extended, .adjusted, .grantReversed,
      .spendingReversed:
      .zero
    }
  }

  /// One word for machines: the event's name without its benefit.
  package var kind: String {
    switch story {
    case .earned: "earned"
    case .spent: "spent"
    case .held: "held"
    case .captured: "captured"
    case .released: "released"
    case .lapsed: "lapsed"
    case .refunded: "refunded"
    case .expired: "expired"
    case .moved: "moved"
    case .forfeited: "forfeited"
    case .mergedInto, .mergedFrom: "merged"
    case .activated: "activated"
    case .cancelled: "cancelled"
    case .clawedBack: "clawed-back"
    case .expiryNoticed: "expiry-noticed"
    case .extensionGranted: "extension-granted"
    case .extended: "extended"
    case .adjusted: "adjusted"
    case .grantReversed: "grant-reversed"
    case .spendingReversed: "spending-reversed"
    }
  }
}

extension PointsMovement {
  /// What an event did to the points of `member`, one of those it is about; nil for an event that is about none.
  init?(_ event: PointsEvent, of member: MemberID) {
    switch event {
    case .ruleDefined: return nil
    case .earned(let event):
      self.init(
        .earned(
          rule: event.request.rule, version: event.ruleVersion, quantity: event.request.quantity,
          capped: event.capped ?? .zero, by: event.cappedBy?.rawValue, activeOn: event.activeOn),
        available: event.activeOn == nil ? event.credited - event.debtPaid.total : .zero,
        pending: event.activeOn == nil ? .zero : event.credited, debt: .zero - event.debtPaid.total,
        availableAfter: event.available, pendingAfter: event.pending, debtAfter: event.debt,
        reference: event.request.reference)
    case .spent(let event):
      self.init(
        .spent, available: .zero - event.lots.total, availableAfter: event.available,
        reference: event.request.reference)
    case .held(let event):
      self.init(
        .held(deadline: event.request.deadline), available: .zero - event.lots.total, held: event.lots.total,
        availableAfter: event.available, heldAfter: event.held, reference: event.request.reference)
    case .captured(let event):
      let (captured, released, expired) = (event.lots.total, event.released.total, event.expired.total)
      self.init(
        .captured(hold: event.request.hold, points: captured, released: released, expired: expired),
        available: released, held: .zero - captured - released - expired, availableAfter: event.available,
        heldAfter: event.held)
    case .released(let event):
      let (released, expired) = (event.released.total, event.expired.total)
      self.init(
        .released(hold: event.request.hold, expired: expired), available: released,
        held: .zero - released - expired, availableAfter: event.available, heldAfter: event.held)
    case .lapsed(let event):
      let (released, expired) = (event.released.total, event.expired.total)
      self.init(
        .lapsed(hold: event.hold, expired: expired), available: released, held: .zero - released - expired,
        availableAfter: event.available, heldAfter: event.held)
    case .refunded(let event):
      let (restored, graced) = (event.restored.total, event.graced.total)
      self.init(
        .refunded(
          spending: event.request.spending, points: event.request.points, graced: graced,
          forfeited: event.forfeited.total),
        available: restored + graced, availableAfter: event.available, reference: event.request.reference)
    case .expired(let event):
      self.init(
        .expired, available: .zero - event.lots.total, pending: .zero - event.whilePending.total,
        availableAfter: event.available, pendingAfter: event.pending)
    case .merged(let event):
      let (held, pending, debt) = (event.heldMoved, event.pendingMoved, event.debtMoved)
      if member == event.into {
        self.init(
          .mergedFrom(event.member), available: event.lots.total, held: held, pending: pending, debt: debt,
          availableAfter: event.available, heldAfter: event.held, pendingAfter: event.pending,
          debtAfter: event.debt)
      } else {
        self.init(
          .mergedInto(event.into), available: .zero - event.lots.total, held: .zero - held,
          pending: .zero - pending, debt: .zero - debt)
      }
    case .moved(let event): self.init(.moved(from: event.from, to: event.to))
    case .forfeited(let event):
      self.init(
        .forfeited, available: .zero - event.lots.total, pending: .zero - event.whilePending.total,
        availableAfter: event.available, pendingAfter: event.pending)
    case .activated(let event):
      let paid = event.debtPaid.total
      self.init(
        .activated, available: event.lots.total, pending: .zero - event.lots.total - paid, debt: .zero - paid,
        availableAfter: event.available, pendingAfter: event.pending, debtAfter: event.debt)
    case .cancelled(let event):
      self.init(
        .cancelled(earning: event.request.earning), pending: .zero - event.lot.points,
        pendingAfter: event.pending)
    case .clawedBack(let event):
      self.init(
        .clawedBack(earning: event.request.earning, points: event.clawedBack),
        available: .zero - event.lots.total, pending: .zero - event.whilePending.total,
        debt: event.shortfall ?? .zero, availableAfter: event.available, pendingAfter: event.pending,
        debtAfter: event.debt)
    case .expiryNoticed(let event):
      self.init(.expiryNoticed(points: event.lots.total, expires: event.lots.compactMap(\.expires).max()))
    case .extensionGranted(let event):
      self.init(
        .extensionGranted(
          points: event.points, expires: event.request.expires, until: event.request.until))
    case .extended(let event):
      let elsewhere = event.held.map(\.lot) + event.whilePending.map(\.lot)
      self.init(.extended(points: event.lots.total + elsewhere.total))
    case .adjusted(let event):
      let paid = event.debtPaid.total
      self.init(
        .adjusted(
          points: event.request.points, reason: event.request.reason, corrects: event.request.corrects),
        available: event.request.points - paid, debt: .zero - paid, availableAfter: event.available,
        debtAfter: event.debt)
    case .grantReversed(let event):
      self.init(
        .grantReversed(event: event.request.event, points: event.reversed),
        available: .zero - event.lots.total, pending: .zero - event.whilePending.total,
        debt: event.shortfall ?? .zero, availableAfter: event.available, pendingAfter: event.pending,
        debtAfter: event.debt)
    case .spendingReversed(let event):
      let (restored, graced) = (event.restored.total, event.graced.total)
      self.init(
        .spendingReversed(
          event: event.request.event, points: event.total, graced: graced, forfeited: event.forfeited.total),
        available: restored + graced, availableAfter: event.available)
    }
  }
}

extension [DebtShare]? {
  fileprivate var total: Points { self?.total ?? .zero }
}

extension [PendingShare]? {
  fileprivate var total: Points { self?.total ?? .zero }
}

extension EventRecord {
  /// What it did to the points of `member`; nil when it is no event of theirs.
  package func pointsMovement(of member: MemberID) -> PointsMovement? {
    switch event {
    case .points(let event) where event.member == member || event.other == member:
      PointsMovement(event, of: member)
    case .ledger, .commandRefused, .actor, .organisation, .station, .member, .points, .fund, .party,
      .merchant,
      .payable, .campaign, .coupon, .activity, .gift, .grant, .approval, .job:
      nil
    }
  }
}
