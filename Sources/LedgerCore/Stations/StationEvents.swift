// What happened to stations. State and evolve are in Station.

struct StationOpened: EventData {
  var request = OpenStation()
  static let type = EventType("station.opened", "A place serves members.")
  consuming func asEvent() -> Event { .station(.opened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct StationClosed: EventData {
  var request = CloseStation()
  /// The one among whose open stations it was.
  var organisation: OrganisationID = .blank
  static let type = EventType("station.closed", "A place serves nobody any more.")
  consuming func asEvent() -> Event { .station(.closed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
  }
}

struct VisitsRecorded: EventData {
  var request = RecordVisits()
  var organisation: OrganisationID = .blank
  /// All visits of the station, with these.
  var total: Int64 = 0
  static let type = EventType("station.visits-recorded", "Visits of one day are counted, as a memo.")
  consuming func asEvent() -> Event { .station(.visitsRecorded(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("total", &total, "all visits of the station, after this event")
  }
}

struct VisitsCorrected: EventData {
  var request = CorrectVisits()
  var organisation: OrganisationID = .blank
  /// The day of the visits.
  var day: CivilDay = .blank
  /// The wrong number.
  var before: Int64 = 0
  /// All visits of the station, with the correction.
  var total: Int64 = 0
  static let type = EventType(
    "station.visits-corrected", "A count of visits is replaced by the right number.")
  consuming func asEvent() -> Event { .station(.visitsCorrected(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisation", &organisation)
    try io.field("day", &day, "of the visits")
    try io.field("before", &before, "the wrong number, which no longer counts")
    try io.field("total", &total, "all visits of the station, after this event")
  }
}

/// The sum of the above.
indirect enum StationEvent: Equatable, Fielded {
  case opened(StationOpened)
  case closed(StationClosed)
  case visitsRecorded(VisitsRecorded)
  case visitsCorrected(VisitsCorrected)

  static var types: [any EventData.Type] {
    [
      StationOpened.self, StationClosed.self, VisitsRecorded.self, VisitsCorrected.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .opened: StationOpened.self
    case .closed: StationClosed.self
    case .visitsRecorded: VisitsRecorded.self
    case .visitsCorrected: VisitsCorrected.self
    }
  }

  /// Which one it is about.
  var station: StationID { request.station }

  /// The organisation whose open stations become one more or one fewer.
  var organisationOpenedIn: OrganisationID? {
    switch self {
    case .opened(let event): event.request.organisation
    case .closed(let event): event.organisation
    case .visitsRecorded, .visitsCorrected: nil
    }
  }

  /// The command that this event answers.
  var request: StationCommand {
    switch self {
    case .opened(let event): .open(event.request)
    case .closed(let event): .close(event.request)
    case .visitsRecorded(let event): .recordVisits(event.request)
    case .visitsCorrected(let event): .correctVisits(event.request)
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .opened, .closed: []
    case .visitsRecorded(let event): [Answer("visits", count: event.total)]
    case .visitsCorrected(let event): [Answer("visits", count: event.total)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .opened(let event): try io.walk(event) { self = .opened($0) }
    case .closed(let event): try io.walk(event) { self = .closed($0) }
    case .visitsRecorded(let event): try io.walk(event) { self = .visitsRecorded($0) }
    case .visitsCorrected(let event): try io.walk(event) { self = .visitsCorrected($0) }
    }
  }
}
