// The grant of one station (M6): what we remember of it and how events change it. The programme is in Programme; what is
// allowed is in GrantDecide.

/// The grant of a programme to one station.
public struct StationGrant: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  /// When the station applied.
  public internal(set) var since: Instant = .blank
  /// The how-manieth application of the programme it is.
  public internal(set) var ordinal: Int64 = 0
  public internal(set) var applicant: ActorID = .blank
  public internal(set) var approver: ActorID?
  public internal(set) var status = GrantStatus.applied
  /// When it came to that.
  public internal(set) var statusSince: Instant = .blank
  /// Zero before it is approved.
  public internal(set) var amount: Fen = .zero
  /// What paid it, by receipt.
  public internal(set) var shares: [FundShare] = []
  /// Inspections that found fault; the grant stays paid until one passes.
  public internal(set) var failedInspections: Int64 = 0
  /// What went back on its exit.
  public internal(set) var recovered: Fen = .zero
}

/// Where a grant stands; a step is never skipped. One that only failed inspections stays paid, and may exit.
public enum GrantStatus: String, CaseIterable, Sendable { case applied, approved, paid, inspected, exited }

extension GrantStatus: WireWord {}

extension StationGrant: Decider {
  static func evolve(_ state: inout StationGrant?, _ event: GrantEvent, _ stamp: Stamp) {
    var grant = state ?? StationGrant()
    switch event {
    case .programmeOpened, .applicationsClosed, .programmeClosed: break
    case .applied(let event):
      grant.since = stamp.at
      grant.ordinal = event.ordinal
      grant.applicant = event.applicant
      grant.come(to: .applied, stamp)
    case .approved(let event):
      grant.approver = event.approver
      grant.amount = event.amount
      grant.come(to: .approved, stamp)
    case .paid(let event):
      grant.shares = event.shares
      grant.come(to: .paid, stamp)
    case .inspected(let event):
      if event.request.passed { grant.come(to: .inspected, stamp) } else { grant.failedInspections += 1 }
    case .exited(let event):
      grant.recovered = event.shares.total
      grant.come(to: .exited, stamp)
    }
    grant.position = stamp.position
    state = grant
  }

  private mutating func come(to status: GrantStatus, _ stamp: Stamp) {
    self.status = status
    statusSince = stamp.at
  }
}
