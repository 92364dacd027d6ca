// Two people, one mechanism (L6, decision of the architecture): a command that waits for a second actor, and what became
// of it. What is allowed is in ApprovalDecide; the waiting command itself is decided in Book/BookDecide.

/// A command held until a second actor grants or denies it.
///
/// `approval.open` holds it under the id of the opening command. `approval.grant` by another actor decides it there and
/// then, dated as the grant; when it is refused, the approval stays open. `approval.deny` ends it.
///
/// Example: a clerk opens an adjustment of 500 points, above the limit of 100; an approver whose role reaches the
/// member's organisation grants it, and the points are credited in that commit.
public struct Approval: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  public internal(set) var opener: ActorID = .blank
  /// Who brought the opening command to the ledger.
  public internal(set) var openedVia: FreeText?
  /// What waits.
  public internal(set) var request: CommandBody = .ledger(.open(.blank))
  public internal(set) var status: Status = .open
  /// The actor who granted or denied it.
  public internal(set) var decidedBy: ActorID?

  public enum Status: String, CaseIterable, Sendable { case open, granted, denied }
}

extension Approval.Status: WireWord {}

extension Approval: Decider {
  static func evolve(_ state: inout Approval?, _ event: ApprovalEvent, _ stamp: Stamp) {
    var approval = state ?? Approval()
    switch event {
    case .opened(let event):
      approval.since = stamp.at
      approval.opener = event.opener
      approval.openedVia = event.openedVia
      approval.request = event.request.request
    case .granted(let event):
      approval.status = .granted
      approval.decidedBy = event.approver
    case .denied(let event):
      approval.status = .denied
      approval.decidedBy = event.denier
    }
    approval.position = stamp.position
    state = approval
  }
}
