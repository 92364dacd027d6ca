// Programmes and grants in one line each, for the tests of grants. The fund is that of GiftScene.

@testable import LedgerCore

extension Scene {
  /// Fund, stations booth and kiosk, and programme `p` of 36 months with that sum.
  mutating func programme(_ total: Fen) {
    let dawn = "2022-01-01T00:00:00+08:00"
    fund()
    openStation(dawn)
    openStation(dawn, "kiosk", number: "8")
    openProgramme(dawn, total)
  }

  /// The whole sum is the booth's.
  mutating func split(_ total: Fen) {
    programme(total)
    apply(Self.noon)
    closeApplications(Self.noon)
  }

  mutating func paid(_ total: Fen) {
    split(total)
    approve(Self.noon)
    pay(Self.noon)
  }

  @discardableResult
  mutating func openProgramme(_ at: String, _ total: Fen, months: Int64 = 36, by actor: ActorID = "clerk")
    -> Outcome
  {
    when(
      at,
      .grant(
        .openProgramme(
          OpenProgramme(
            programme: "p", organisation: "gz", fund: "f", purpose: "stations", total: total, months: months))
      ),
      by: actor)
  }

  @discardableResult
  mutating func apply(_ at: String, _ station: StationID = "booth", by actor: ActorID = "clerk") -> Outcome {
    when(at, .grant(.apply(ApplyForGrant(programme: "p", station: station))), by: actor)
  }

  @discardableResult
  mutating func closeApplications(_ at: String) -> Outcome {
    when(at, .grant(.closeApplications(CloseApplications(programme: "p"))))
  }

  @discardableResult
  mutating func approve(_ at: String, _ station: StationID = "booth", by actor: ActorID = "chief") -> Outcome
  {
    when(at, .grant(.approve(ApproveGrant(programme: "p", station: station))), by: actor)
  }

  @discardableResult
  mutating func pay(_ at: String, _ station: StationID = "booth", by actor: ActorID = "clerk") -> Outcome {
    when(at, .grant(.pay(PayGrant(programme: "p", station: station, reference: "order"))), by: actor)
  }

  @discardableResult
  mutating func inspect(_ at: String, _ station: StationID = "booth", passed: Bool) -> Outcome {
    when(at, .grant(.inspect(InspectGrant(programme: "p", station: station, passed: passed))))
  }

  /// By unused months when it is said how many were used, else wholly.
  @discardableResult
  mutating func exit(_ at: String, _ station: StationID = "booth", used: Int64? = nil) -> Outcome {
    let recovery = used == nil ? GrantRecovery.whole : .unusedMonths
    return when(
      at,
      .grant(
        .exit(ExitGrant(programme: "p", station: station, recovery: recovery, usedMonths: used))))
  }

  @discardableResult
  mutating func closeProgramme(_ at: String) -> Outcome {
    when(at, .grant(.closeProgramme(CloseProgramme(programme: "p"))))
  }

  func grant(_ station: StationID = "booth") -> StationGrant {
    book.stationGrants[ProgrammeStation("p", station)] ?? StationGrant()
  }

  /// Available, committed and spent of the fund.
  var fundTold: String {
    guard let fund = book.funds["f"] else { return "none" }
    return "\(fund.available.count) \(fund.committed.count) \(fund.spent.count)"
  }
}
