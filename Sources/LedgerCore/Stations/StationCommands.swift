// What can be asked about stations and their visits (M6). Decisions are in StationDecide.

/// Opens a station of an organisation.
public struct OpenStation: CommandData {
  public var station: StationID = .blank
  public var organisation: OrganisationID = .blank
  /// What stands on its door.
  public var number: FreeText = .blank
  public var name: FreeText?

  init() {}
  public init(station: StationID, organisation: OrganisationID, number: FreeText, name: FreeText? = nil) {
    self.station = station
    self.organisation = organisation
    self.number = number
    self.name = name
  }

  static let type = CommandType(
    "station.open", by: [.operator],
    refusals: [.stationExists, .organisationClosed, .stationNumberTaken, .timeBeforeCause],
    "Opens a station of an organisation.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("station", &station)
    try io.field("organisation", &organisation)
    try io.field("number", &number, "unique among the open stations of the organisation")
    try io.field("name", &name)
  }
}

/// Closes a station for good.
public struct CloseStation: CommandData {
  public var station: StationID = .blank
  public var reason: FreeText?

  init() {}
  public init(station: StationID, reason: FreeText? = nil) {
    self.station = station
    self.reason = reason
  }

  static let type = CommandType(
    "station.close", by: [.operator],
    refusals: [.stationUnknown, .stationClosed, .timeBeforeCause, .giftsLeft],
    "Closes a station that has no gifts for good; its number is free again.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("station", &station)
    try io.field("reason", &reason)
  }
}

/// Counts visits of one day.
public struct RecordVisits: CommandData {
  public var station: StationID = .blank
  public var day: CivilDay = .blank
  public var visits: Int64 = 1
  public var note: FreeText?

  init() {}
  public init(station: StationID, day: CivilDay, visits: Int64, note: FreeText? = nil) {
    self.station = station
    self.day = day
    self.visits = visits
    self.note = note
  }

  /// The most visits that one command may count.
  static let most: Int64 = 1_000_000

  static let type = CommandType(
    "station.record-visits", by: [.operator, .service],
    refusals: [.stationUnknown, .stationClosed, .visitsToCome, .timeBeforeCause],
    "Counts visits of one day; a memo that is never added to persons.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("station", &station)
    try io.field("day", &day, "the day of the visits, not after that of `at`")
    try io.field("visits", &visits, in: 1...Self.most, "how often somebody came, not how many persons")
    try io.field("note", &note)
  }
}

/// States the right number for visits that were counted wrongly.
public struct CorrectVisits: CommandData {
  public var station: StationID = .blank
  /// The id of the command whose count is wrong: a recording, or a correction that was wrong too.
  public var recording: CommandID = .blank
  /// The right number.
  public var visits: Int64 = 0
  public var reason: FreeText = .blank

  init() {}
  public init(station: StationID, recording: CommandID, visits: Int64, reason: FreeText) {
    self.station = station
    self.recording = recording
    self.visits = visits
    self.reason = reason
  }

  static let type = CommandType(
    "station.correct-visits", by: [.operator],
    refusals: [.stationUnknown, .notARecording, .visitsCorrected, .timeBeforeCause],
    "States the right number for visits that were counted wrongly, once for each count.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("station", &station)
    try io.field("recording", &recording, "the id of the command that counted wrongly")
    try io.field("visits", &visits, in: 0...RecordVisits.most, "the right number")
    try io.field("reason", &reason)
  }
}

/// The sum of the above.
public enum StationCommand: Equatable, Fielded {
  case open(OpenStation)
  case close(CloseStation)
  case recordVisits(RecordVisits)
  case correctVisits(CorrectVisits)

  static var blanks: [StationCommand] {
    [.open(.blank), .close(.blank), .recordVisits(.blank), .correctVisits(.blank)]
  }

  var type: CommandType {
    switch self {
    case .open: OpenStation.type
    case .close: CloseStation.type
    case .recordVisits: RecordVisits.type
    case .correctVisits: CorrectVisits.type
    }
  }

  /// Which one it is about.
  var station: StationID {
    switch self {
    case .open(let data): data.station
    case .close(let data): data.station
    case .recordVisits(let data): data.station
    case .correctVisits(let data): data.station
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .open(let data): try io.walk(data) { self = .open($0) }
    case .close(let data): try io.walk(data) { self = .close($0) }
    case .recordVisits(let data): try io.walk(data) { self = .recordVisits($0) }
    case .correctVisits(let data): try io.walk(data) { self = .correctVisits($0) }
    }
  }
}
