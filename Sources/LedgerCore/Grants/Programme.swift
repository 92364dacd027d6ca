// A programme of grants to stations (M6): what we remember of it and how events change it. The grant of one station is
// in StationGrant; what is allowed is in GrantDecide.

/// A sum for the stations that apply for it (M6).
///
/// The whole sum is set aside on a fund when the programme opens. Stations apply; when the applications are closed the
/// sum is split over all that applied, in equal parts, and what does not divide is a fen more for each of the first to
/// apply (F5). A grant is approved by another actor than the one who applied, paid, inspected, and ends with an exit, on
/// which the whole of it or the part of the unused months goes back to the receipts that paid it. When the programme is
/// closed, what was not paid is released.
///
/// Example: 20,000,000.00 yuan over 2,600 stations: the first 2,000 get 7,692.31 each, the other 600 get 7,692.30.
public struct Programme: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var fund: FundID = .blank
  public internal(set) var purpose: Purpose = .blank
  public internal(set) var total: Fen = .zero
  /// For how many months a grant is given.
  public internal(set) var months: Int64 = 1
  public internal(set) var status = ProgrammeStatus.open
  /// When the applications were closed, and so the grants known.
  public internal(set) var splitAt: Instant?
  /// The latest of its steps so far.
  public internal(set) var steppedAt: Instant = .earliest
  /// How many stations applied, and how many of them came at least so far.
  public internal(set) var applied: Int64 = 0
  public internal(set) var approved: Int64 = 0
  public internal(set) var paid: Int64 = 0
  public internal(set) var inspected: Int64 = 0
  public internal(set) var exited: Int64 = 0
  public internal(set) var approvedSum: Fen = .zero
  public internal(set) var paidSum: Fen = .zero
  public internal(set) var recovered: Fen = .zero
  public internal(set) var released: Fen = .zero
  /// What is still set aside, by receipt, in the order in which it is paid.
  public internal(set) var committed: [FundShare] = []

  /// The grant of the station that applied as the `ordinal`-th: equal parts, and a fen more for as many of the first as
  /// the division leaves fen.
  public func grant(_ ordinal: Int64) -> Fen {
    guard applied > 0 else { return .zero }
    return Fen(count: total.count / applied + (ordinal <= total.count % applied ? 1 : 0))
  }
}

/// Where a programme stands.
public enum ProgrammeStatus: String, CaseIterable, Sendable {
  /// Stations apply.
  case open
  /// The sum is split; grants are approved and paid.
  case split
  case closed
}

extension ProgrammeStatus: WireWord {}

extension Programme: Decider {
  static func evolve(_ state: inout Programme?, _ event: GrantEvent, _ stamp: Stamp) {
    var programme = state ?? Programme()
    switch event {
    case .programmeOpened(let event):
      programme.since = stamp.at
      programme.organisation = event.request.organisation
      programme.fund = event.request.fund
      programme.purpose = event.request.purpose
      programme.total = event.request.total
      programme.months = event.request.months
      programme.committed = event.shares
    case .applied: programme.applied += 1
    case .applicationsClosed:
      programme.status = .split
      programme.splitAt = stamp.at
    case .approved(let event):
      programme.approved += 1
      programme.approvedSum = programme.approvedSum + event.amount
    case .paid(let event):
      programme.paid += 1
      programme.paidSum = programme.paidSum + event.shares.total
      programme.committed.remove(event.shares)
    case .inspected(let event): programme.inspected += event.request.passed ? 1 : 0
    case .exited(let event):
      programme.exited += 1
      programme.recovered = programme.recovered + event.shares.total
    case .programmeClosed(let event):
      programme.status = .closed
      programme.released = event.shares.total
      programme.committed.remove(event.shares)
    }
    programme.steppedAt = max(programme.steppedAt, stamp.at)
    programme.position = stamp.position
    state = programme
  }
}
