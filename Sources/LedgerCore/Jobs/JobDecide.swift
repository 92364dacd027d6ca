// What is allowed with jobs (L10, L11). What falls due on a member is decided in PointsDue, and applied in BookDecide.

extension JobCommand {
  /// - Parameter dueEvents: how many events of what had fallen due this command has had so far.
  func decide(_ asking: Asking, dueEvents: Int64, _ view: View) throws(Undecided) -> [JobEvent] {
    switch self {
    case .closeDay(let data): [try data.decide(asking, view)]
    case .advance(let data): [try data.decide(asking, dueEvents: dueEvents, view)]
    case .finish(let data): [try data.decide(asking, view)]
    }
  }

  /// Whether it opens a job, which goes on after this command.
  var opensJob: Bool {
    switch self {
    case .closeDay: true
    case .advance, .finish: false
    }
  }

  /// By when what is due must have fallen due, for a chunk; nil when its job is not known.
  func dueInstant(_ view: View) throws(Undecided) -> Instant? {
    guard case .advance(let data) = self, let job = try view.job(data.job) else { return nil }
    return job.request.dayToClose.map(view.zone.end(of:))
  }
}

extension CommandBody {
  /// Whether it opens a job, which goes on after this command.
  package var opensJob: Bool {
    if case .job(let command) = self { command.opensJob } else { campaignToGrant != nil }
  }

  /// By when what is due must have fallen due, when that is not the command's `at`.
  func dueInstant(_ view: View) throws(Undecided) -> Instant? {
    if case .job(let command) = self { try command.dueInstant(view) } else { nil }
  }

  /// The day that a job of this command closes.
  package var dayToClose: CivilDay? {
    if case .job(.closeDay(let data)) = self { data.day } else { nil }
  }
}

extension Asking {
  /// The longest id of a job: those of its chunks must be ids too.
  static let longestJobID = CommandID.longest - 12

  /// The command can be a job's.
  func requireJobID() throws(Undecided) {
    guard command.text.unicodeScalars.count <= Self.longestJobID else {
      throw .refused(Refusal(.jobIdTooLong, "limit", Int64(Self.longestJobID)))
    }
  }
}

extension CloseDay {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> JobEvent {
    let end = view.zone.end(of: day)
    guard end <= asking.at else { throw .refused(Refusal(.dayNotOver, "ends", end.description)) }
    try asking.requireJobID()
    return .opened(JobOpened(job: asking.command, request: .job(.closeDay(self))))
  }
}

extension AdvanceJob {
  fileprivate func decide(_ asking: Asking, dueEvents: Int64, _ view: View) throws(Undecided) -> JobEvent {
    let open = try view.openJob(job, at: asking.at)
    guard chunk == open.chunks + 1 else {
      throw .refused(Refusal(.jobChunkOutOfOrder, "expected", open.chunks + 1))
    }
    return .advanced(JobAdvanced(request: self, dueEvents: dueEvents))
  }
}

extension FinishJob {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> JobEvent {
    let open = try view.openJob(job, at: asking.at)
    if let end = open.request.dayToClose.map(view.zone.end(of:)), try view.isSomethingDue(by: end) {
      throw .refused(Refusal(.jobWorkLeft, "due", end.description))
    }
    return .finished(
      JobFinished(
        request: self, chunks: open.chunks, members: open.members, dueEvents: open.events,
        day: open.request.dayToClose))
  }
}

extension View {
  fileprivate func openJob(_ id: CommandID, at instant: Instant) throws(Undecided) -> Job {
    guard let job = try job(id) else { throw .refused(Refusal(.jobUnknown)) }
    try require("the job", since: job.since, at: instant)
    guard job.status == .open else { throw .refused(Refusal(.jobFinished)) }
    return job
  }
}
