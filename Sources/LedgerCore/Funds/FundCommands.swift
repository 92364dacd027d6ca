// What can be asked about funds (F1). Decisions are in FundDecide.

/// Opens a fund of an organisation.
public struct OpenFund: CommandData {
  public var fund: FundID = .blank
  public var organisation: OrganisationID = .blank
  public var source: FundSource = .own
  public var name: FreeText?
  /// What its money may be used for; nil: anything.
  public var purposes: [Purpose]?
  /// The first day on which it may be used.
  public var from: CivilDay = .blank
  /// The first day on which it may not be used any more.
  public var until: CivilDay?
  /// An alarm is due when less than this is available.
  public var alarmBelow: Fen?

  init() {}
  public init(
    fund: FundID, organisation: OrganisationID, source: FundSource = .own, purposes: [Purpose]? = nil,
    from: CivilDay, until: CivilDay? = nil
  ) {
    self.fund = fund
    self.organisation = organisation
    self.source = source
    self.purposes = purposes
    self.from = from
    self.until = until
  }

  static let type = CommandType(
    "fund.open", by: [.finance],
    refusals: [.organisationClosed, .timeBeforeCause, .fundExists, .fundEmptyWindow],
    "Opens a fund of an organisation.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("organisation", &organisation)
    try io.field("source", &source, "中央, 省, 上级 or 本级")
    try io.field("name", &name)
    try io.field("purposes", &purposes, "what its money may be used for; anything when absent")
    try io.field("from", &from, "the first day on which it may be used")
    try io.field("until", &until, "the first day on which it may not be used any more")
    try io.field("alarmBelowFen", &alarmBelow, in: 1...Fen.limit, "an alarm is due when less is available")
    try io.expect(purposes?.isEmpty != true, "purposes", "at least one purpose, or none of this field")
  }
}

/// Money comes into a fund from outside.
public struct ReceiveFund: CommandData {
  public var fund: FundID = .blank
  public var amount: Fen = .zero
  /// Who gave it; nil: the organisation's own means.
  public var party: PartyID?
  /// Narrower than the fund's.
  public var purposes: [Purpose]?
  public var documentHash: ContentHash?

  init() {}
  public init(fund: FundID, amount: Fen, party: PartyID? = nil, purposes: [Purpose]? = nil) {
    self.fund = fund
    self.amount = amount
    self.party = party
    self.purposes = purposes
  }

  static let type = CommandType(
    "fund.receive", by: [.finance],
    refusals: [.fundUnknown, .timeBeforeCause, .fundClosed, .fundPurposeNotCovered],
    "Money comes into a fund from outside; the receipt is known by this command's id.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("amountFen", &amount, in: 1...Fen.limit, "")
    try io.field("party", &party, "who gave it; the organisation's own means when absent")
    try io.field("purposes", &purposes, "narrower than the fund's; the same when absent")
    try io.field("documentHash", &documentHash)
    try io.expect(purposes?.isEmpty != true, "purposes", "at least one purpose, or none of this field")
  }
}

/// The sum of the above.
public enum FundCommand: Equatable, Fielded {
  case open(OpenFund)
  case receive(ReceiveFund)

  static var blanks: [FundCommand] { [.open(.blank), .receive(.blank)] }

  var type: CommandType {
    switch self {
    case .open: OpenFund.type
    case .receive: ReceiveFund.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .open(let data): try io.walk(data) { self = .open($0) }
    case .receive(let data): try io.walk(data) { self = .receive($0) }
    }
  }
}
