// Work on more entities than one commit should touch (L11): what is remembered of it. What is allowed is in JobDecide;
// who lists the entities and sends the chunks is BenefitsLedger/JobRunner.

/// Long work, done in chunks that are each whole.
///
/// A command such as `day.close` opens it, and the job is known by that command's id. Chunk n is the command
/// `<id>/<n>`, which names its members, and `<id>/finish` ends it (`<id>/finish-2` and so on, when that id was used, or a
/// late command had made something due again; chunks likewise). Each is a commit of its own, so the work can be killed
/// between any two and goes on when the same command is sent again.
///
/// Example: `day.close` of 31 December with 1,200 wallets due: chunks of 500, 500 and 200, then the finish, which says
/// 3 chunks, 1,200 members and how many expiries, lapses and activations they had. `coupon.grant` reserves what it may
/// grant when it opens, goes through the members in the order of their ids, and releases the rest at its end.
public struct Job: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  /// The command that opened it.
  public internal(set) var request: CommandBody = .job(.closeDay(.blank))
  /// Chunks done so far.
  public internal(set) var chunks: Int64 = 0
  /// Members that the chunks named.
  public internal(set) var members: Int64 = 0
  /// Events of what had fallen due.
  public internal(set) var events: Int64 = 0
  /// The last member that a chunk named, of a job that goes through all members in the order of their ids.
  public internal(set) var reached: MemberID?
  public internal(set) var status: Status = .open

  public enum Status: String, CaseIterable, Sendable { case open, finished }

  /// How many members a chunk may name.
  public static let mostMembersAChunk = 500
}

extension Job.Status: WireWord {}

extension Job: Decider {
  static func evolve(_ state: inout Job?, _ event: JobEvent, _ stamp: Stamp) {
    var job = state ?? Job()
    switch event {
    case .opened(let event):
      job.since = stamp.at
      job.request = event.request
    case .advanced(let event):
      job.chunks = event.request.chunk
      job.members += Int64(event.request.members.count)
      if job.request.dayToClose == nil { job.reached = event.request.members.last ?? job.reached }
      job.events += event.dueEvents
    case .finished: job.status = .finished
    }
    job.position = stamp.position
    state = job
  }
}
