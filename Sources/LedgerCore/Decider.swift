// The shape of every benefit: what decide may answer, and the stamp that evolve gets. The benefits themselves are in
// their folders; their sums are in Book.

/// Why a decision has no events yet.
enum Undecided: Error, Equatable, Sendable {
  /// A rule says no. The refusal is recorded.
  case refused(Refusal)
  /// The decision needs entities that are not in memory. Load them and ask again.
  case missing([EntityKey])
}

/// A benefit: a pure fold over its events, and pure decisions that produce them.
///
/// `evolve` is total and takes no decision: an event carries everything that was decided (which lots, which
/// version), so that replay needs no rules. An entity's next state depends on itself and the event alone.
protocol Decider {
  /// What is remembered of one entity.
  associatedtype State: Equatable & Sendable
  associatedtype Event
  static func evolve(_ state: inout State?, _ event: Event, _ stamp: Stamp)
}

/// Where and when an event stands in the log: what evolve may know beside the event itself.
struct Stamp: Equatable, Sendable {
  var position: Int64
  /// When it happened.
  var at: Instant
  /// The command that caused it.
  var command: CommandID
}

/// What a decision may know of the command beside its data.
struct Asking: Equatable, Sendable {
  var command: CommandID
  var actor: ActorID
  var at: Instant
  /// The business day of `at` in the ledger's zone.
  var day: CivilDay
  /// Whether a second actor has granted it.
  var isApproved = false
}
