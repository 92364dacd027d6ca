// How a command becomes events: clocks, authority, what is due, the benefit's decision, the fold. The only place where
// a command meets the book. Storing the events is the ledger's affair.

/// What came of deciding a command.
package enum Decision: Sendable {
  /// Its events, applied to the book.
  case events([EventRecord])
  /// Entities to load before it can be decided.
  case missing([EntityKey])
}

/// What the ledger says of the commit in which a command is decided.
package struct Recording: Sendable {
  /// The ledger's clock.
  package var recordedAt: Instant
  /// The position of the next event.
  package var position: Int64
  /// Who brought the command.
  package var via: FreeText?

  package init(recordedAt: Instant, position: Int64, via: FreeText? = nil) {
    self.recordedAt = recordedAt
    self.position = position
    self.via = via
  }
}

extension Book {
  /// How far `at` may lie after the ledger's clock (L3), in milliseconds.
  package static let futureToleranceMilliseconds: Int64 = 300_000

  /// Decides a command and applies its events; a refusal is an event too. When something is missing the book is as
  /// it was before.
  package mutating func decide(_ command: Command, _ recording: Recording) -> Decision {
    let isInGroup = isMarked
    let mark = setMark()
    defer { if !isInGroup { dropMark() } }
    do throws(Undecided) {
      let records = try decideOrRefuse(command, recording, isInGroup: isInGroup)
      returnRecalled()
      return .events(records)
    } catch {
      rollBack(to: mark)
      switch error {
      case .missing(let keys): return .missing(keys)
      case .refused(let refusal):
        let refused = CommandRefused(
          request: command.body.withSealedSecret, code: refusal.code,
          details: RefusalDetails(list: refusal.details))
        var records: [EventRecord] = []
        do throws(Undecided) {
          try append(.commandRefused(refused), at: command.at, command, recording, to: &records)
        } catch { preconditionFailure("a refusal touches nothing, so nothing can be missing") }
        returnRecalled()
        return .events(records)
      }
    }
  }

  private mutating func decideOrRefuse(
    _ command: Command, _ recording: Recording, isInGroup: Bool
  ) throws(Undecided) -> [EventRecord] {
    var records: [EventRecord] = []
    if case .ledger(.open(let opening)) = command.body {
      try append(
        .ledger(try opening.decide(View(self, opening.zone))), at: command.at, command, recording,
        to: &records)
      return records
    }
    guard let ledger else { preconditionFailure("a ledger decides only after it was opened") }
    let zone = ledger.zone
    guard command.at.milliseconds <= recording.recordedAt.milliseconds + Self.futureToleranceMilliseconds
    else {
      throw .refused(Refusal(.timeInFuture, "now", recording.recordedAt.description))
    }
    let asking = Asking(
      command: command.id, actor: command.actor, at: command.at, day: zone.day(of: command.at))
    if let closed = ledger.closedThrough, asking.day <= closed {
      throw .refused(Refusal(.periodClosed, "through", closed.description))
    }
    try View(self, zone).authorise(command.body, asking)
    let due = try command.body.dueInstant(View(self, zone)) ?? command.at
    try applyDue(before: command.body, by: due, command, zone, recording, to: &records)
    try decideBody(command.body, command, asking, zone, recording, isInGroup: isInGroup, to: &records)
    try passOn(command, zone, recording, to: &records)
    for alarm in alarms(after: records) {
      try append(.fund(alarm), at: command.at, command, recording, to: &records)
    }
    return records
  }

  /// Applies what fell due by a time on the wallets and coupons that a command touches.
  private mutating func applyDue(
    before body: CommandBody, by instant: Instant, _ command: Command, _ zone: Zone, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    let wallets = try body.wallets(View(self, zone))
    let holdings = try body.couponHoldings(View(self, zone))
    try requireLoaded(wallets, holdings)
    for member in wallets { try applyDue(member, by: instant, command, zone, recording, to: &records) }
    for holding in holdings { try applyDue(holding, by: instant, command, zone, recording, to: &records) }
  }

  /// Asks for all that is missing at once: a chunk names 500 members, and would be decided anew for each of them.
  private func requireLoaded(_ members: [MemberID], _ holdings: [CampaignMember]) throws(Undecided) {
    if isComplete { return }
    var missing: Set<EntityKey> = []
    for member in members {
      for key in [EntityKey.wallet(member), .member(member)] where !isLoaded(key) { missing.insert(key) }
    }
    for holding in holdings {
      for key in [EntityKey.couponHolding(holding), .member(holding.second)] where !isLoaded(key) {
        missing.insert(key)
      }
    }
    guard missing.isEmpty else { throw .missing(Array(missing)) }
  }

  /// Applies what fell due on a wallet by a time, each at its boundary instant (L10).
  private mutating func applyDue(
    _ member: MemberID, by instant: Instant, _ command: Command, _ zone: Zone, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    while true {
      let view = View(self, zone)
      guard let wallet = try view.wallet(member), let owner = try view.member(member),
        let due = wallet.due(member, of: owner.organisation, at: instant, zone)
      else { return }
      // A closed period takes no more events, not even those that nobody asked for.
      if let openSince = ledger?.openSince, due.at < openSince {
        let event = due.event.occurred(on: zone.day(of: due.at))
        try append(.points(event), at: openSince, command, recording, to: &records)
      } else {
        try append(.points(due.event), at: due.at, command, recording, to: &records)
      }
    }
  }

  /// Applies what fell due on a member's coupons by a time, likewise.
  private mutating func applyDue(
    _ id: CampaignMember, by instant: Instant, _ command: Command, _ zone: Zone, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    while true {
      let view = View(self, zone)
      guard let holding = try view.couponHolding(id), let campaign = try view.campaign(id.first),
        let due = holding.due(id, of: campaign, at: instant)
      else { return }
      if let openSince = ledger?.openSince, due.at < openSince {
        let event = due.event.occurred(on: zone.day(of: due.at))
        try append(.coupon(event), at: openSince, command, recording, to: &records)
      } else {
        try append(.coupon(due.event), at: due.at, command, recording, to: &records)
      }
    }
  }

  /// Applies, in memory only, what has fallen due on a member's coupons by an instant and what follows from it, as if a
  /// command had recorded it (L10). Answers what must be loaded first; then the book is as it was before.
  package mutating func fallDue(on holding: CampaignMember, by instant: Instant) -> [EntityKey] {
    guard let zone = ledger?.zone else { return [.ledger] }
    let due = Command(
      id: CommandID(unchecked: "due"), at: instant, actor: .blank, .ledger(.open(.blank)))
    let recording = Recording(recordedAt: instant, position: 1)
    let mark = setMark()
    defer { dropMark() }
    var records: [EventRecord] = []
    do throws(Undecided) {
      try applyDue(holding, by: instant, due, zone, recording, to: &records)
      try passOn(due, zone, recording, to: &records)
      return []
    } catch {
      rollBack(to: mark)
      switch error {
      case .missing(let keys): return keys
      case .refused: preconditionFailure("what falls due is never refused")
      }
    }
  }

  /// - Parameter body: the command's own, or, when that grants an approval, what has been waiting.
  private mutating func decideBody(
    _ body: CommandBody, _ command: Command, _ asking: Asking, _ zone: Zone, _ recording: Recording,
    isInGroup: Bool,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    switch body {
    case .ledger(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.ledger, command, recording, to: &records)
    case .actor(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.actor, command, recording, to: &records)
    case .organisation(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try View(self, zone).allow(event)
        try append(.organisation(event), at: command.at, command, recording, to: &records)
      }
    case .station(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try View(self, zone).allow(event)
        try append(.station(event), at: command.at, command, recording, to: &records)
      }
    case .member(let body):
      for event in try body.decide(asking, View(self, zone)) {
        let points = try View(self, zone).pointsFollowing(event, at: command.at)
        let coupons = try View(self, zone).couponsFollowing(event, at: command.at)
        try append(.member(event), at: command.at, command, recording, to: &records)
        try append(points, Event.points, command, recording, to: &records)
        try append(coupons, Event.coupon, command, recording, to: &records)
      }
    case .points(let body):
      let events = try body.decide(asking, View(self, zone))
      for (index, event) in events.enumerated() {
        // Of members' points there is the most to remember, and after the last event nothing can go wrong.
        let isFinal = !isInGroup && index == events.count - 1
        try append(.points(event), at: command.at, command, recording, isFinal: isFinal, to: &records)
      }
    case .fund(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.fund, command, recording, to: &records)
    case .party(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.party, command, recording, to: &records)
    case .merchant(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.merchant, command, recording, to: &records)
    case .payable(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.payable, command, recording, to: &records)
    case .campaign(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.campaign, command, recording, to: &records)
    case .coupon(.grant(let data)):
      let held = try data.decide(asking, View(self, zone))
      let opened = JobOpened(job: command.id, request: body)
      try append(.job(.opened(opened)), at: command.at, command, recording, to: &records)
      try append(.coupon(held), at: command.at, command, recording, to: &records)
    case .coupon(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.coupon, command, recording, to: &records)
    case .activity(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try appendGiving(event, command, asking, zone, recording, to: &records)
      }
    case .gift(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.gift, command, recording, to: &records)
    case .grant(let body):
      let events = try body.decide(asking, View(self, zone))
      try append(events, Event.grant, command, recording, to: &records)
    case .job(let body):
      for event in try body.decide(asking, dueEvents: Int64(records.count), View(self, zone)) {
        let following = try View(self, zone).couponsFollowing(event, asking)
        try append(.job(event), at: command.at, command, recording, to: &records)
        try append(following, Event.coupon, command, recording, to: &records)
      }
    case .approval(let body):
      for event in try body.decide(asking, via: recording.via, View(self, zone)) {
        try append(.approval(event), at: command.at, command, recording, to: &records)
      }
      if case .grant(let data) = body {
        let waiting = try View(self, zone).knownApproval(data.approval)
        var granted = asking
        granted.isApproved = true
        try decideBody(
          waiting.request, command, granted, zone, recording, isInGroup: isInGroup, to: &records)
      }
    }
  }

  /// Appends an activity's event and what it gives. Where the event can happen without a reward that is refused, it does,
  /// and says so; else the refusal of the reward refuses all.
  private mutating func appendGiving(
    _ decided: ActivityEvent, _ command: Command, _ asking: Asking, _ zone: Zone, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    var event = decided
    let before = records.count
    while true {
      let mark = setMark()
      try append(.activity(event), at: command.at, command, recording, to: &records)
      try requireLoaded(event.rewards.map(\.member), [])
      var withheld: ActivityEvent?
      for (number, body) in event.rewardCommands.enumerated() where withheld == nil {
        do throws(Undecided) {
          try decideFollowing(body, command, asking, zone, recording, to: &records)
        } catch {
          guard case .refused(let refusal) = error, let other = event.withholding(number, refusal.code) else {
            throw error
          }
          withheld = other
        }
      }
      guard let next = withheld else { return }
      event = next
      rollBack(to: mark)
      records.removeSubrange(before...)
    }
  }

  /// What came back to funds that are closed goes on from there, also from a closed fund to the next (F1).
  private mutating func passOn(
    _ command: Command, _ zone: Zone, _ recording: Recording, to records: inout [EventRecord]
  ) throws(Undecided) {
    var next = 0
    while next < records.count {
      for fund in records[next].fundsReached {
        while let event = try View(self, zone).passedOn(from: fund, command.id) {
          try append(.fund(event), at: command.at, command, recording, to: &records)
        }
      }
      next += 1
    }
  }

  /// Decides what follows from an event of the command; it may be followed by more, so nothing of it is final.
  private mutating func decideFollowing(
    _ body: CommandBody, _ command: Command, _ asking: Asking, _ zone: Zone, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    try applyDue(before: body, by: command.at, command, zone, recording, to: &records)
    try decideBody(body, command, asking, zone, recording, isInGroup: true, to: &records)
  }

  /// Appends what a benefit decided, at the command's time.
  private mutating func append<Decided>(
    _ events: [Decided], _ sum: (Decided) -> Event, _ command: Command, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    for event in events { try append(sum(event), at: command.at, command, recording, to: &records) }
  }

  /// Puts an event into its envelope and applies it. In a cache, everything it changes must have been loaded.
  ///
  /// - Parameter isFinal: nothing will be rolled back once this event is applied.
  private mutating func append(
    _ event: Event, at instant: Instant, _ command: Command, _ recording: Recording, isFinal: Bool = false,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    let legs = event.legs
    var absent: [EntityKey] = []
    if !isComplete { event.touches(legs) { key in if !isLoaded(key) { absent.append(key) } } }
    guard absent.isEmpty else { throw .missing(absent) }
    var record = EventRecord()
    record.position = recording.position + Int64(records.count)
    record.recordedAt = recording.recordedAt
    record.at = instant
    record.command = command.id
    record.actor = command.actor
    record.via = recording.via
    record.channel = command.channel
    record.group = command.group
    if case .points(let event) = event {
      record.reverses = position(of: event.reverses, pointsOf: event.member)
      record.corrects = position(of: event.corrects, pointsOf: event.member)
    }
    if case .coupon(let event) = event, let command = event.reverses {
      record.reverses = recalled[command]?.first { $0.event.isRedemption }?.position
    }
    record.previous = event.subjects.map { lastPosition(of: $0) }
    record.event = event
    if let (unit, sum) = legs.imbalance {
      preconditionFailure("the legs of \(event.type.name) in \(unit) sum to \(sum), not to zero")
    }
    if isFinal { dropMark() }
    fold(event, legs, record.stamp)
    records.append(record)
  }
}

extension Book {
  /// Where the event stands that answered a command about a member's points; the decision has read it.
  private func position(of command: CommandID?, pointsOf member: MemberID?) -> Int64? {
    guard let command, let member else { return nil }
    let identities = identities(of: member)
    return recalled[command]?.first { $0.event.isAbout(pointsOf: identities) }?.position
  }

  /// The ids under which the log may speak of a member who is loaded.
  func identities(of id: MemberID) -> [MemberID] { [id] + (members[id]?.mergedFrom ?? []) }
}

extension View {
  /// Whether the actor may issue this command on that day, there (L9, L9a).
  fileprivate func authorise(_ body: CommandBody, _ asking: Asking) throws(Undecided) {
    if case .approval(let command) = body { return try authorise(command, asking) }
    try authorise(asking, body.type.roles, over: try scope(of: body))
  }

  /// What waits needs its own role from the actor who opens; who grants or denies is an approver in its place, or, to
  /// take it back, the opener.
  private func authorise(_ command: ApprovalCommand, _ asking: Asking) throws(Undecided) {
    switch command {
    case .open(let data):
      guard data.request.canWait else {
        throw .refused(Refusal(.approvalNotPossible, "type", data.request.type.name))
      }
      try authorise(data.request, asking)
    case .grant(let data):
      let waiting = try knownApproval(data.approval)
      try authorise(asking, command.type.roles, over: try scope(of: waiting.request))
      var opener = asking
      opener.actor = waiting.opener
      try authorise(waiting.request, opener)
    case .deny(let data):
      let waiting = try knownApproval(data.approval)
      if waiting.opener == asking.actor { return }
      try authorise(asking, command.type.roles, over: try scope(of: waiting.request))
    }
  }

  /// The organisations over which a command needs its role; none is the whole ledger.
  private func scope(of body: CommandBody) throws(Undecided) -> [OrganisationID] {
    switch body {
    case .ledger, .approval: []
    case .job(let command): try command.scope(self)
    case .actor(.grantRole(let data)): data.organisation.map { [$0] } ?? []
    case .actor(.revokeRole(let data)): data.organisation.map { [$0] } ?? []
    case .actor(.register): []
    case .organisation(let command): command.scope()
    case .station(let command): try command.scope(self)
    case .member(let command): try command.scope(self)
    case .fund(let command): try command.scope(self)
    case .party(let command): try command.scope(self)
    case .merchant(let command): try command.scope(self)
    case .payable(let command): try command.scope(self)
    case .campaign(let command): try command.scope(self)
    case .coupon(let command): try command.scope(self)
    case .activity(let command): try command.scope(self)
    case .gift(let command): try command.scope(self)
    case .grant(let command): try command.scope(self)
    case .points(let command): try command.scope(self)
    }
  }
}
