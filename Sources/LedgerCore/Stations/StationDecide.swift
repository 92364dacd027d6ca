// What is allowed about stations and their visits (M6). How a station changes is in Station.

extension StationCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [StationEvent] {
    switch self {
    case .open(let data): [try data.decide(asking, view)]
    case .close(let data): [try data.decide(asking, view)]
    case .recordVisits(let data): [try data.decide(asking, view)]
    case .correctVisits(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the station's organisation.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .open(let data): return [data.organisation]
    case .close, .recordVisits, .correctVisits: return [try view.knownStation(station).organisation]
    }
  }
}

extension OpenStation {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> StationEvent {
    guard try view.station(station) == nil else { throw .refused(Refusal(.stationExists)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    if let holder = try view.openStations(of: organisation)?.stations.first(where: { $0.number == number }) {
      throw .refused(Refusal(.stationNumberTaken, "station", holder.station.text))
    }
    return .opened(StationOpened(request: self))
  }
}

extension CloseStation {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> StationEvent {
    let closing = try view.openStation(station, at: asking.at)
    return .closed(StationClosed(request: self, organisation: closing.organisation))
  }
}

extension RecordVisits {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> StationEvent {
    let visited = try view.openStation(station, at: asking.at)
    guard day <= asking.day else {
      throw .refused(Refusal(.visitsToCome, "day", asking.day.description))
    }
    guard view.zone.day(of: visited.since) <= day else {
      throw .refused(.beforeCause("the station", since: visited.since))
    }
    return .visitsRecorded(
      VisitsRecorded(request: self, organisation: visited.organisation, total: visited.visits + visits))
  }
}

extension CorrectVisits {
  /// A closed station's visits may still be corrected.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> StationEvent {
    let visited = try view.knownStation(station)
    try view.require("the station", since: visited.since, at: asking.at)
    guard let record = try view.events(of: recording).first(where: \.isFirst),
      case .station(let event) = record.event,
      event.station == station, let (day, before) = event.visits
    else { throw .refused(Refusal(.notARecording)) }
    try view.require("the count", since: record.at, at: asking.at)
    guard !visited.corrected.contains(recording) else { throw .refused(Refusal(.visitsCorrected)) }
    return .visitsCorrected(
      VisitsCorrected(
        request: self, organisation: visited.organisation, day: day, before: before,
        total: visited.visits - before + visits))
  }
}

extension StationEvent {
  /// The number that this event states, and for which day.
  fileprivate var visits: (day: CivilDay, before: Int64)? {
    switch self {
    case .opened, .closed: nil
    case .visitsRecorded(let event): (event.request.day, event.request.visits)
    case .visitsCorrected(let event): (event.day, event.request.visits)
    }
  }
}

extension View {
  /// The station, open or closed.
  func knownStation(_ id: StationID) throws(Undecided) -> Station {
    guard let station = try station(id) else {
      throw .refused(Refusal(.stationUnknown, "station", id.text))
    }
    return station
  }

  /// The station, which must be opened by `instant` and not be closed.
  func openStation(_ id: StationID, at instant: Instant) throws(Undecided) -> Station {
    let station = try knownStation(id)
    try require("the station", since: station.since, at: instant)
    guard !station.isClosed else { throw .refused(Refusal(.stationClosed, "station", id.text)) }
    return station
  }
}
