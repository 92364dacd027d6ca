// What can be asked about programmes and about grants to stations (M6). Decisions are in GrantDecide.

/// Opens a programme: its whole sum is set aside on a fund.
public struct OpenProgramme: CommandData {
  public var programme: ProgrammeID = .blank
  public var organisation: OrganisationID = .blank
  public var fund: FundID = .blank
  public var purpose: Purpose = .blank
  public var total: Fen = .zero
  /// For how many months a grant is given; on an exit the part of the unused ones can be recovered.
  public var months: Int64 = 1

  init() {}
  public init(
    programme: ProgrammeID, organisation: OrganisationID, fund: FundID, purpose: Purpose, total: Fen,
    months: Int64
  ) {
    self.programme = programme
    self.organisation = organisation
    self.fund = fund
    self.purpose = purpose
    self.total = total
    self.months = months
  }

  static let type = CommandType(
    "grant.open-programme", by: [.finance],
    refusals: [
      .fundUnknown, .programmeExists, .organisationClosed, .timeBeforeCause, .fundClosed,
      .fundOutsideWindow, .fundPurposeNotCovered, .fundBalanceTooLow, .fundTooManyReceipts,
    ],
    "Opens a programme of grants to stations; its whole sum is set aside on a fund.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
    try io.field("organisation", &organisation, "whose programme it is")
    try io.field("fund", &fund)
    try io.field("purpose", &purpose)
    try io.field("totalFen", &total, in: 1...Fen.limit, "for all grants together")
    try io.field("months", &months, in: 1...120, "for how many months a grant is given")
  }
}

/// Applies for a grant to a station.
public struct ApplyForGrant: CommandData {
  public var programme: ProgrammeID = .blank
  public var station: StationID = .blank

  init() {}
  public init(programme: ProgrammeID, station: StationID) {
    self.programme = programme
    self.station = station
  }

  static let type = CommandType(
    "grant.apply", by: [.operator],
    refusals: [
      .stationUnknown, .programmeUnknown, .timeBeforeCause, .programmeClosed, .applicationsClosed,
      .stationClosed, .grantExists, .grantNothingLeft,
    ],
    "Applies for a grant to a station, once, until the applications are closed.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
    try io.field("station", &station)
  }
}

/// Closes the applications: the sum is split over all that were made.
public struct CloseApplications: CommandData {
  public var programme: ProgrammeID = .blank

  init() {}
  public init(programme: ProgrammeID) { self.programme = programme }

  static let type = CommandType(
    "grant.close-applications", by: [.operator, .finance],
    refusals: [
      .programmeUnknown, .timeBeforeCause, .programmeClosed, .applicationsClosed, .noApplications,
    ],
    "Closes the applications; the sum is split in equal parts, a fen more for the first to apply.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
  }
}

/// Approves the grant of a station, as its part of the sum.
public struct ApproveGrant: CommandData {
  public var programme: ProgrammeID = .blank
  public var station: StationID = .blank

  init() {}
  public init(programme: ProgrammeID, station: StationID) {
    self.programme = programme
    self.station = station
  }

  static let type = CommandType(
    "grant.approve", by: [.approver],
    refusals: [
      .programmeUnknown, .timeBeforeCause, .programmeClosed, .applicationsOpen, .stationUnknown,
      .stationClosed, .grantUnknown, .grantWrongStatus, .grantBySameActor,
    ],
    "Approves the grant of a station, by another actor than the one who applied.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
    try io.field("station", &station)
  }
}

/// Pays the grant of a station from what is set aside.
public struct PayGrant: CommandData {
  public var programme: ProgrammeID = .blank
  public var station: StationID = .blank
  /// The payment.
  public var reference: Reference = .blank

  init() {}
  public init(programme: ProgrammeID, station: StationID, reference: Reference) {
    self.programme = programme
    self.station = station
    self.reference = reference
  }

  static let type = CommandType(
    "grant.pay", by: [.finance],
    refusals: [
      .programmeUnknown, .timeBeforeCause, .programmeClosed, .applicationsOpen, .stationUnknown,
      .stationClosed, .grantUnknown, .grantWrongStatus,
    ],
    "Pays an approved grant from what is set aside, the oldest receipts first.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
    try io.field("station", &station)
    try io.field("reference", &reference, "the payment")
  }
}

/// States what an inspection of a paid grant found.
public struct InspectGrant: CommandData {
  public var programme: ProgrammeID = .blank
  public var station: StationID = .blank
  public var passed = true
  public var note: FreeText?

  init() {}
  public init(programme: ProgrammeID, station: StationID, passed: Bool, note: FreeText? = nil) {
    self.programme = programme
    self.station = station
    self.passed = passed
    self.note = note
  }

  static let type = CommandType(
    "grant.inspect", by: [.operator],
    refusals: [
      .programmeUnknown, .timeBeforeCause, .stationUnknown, .grantUnknown, .grantWrongStatus,
    ],
    "States what an inspection of a paid grant found; one that failed is followed by another.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
    try io.field("station", &station)
    try io.field("passed", &passed)
    try io.field("note", &note)
  }
}

/// Ends a grant that was inspected, and takes the whole of it back or the part of the unused months.
public struct ExitGrant: CommandData {
  public var programme: ProgrammeID = .blank
  public var station: StationID = .blank
  public var recovery = GrantRecovery.whole
  /// How many of the programme's months the station used; only for the recovery by unused months.
  public var usedMonths: Int64?

  init() {}
  public init(programme: ProgrammeID, station: StationID, recovery: GrantRecovery, usedMonths: Int64? = nil) {
    self.programme = programme
    self.station = station
    self.recovery = recovery
    self.usedMonths = usedMonths
  }

  static let type = CommandType(
    "grant.exit", by: [.operator, .finance],
    refusals: [
      .programmeUnknown, .timeBeforeCause, .grantUnknown, .grantWrongStatus, .grantNotInspected,
      .grantMonthsExceeded,
    ],
    "Ends an inspected grant; the whole of it, or the part of the unused months, goes back to its receipts.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
    try io.field("station", &station)
    try io.field("recovery", &recovery)
    try io.field(
      "usedMonths", &usedMonths, in: 0...120,
      "how many months were used; for unused-months, where the part is rounded down to a fen")
    try io.expect(
      (usedMonths == nil) == (recovery == .whole), "usedMonths",
      "this field when `recovery` is unused-months, and none when it is whole")
  }
}

/// What of a grant is taken back on its exit.
public enum GrantRecovery: String, CaseIterable, Sendable {
  case whole
  case unusedMonths = "unused-months"
}

extension GrantRecovery: WireWord {}

/// Closes a programme for good: what was not paid is released.
public struct CloseProgramme: CommandData {
  public var programme: ProgrammeID = .blank

  init() {}
  public init(programme: ProgrammeID) { self.programme = programme }

  static let type = CommandType(
    "grant.close-programme", by: [.finance],
    refusals: [.programmeUnknown, .timeBeforeCause, .programmeClosed],
    "Closes a programme for good; what was not paid is released to its receipts.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("programme", &programme)
  }
}

/// The sum of the above.
public enum GrantCommand: Equatable, Fielded {
  case openProgramme(OpenProgramme)
  case apply(ApplyForGrant)
  case closeApplications(CloseApplications)
  case approve(ApproveGrant)
  case pay(PayGrant)
  case inspect(InspectGrant)
  case exit(ExitGrant)
  case closeProgramme(CloseProgramme)

  static var blanks: [GrantCommand] {
    [
      .openProgramme(.blank), .apply(.blank), .closeApplications(.blank), .approve(.blank), .pay(.blank),
      .inspect(.blank), .exit(.blank), .closeProgramme(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .openProgramme: OpenProgramme.type
    case .apply: ApplyForGrant.type
    case .closeApplications: CloseApplications.type
    case .approve: ApproveGrant.type
    case .pay: PayGrant.type
    case .inspect: InspectGrant.type
    case .exit: ExitGrant.type
    case .closeProgramme: CloseProgramme.type
    }
  }

  /// Which programme it is about.
  var programme: ProgrammeID {
    switch self {
    case .openProgramme(let data): data.programme
    case .apply(let data): data.programme
    case .closeApplications(let data): data.programme
    case .approve(let data): data.programme
    case .pay(let data): data.programme
    case .inspect(let data): data.programme
    case .exit(let data): data.programme
    case .closeProgramme(let data): data.programme
    }
  }

  /// Which station it is about, if one.
  var station: StationID? {
    switch self {
    case .openProgramme, .closeApplications, .closeProgramme: nil
    case .apply(let data): data.station
    case .approve(let data): data.station
    case .pay(let data): data.station
    case .inspect(let data): data.station
    case .exit(let data): data.station
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .openProgramme(let data): try io.walk(data) { self = .openProgramme($0) }
    case .apply(let data): try io.walk(data) { self = .apply($0) }
    case .closeApplications(let data): try io.walk(data) { self = .closeApplications($0) }
    case .approve(let data): try io.walk(data) { self = .approve($0) }
    case .pay(let data): try io.walk(data) { self = .pay($0) }
    case .inspect(let data): try io.walk(data) { self = .inspect($0) }
    case .exit(let data): try io.walk(data) { self = .exit($0) }
    case .closeProgramme(let data): try io.walk(data) { self = .closeProgramme($0) }
    }
  }
}
