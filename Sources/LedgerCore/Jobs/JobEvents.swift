// What happened to jobs. State and evolve are in Job; what a chunk did to its members are events of their own, before it.

struct JobOpened: EventData {
  /// The id of the command.
  var job: CommandID = .blank
  var request = CommandBody.job(.closeDay(.blank))
  static let type = EventType("job.opened", "Long work begins; its chunks follow as commands of their own.")
  consuming func asEvent() -> Event { .job(.opened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("job", &job, "the id of this command, by which the job is known")
    try io.commandBody(&request)
  }
}

struct JobAdvanced: EventData {
  var request = AdvanceJob()
  /// Events of what had fallen due, recorded before this one.
  var dueEvents: Int64 = 0
  static let type = EventType("job.advanced", "A chunk of a job is done; what fell due stands before it.")
  consuming func asEvent() -> Event { .job(.advanced(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("dueEvents", &dueEvents, in: 0...Int64.max, "events before this one that had fallen due")
  }
}

struct JobFinished: EventData {
  var request = FinishJob()
  var chunks: Int64 = 0
  var members: Int64 = 0
  var dueEvents: Int64 = 0
  /// The day that is closed now.
  var day: CivilDay?
  static let type = EventType("job.finished", "A job is done.")
  consuming func asEvent() -> Event { .job(.finished(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("chunks", &chunks, in: 0...Int64.max, "")
    try io.field("members", &members, in: 0...Int64.max, "named by the chunks")
    try io.field("dueEvents", &dueEvents, in: 0...Int64.max, "of all chunks")
    try io.field("day", &day, "that is closed now, of day.close")
  }
}

/// The sum of the above.
indirect enum JobEvent: Equatable, Fielded {
  case opened(JobOpened)
  case advanced(JobAdvanced)
  case finished(JobFinished)

  static var types: [any EventData.Type] { [JobOpened.self, JobAdvanced.self, JobFinished.self] }

  var dataType: any EventData.Type {
    switch self {
    case .opened: JobOpened.self
    case .advanced: JobAdvanced.self
    case .finished: JobFinished.self
    }
  }

  /// The command that this event answers.
  var request: CommandBody {
    switch self {
    case .opened(let event): event.request
    case .advanced(let event): .job(.advance(event.request))
    case .finished(let event): .job(.finish(event.request))
    }
  }

  /// Which job.
  var job: CommandID {
    switch self {
    case .opened(let event): event.job
    case .advanced(let event): event.request.job
    case .finished(let event): event.request.job
    }
  }

  /// The day that is closed now.
  var dayClosed: CivilDay? {
    switch self {
    case .opened, .advanced: nil
    case .finished(let event): event.day
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .opened: []
    case .advanced(let event): [Answer("dueEvents", count: event.dueEvents)]
    case .finished(let event):
      [
        Answer("chunks", count: event.chunks), Answer("members", count: event.members),
        Answer("dueEvents", count: event.dueEvents),
      ]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .opened(let event): try io.walk(event) { self = .opened($0) }
    case .advanced(let event): try io.walk(event) { self = .advanced($0) }
    case .finished(let event): try io.walk(event) { self = .finished($0) }
    }
  }
}
