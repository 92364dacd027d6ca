// What can be asked about approvals (L6). Decisions are in ApprovalDecide.

/// Holds a command until a second actor decides it. The approval is known by this command's id.
public struct OpenApproval: CommandData {
  /// What waits: any command but an approval, the opening of a ledger or part of a job.
  public var request: CommandBody = .ledger(.open(.blank))
  public var reason: FreeText?

  init() {}
  public init(_ request: CommandBody, reason: FreeText? = nil) {
    self.request = request
    self.reason = reason
  }

  static let type = CommandType(
    "approval.open", by: Role.allCases,
    refusals: [.approvalNotPossible, .memberUnknown],
    "Holds a command until a second actor decides it; needs the role that the command needs.")

  mutating func fields<IO: RecordIO>(_ io: inout IO) throws(WireError) {
    try io.nested("request") { (io: inout IO) throws(WireError) in try io.commandBody(&request) }
    try io.field("reason", &reason)
  }
}

/// Grants an approval: the command that waits is decided now.
public struct GrantApproval: CommandData {
  /// The id of the command that opened it.
  public var approval: CommandID = .blank

  init() {}
  public init(approval: CommandID) { self.approval = approval }

  static let type = CommandType(
    "approval.grant", by: [.approver],
    refusals: [.approvalUnknown, .timeBeforeCause, .approvalDecided, .approvalBySameActor],
    "Grants an approval; the command that waits is decided now, and can be refused as by itself.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("approval", &approval, "the id of the command that opened it")
  }
}

/// Ends an approval without doing what waits: by an approver, or taken back by the actor who opened it.
public struct DenyApproval: CommandData {
  public var approval: CommandID = .blank
  public var reason: FreeText?

  init() {}
  public init(approval: CommandID, reason: FreeText? = nil) {
    self.approval = approval
    self.reason = reason
  }

  static let type = CommandType(
    "approval.deny", by: [.approver],
    refusals: [.approvalUnknown, .timeBeforeCause, .approvalDecided],
    "Ends an approval without doing what waits; the actor who opened it may take it back so.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("approval", &approval, "the id of the command that opened it")
    try io.field("reason", &reason)
  }
}

/// The sum of the above. Boxed, because a command holds a command here.
public indirect enum ApprovalCommand: Equatable, Fielded {
  case open(OpenApproval)
  case grant(GrantApproval)
  case deny(DenyApproval)

  static var blanks: [ApprovalCommand] { [.open(.blank), .grant(.blank), .deny(.blank)] }

  var type: CommandType {
    switch self {
    case .open: OpenApproval.type
    case .grant: GrantApproval.type
    case .deny: DenyApproval.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .open(let data): try io.walk(data) { self = .open($0) }
    case .grant(let data): try io.walk(data) { self = .grant($0) }
    case .deny(let data): try io.walk(data) { self = .deny($0) }
    }
  }
}
