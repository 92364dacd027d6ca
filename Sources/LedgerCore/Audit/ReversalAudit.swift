// What an auditor asks of an event that takes back or sets right another (L6): does it name an earlier event of the same
// member, and is no more taken back than there was. How the other event is found is Replay's.

extension EventRecord {
  /// The command whose event it takes back; nil for all others.
  package var reversesCommand: CommandID? {
    if case .points(let event) = event { return event.reverses }
    if case .coupon(let event) = event { return event.reverses }
    return nil
  }
}

extension Book {
  /// What is wrong with an event that takes back or sets right another, for people; nil when nothing is. The book has
  /// just folded it.
  ///
  /// - Parameters:
  ///   - find: the record at a position; nil when there is none.
  ///   - answer: the record that answers a command about points, for events that were recorded before the envelope
  ///     named positions.
  package func wrongReversal(
    _ record: EventRecord, find: (Int64) throws -> EventRecord?,
    answer: (CommandID) throws -> EventRecord?
  ) rethrows -> String? {
    if case .coupon(let event) = record.event { return try wrongReversal(record, of: event, find: find) }
    guard case .points(let event) = record.event, let member = event.member else {
      return record.reverses == nil && record.corrects == nil ? nil : "it can neither reverse nor correct"
    }
    let identities = identities(of: member)
    if let position = record.corrects {
      let original = position < record.position ? try find(position) : nil
      guard let original, original.event.isAbout(pointsOf: identities), original.command == event.corrects
      else {
        return "`corrects` names no earlier event of the same member"
      }
    } else if event.corrects != nil {
      return "`corrects` is missing"
    }
    guard let command = event.reverses else {
      return record.reverses == nil ? nil : "it reverses nothing, but `reverses` says so"
    }
    let original =
      try record.reverses.map { $0 < record.position ? try find($0) : nil } ?? answer(command)
    guard let original, original.event.isAbout(pointsOf: identities), original.command == command,
      original.position < record.position, case .points(let reversed) = original.event
    else { return "`reverses` names no earlier event of the same member" }
    let wallet = wallets[member] ?? Wallet()
    let (moved, back) =
      reversed.granted.map { ($0, wallet.takenBack(of: command)) }
      ?? (reversed.taken, wallet.refunded(of: command))
    return back > moved
      ? "\(back.count) points of event \(original.position) are taken back, which moved \(moved.count)" : nil
  }
}

extension Book {
  /// The same of a settled use of coupons: that it is taken back once only is kept by the member's coupons.
  private func wrongReversal(
    _ record: EventRecord, of event: CouponEvent, find: (Int64) throws -> EventRecord?
  ) rethrows -> String? {
    if record.corrects != nil { return "it can reverse, but correct nothing" }
    guard let command = event.reverses else {
      return record.reverses == nil ? nil : "it reverses nothing, but `reverses` says so"
    }
    let original = try record.reverses.flatMap { $0 < record.position ? try find($0) : nil }
    guard let original, original.command == command, original.event.isRedemption,
      case .coupon(let redemption) = original.event, redemption.holdings == event.holdings
    else { return "`reverses` names no earlier use of the same member's coupons" }
    let taken = event.holdings.first.flatMap { couponHoldings[$0] }?.rolledBack.count { $0 == command } ?? 0
    return taken > 1 ? "the use of event \(original.position) is taken back \(taken) times" : nil
  }
}

extension PointsEvent {
  /// What it gave, and can be taken back; nil for an event that gives nothing.
  fileprivate var granted: Points? {
    switch self {
    case .earned(let event): event.credited
    case .adjusted(let event): event.gives ? event.lots.total : nil
    case .ruleDefined, .spent, .held, .captured, .released, .lapsed, .refunded, .expired, .moved, .forfeited,
      .merged, .activated, .cancelled, .clawedBack, .expiryNoticed, .extensionGranted, .extended,
      .grantReversed,
      .spendingReversed:
      nil
    }
  }

  /// What it took, and can be given back; zero for an event that takes nothing so.
  fileprivate var taken: Points {
    switch self {
    case .spent(let event): event.lots.total
    case .captured(let event): event.lots.total
    case .adjusted(let event): event.gives ? .zero : event.lots.total
    case .ruleDefined, .earned, .held, .released, .lapsed, .refunded, .expired, .moved, .forfeited,
      .merged, .activated, .cancelled, .clawedBack, .expiryNoticed, .extensionGranted, .extended,
      .grantReversed,
      .spendingReversed:
      .zero
    }
  }
}
