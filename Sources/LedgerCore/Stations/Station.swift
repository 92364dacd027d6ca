// A place where members are served (M6), and which numbers of an organisation are taken: what we remember of both, and
// how events change it. What is allowed is in StationDecide.

/// A numbered place of an organisation where gifts are handed over and coupons used (M6).
///
/// It is opened once and closed once. Visits (人次) are a memo count: how often somebody came, not how many persons
/// (人数) did, so they are added to no other figure and post nothing. A mistaken count is corrected by a command that
/// names the one it corrects.
///
/// Example: 40 visits are recorded for 1 July and 30 for 2 August; the first should have been 14. After the correction
/// the station has had 44 visits, 14 of them in July.
public struct Station: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  /// When it was opened.
  public internal(set) var since: Instant = .blank
  public internal(set) var organisation: OrganisationID = .blank
  /// What stands on its door; unique among the open stations of its organisation.
  public internal(set) var number: FreeText = .blank
  public internal(set) var name: FreeText?
  public internal(set) var isClosed = false
  /// Visits by month, in order; their sum is all there were.
  public internal(set) var months: [MonthVisits] = []
  /// Commands whose count was corrected, in the order of the corrections.
  public internal(set) var corrected: [CommandID] = []

  public var visits: Int64 { months.reduce(0) { $0 + $1.visits } }
}

/// Visits in one month.
public struct MonthVisits: Equatable, Sendable {
  public internal(set) var month: CivilMonth = .blank
  public internal(set) var visits: Int64 = 0
}

extension MonthVisits: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("month", &month)
    try io.field("visits", &visits)
  }
}

extension Station: Decider {
  static func evolve(_ state: inout Station?, _ event: StationEvent, _ stamp: Stamp) {
    var station = state ?? Station()
    switch event {
    case .opened(let event):
      station.since = stamp.at
      station.organisation = event.request.organisation
      station.number = event.request.number
      station.name = event.request.name
    case .closed: station.isClosed = true
    case .visitsRecorded(let event): station.count(event.request.visits, in: event.request.day.civilMonth)
    case .visitsCorrected(let event):
      station.count(event.request.visits - event.before, in: event.day.civilMonth)
      station.corrected.append(event.request.recording)
    }
    station.position = stamp.position
    state = station
  }

  private mutating func count(_ visits: Int64, in month: CivilMonth) {
    let place = months.firstIndex { $0.month >= month } ?? months.endIndex
    if place == months.endIndex || months[place].month != month {
      months.insert(MonthVisits(month: month), at: place)
    }
    months[place].visits += visits
    if months[place].visits == 0 { months.remove(at: place) }
  }
}

/// The open stations of one organisation, by their numbers.
///
/// Apart from the organisation, whose state changes with every member who comes or goes: this one changes only when a
/// station opens or closes.
public struct OpenStations: Equatable, Sendable {
  /// In the order they were opened.
  public internal(set) var stations: [NumberedStation] = []
}

/// A station and its number.
public struct NumberedStation: Equatable, Sendable {
  public internal(set) var number: FreeText = .blank
  public internal(set) var station: StationID = .blank
}

extension NumberedStation: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("number", &number)
    try io.field("station", &station)
  }
}

extension OpenStations: Decider {
  static func evolve(_ state: inout OpenStations?, _ event: StationEvent, _ stamp: Stamp) {
    var open = state ?? OpenStations()
    switch event {
    case .opened(let event):
      open.stations.append(NumberedStation(number: event.request.number, station: event.request.station))
    case .closed(let event): open.stations.removeAll { $0.station == event.request.station }
    case .visitsRecorded, .visitsCorrected: break
    }
    state = open
  }
}
