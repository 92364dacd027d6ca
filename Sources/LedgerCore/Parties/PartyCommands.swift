// What can be asked about parties (F7, F10). Decisions are in PartyDecide.

/// Makes a party known.
public struct RegisterParty: CommandData {
  public var party: PartyID = .blank
  public var name: FreeText?
  public var kind: PartyKind = .employer
  /// Who looks after it; nil: the ledger as a whole.
  public var organisation: OrganisationID?

  init() {}
  public init(
    party: PartyID, kind: PartyKind, name: FreeText? = nil, organisation: OrganisationID? = nil
  ) {
    self.party = party
    self.kind = kind
    self.name = name
    self.organisation = organisation
  }

  static let type = CommandType(
    "party.register", by: [.finance, .operator],
    refusals: [.partyExists, .organisationClosed, .timeBeforeCause],
    "Makes an employer, platform, donor or agency known.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("party", &party)
    try io.field("name", &name, "of the firm or body, never of a person")
    try io.field("kind", &kind)
    try io.field("organisation", &organisation, "who looks after it; the ledger as a whole when absent")
  }
}

/// Notes what a party paid or gave itself: memo money, never cash.
public struct RecordMemo: CommandData {
  public var party: PartyID = .blank
  /// On which it was paid or given.
  public var day: CivilDay = .blank
  public var amount: Fen = .zero
  /// Of the document that says so.
  public var documentHash: ContentHash = .blank
  public var purpose: Purpose?
  public var note: FreeText?

  init() {}
  public init(
    party: PartyID, day: CivilDay, amount: Fen, documentHash: ContentHash, purpose: Purpose? = nil,
    note: FreeText? = nil
  ) {
    self.party = party
    self.day = day
    self.amount = amount
    self.documentHash = documentHash
    self.purpose = purpose
    self.note = note
  }

  static let type = CommandType(
    "party.record-memo", by: [.finance, .operator],
    refusals: [.partyUnknown, .timeBeforeCause, .memoToCome],
    "Notes what a party paid or gave itself: memo money, never in a total of cash.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("party", &party)
    try io.field("day", &day, "on which it was paid or given, not after that of `at`")
    try io.field("amountFen", &amount, in: 1...Fen.limit, "what it is worth; a memo")
    try io.field("documentHash", &documentHash, "of the document that says so")
    try io.field("purpose", &purpose)
    try io.field("note", &note)
  }
}

/// The sum of the above.
public enum PartyCommand: Equatable, Fielded {
  case register(RegisterParty)
  case recordMemo(RecordMemo)

  static var blanks: [PartyCommand] { [.register(.blank), .recordMemo(.blank)] }

  var type: CommandType {
    switch self {
    case .register: RegisterParty.type
    case .recordMemo: RecordMemo.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .register(let data): try io.walk(data) { self = .register($0) }
    case .recordMemo(let data): try io.walk(data) { self = .recordMemo($0) }
    }
  }
}
