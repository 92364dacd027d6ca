// What can be asked about funds (F1): opening, receiving, allotting, recalling, closing. What is spent is in
// FundSpendCommands; decisions are in FundDecide.

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
    from: CivilDay, until: CivilDay? = nil, alarmBelow: Fen? = nil
  ) {
    self.fund = fund
    self.organisation = organisation
    self.source = source
    self.purposes = purposes
    self.from = from
    self.until = until
    self.alarmBelow = alarmBelow
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
    try io.expect(
      Purpose.mayBeListed(purposes), "purposes", "1 to 10 different purposes, or none of this field")
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
    refusals: [
      .fundUnknown, .timeBeforeCause, .fundClosed, .partyUnknown, .fundPurposeNotCovered, .fundReceiptExists,
    ],
    "Money comes into a fund from outside; the receipt is known by this command's id.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("amountFen", &amount, in: 1...Fen.limit, "")
    try io.field("party", &party, "who gave it; the organisation's own means when absent")
    try io.field("purposes", &purposes, "narrower than the fund's; the same when absent")
    try io.field("documentHash", &documentHash)
    try io.expect(
      Purpose.mayBeListed(purposes), "purposes", "1 to 10 different purposes, or none of this field")
  }
}

/// Gives money of a fund to a child fund.
public struct AllotFund: CommandData {
  /// The parent.
  public var fund: FundID = .blank
  /// The child.
  public var to: FundID = .blank
  public var amount: Fen = .zero
  /// Narrower than those of the money.
  public var purposes: [Purpose]?

  init() {}
  public init(fund: FundID, to: FundID, amount: Fen, purposes: [Purpose]? = nil) {
    self.fund = fund
    self.to = to
    self.amount = amount
    self.purposes = purposes
  }

  static let type = CommandType(
    "fund.allot", by: [.finance],
    refusals: [
      .fundUnknown, .timeBeforeCause, .fundClosed, .fundOutsideWindow, .fundSame, .fundPurposeNotCovered,
      .fundBalanceTooLow, .fundTooManyReceipts, .fundReceiptExists,
    ],
    "Gives money of a fund to a child fund, of any organisation: the oldest receipts that cover the purposes."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund, "the parent")
    try io.field("to", &to, "the child")
    try io.field("amountFen", &amount, in: 1...Fen.limit, "")
    try io.field("purposes", &purposes, "narrower than those of the money; the same when absent")
    try io.expect(
      Purpose.mayBeListed(purposes), "purposes", "1 to 10 different purposes, or none of this field")
  }
}

/// Takes back what a child fund has not used of a parent's allotments.
public struct RecallFund: CommandData {
  /// The child.
  public var fund: FundID = .blank
  /// The parent.
  public var from: FundID = .blank
  public var amount: Fen = .zero

  init() {}
  public init(fund: FundID, from: FundID, amount: Fen) {
    self.fund = fund
    self.from = from
    self.amount = amount
  }

  static let type = CommandType(
    "fund.recall", by: [.finance],
    refusals: [
      .fundUnknown, .timeBeforeCause, .fundClosed, .fundRecallAboveUnused, .fundTooManyReceipts,
    ],
    "Takes back what a child fund has available of a parent's allotments, oldest first, to the same receipts."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund, "the child")
    try io.field("from", &from, "the parent, which gets it back")
    try io.field("amountFen", &amount, in: 1...Fen.limit, "")
  }
}

/// Closes a fund for good.
public struct CloseFund: CommandData {
  public var fund: FundID = .blank
  /// What is left goes there instead of back to the parents.
  public var carryOverTo: FundID?

  init() {}
  public init(fund: FundID, carryOverTo: FundID? = nil) {
    self.fund = fund
    self.carryOverTo = carryOverTo
  }

  static let type = CommandType(
    "fund.close", by: [.finance],
    refusals: [
      .fundUnknown, .timeBeforeCause, .fundClosed, .fundCommitted, .fundLeft, .fundSame,
      .fundOfOtherOrganisation, .fundPurposeNotCovered, .fundTooManyReceipts,
    ],
    "Closes a fund for good: what is left, and what comes back later, goes to the parents or is carried over."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field(
      "carryOverTo", &carryOverTo, "a fund of the same organisation; back to the parents when absent")
  }
}

/// The sum of the above, and of what is spent.
public enum FundCommand: Equatable, Fielded {
  case open(OpenFund)
  case receive(ReceiveFund)
  case allot(AllotFund)
  case recall(RecallFund)
  case spend(SpendFund)
  case returnSpend(ReturnSpend)
  case close(CloseFund)

  static var blanks: [FundCommand] {
    [
      .open(.blank), .receive(.blank), .allot(.blank), .recall(.blank), .spend(.blank), .returnSpend(.blank),
      .close(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .open: OpenFund.type
    case .receive: ReceiveFund.type
    case .allot: AllotFund.type
    case .recall: RecallFund.type
    case .spend: SpendFund.type
    case .returnSpend: ReturnSpend.type
    case .close: CloseFund.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .open(let data): try io.walk(data) { self = .open($0) }
    case .receive(let data): try io.walk(data) { self = .receive($0) }
    case .allot(let data): try io.walk(data) { self = .allot($0) }
    case .recall(let data): try io.walk(data) { self = .recall($0) }
    case .spend(let data): try io.walk(data) { self = .spend($0) }
    case .returnSpend(let data): try io.walk(data) { self = .returnSpend($0) }
    case .close(let data): try io.walk(data) { self = .close($0) }
    }
  }
}

extension Purpose {
  /// How many a fund or receipt may name: its receipts must fit into one event.
  static let mostListed = 10

  static func mayBeListed(_ purposes: [Purpose]?) -> Bool {
    guard let purposes else { return true }
    return (1...mostListed).contains(purposes.count) && Set(purposes).count == purposes.count
  }
}
