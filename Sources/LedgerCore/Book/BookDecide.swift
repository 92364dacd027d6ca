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
    let mark = setMark()
    do throws(Undecided) {
      let records = try decideOrRefuse(command, recording)
      returnRecalled()
      return .events(records)
    } catch {
      rollBack(to: mark)
      switch error {
      case .missing(let keys): return .missing(keys)
      case .refused(let refusal):
        let refused = CommandRefused(
          request: command.body, code: refusal.code, details: RefusalDetails(list: refusal.details))
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
    _ command: Command, _ recording: Recording
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
    for member in command.body.wallets {
      try applyDue(member, command, zone, recording, to: &records)
    }
    try decideBody(command, asking, zone, recording, to: &records)
    return records
  }

  /// Applies what fell due on a wallet by the command's time, each at its boundary instant (L10).
  private mutating func applyDue(
    _ member: MemberID, _ command: Command, _ zone: Zone, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    while true {
      let view = View(self, zone)
      guard let wallet = try view.wallet(member), let owner = try view.member(member),
        let due = wallet.due(member, of: owner.organisation, at: command.at, zone)
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

  private mutating func decideBody(
    _ command: Command, _ asking: Asking, _ zone: Zone, _ recording: Recording,
    to records: inout [EventRecord]
  ) throws(Undecided) {
    switch command.body {
    case .ledger(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try append(.ledger(event), at: command.at, command, recording, to: &records)
      }
    case .actor(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try append(.actor(event), at: command.at, command, recording, to: &records)
      }
    case .organisation(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try append(.organisation(event), at: command.at, command, recording, to: &records)
      }
    case .station(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try append(.station(event), at: command.at, command, recording, to: &records)
      }
    case .member(let body):
      for event in try body.decide(asking, View(self, zone)) {
        let following = try View(self, zone).pointsFollowing(event, at: command.at)
        try append(.member(event), at: command.at, command, recording, to: &records)
        for event in following {
          try append(.points(event), at: command.at, command, recording, to: &records)
        }
      }
    case .points(let body):
      for event in try body.decide(asking, View(self, zone)) {
        try append(.points(event), at: command.at, command, recording, to: &records)
      }
    }
  }

  /// Puts an event into its envelope and applies it. In a cache, everything it changes must have been loaded.
  private mutating func append(
    _ event: Event, at instant: Instant, _ command: Command, _ recording: Recording,
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
    record.previous = event.subjects.map { lastPosition(of: $0) }
    record.event = event
    let sum = legs.reduce(0) { $0 + $1.amount }
    precondition(sum == 0, "the legs of \(event.type.name) sum to \(sum), not to zero")
    fold(event, legs, record.stamp)
    records.append(record)
  }
}

extension View {
  /// Whether the actor may issue this command on that day, there (L9, L9a).
  fileprivate func authorise(_ body: CommandBody, _ asking: Asking) throws(Undecided) {
    let scope: [OrganisationID] =
      switch body {
      case .ledger: []
      case .actor(.grantRole(let data)): data.organisation.map { [$0] } ?? []
      case .actor(.revokeRole(let data)): data.organisation.map { [$0] } ?? []
      case .actor(.register): []
      case .organisation(let command): command.scope()
      case .station(let command): try command.scope(self)
      case .member(let command): try command.scope(self)
      case .points(let command): try command.scope(self)
      }
    try authorise(asking, body.type.roles, over: scope)
  }
}
