// What happened to approvals. State and evolve are in Approval.

struct ApprovalOpened: EventData {
  var request = OpenApproval()
  /// The id of the command.
  var approval: CommandID = .blank
  var opener: ActorID = .blank
  /// Who brought the command to the ledger.
  var openedVia: FreeText?
  static let type = EventType("approval.opened", "A command waits for a second actor.")
  consuming func asEvent() -> Event { .approval(.opened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("approval", &approval, "the id of this command, by which the approval is known")
    try io.field("opener", &opener)
    try io.field("openedVia", &openedVia, "who brought the command")
  }
}

struct ApprovalGranted: EventData {
  var request = GrantApproval()
  var approver: ActorID = .blank
  var opener: ActorID = .blank
  var openedVia: FreeText?
  static let type = EventType(
    "approval.granted", "A second actor agrees; the events of the command that waited follow.")
  consuming func asEvent() -> Event { .approval(.granted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("approver", &approver)
    try io.field("opener", &opener, "who asked")
    try io.field("openedVia", &openedVia, "who brought the opening command: not who brought this one")
  }
}

struct ApprovalDenied: EventData {
  var request = DenyApproval()
  var denier: ActorID = .blank
  static let type = EventType("approval.denied", "A command that waited will not be done.")
  consuming func asEvent() -> Event { .approval(.denied(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("denier", &denier)
  }
}

/// The sum of the above.
indirect enum ApprovalEvent: Equatable, Fielded {
  case opened(ApprovalOpened)
  case granted(ApprovalGranted)
  case denied(ApprovalDenied)

  static var types: [any EventData.Type] {
    [ApprovalOpened.self, ApprovalGranted.self, ApprovalDenied.self]
  }

  var dataType: any EventData.Type {
    switch self {
    case .opened: ApprovalOpened.self
    case .granted: ApprovalGranted.self
    case .denied: ApprovalDenied.self
    }
  }

  /// The command that this event answers.
  var request: ApprovalCommand {
    switch self {
    case .opened(let event): .open(event.request)
    case .granted(let event): .grant(event.request)
    case .denied(let event): .deny(event.request)
    }
  }

  /// Which approval.
  var approval: CommandID {
    switch self {
    case .opened(let event): event.approval
    case .granted(let event): event.request.approval
    case .denied(let event): event.request.approval
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .opened(let event): try io.walk(event) { self = .opened($0) }
    case .granted(let event): try io.walk(event) { self = .granted($0) }
    case .denied(let event): try io.walk(event) { self = .denied($0) }
    }
  }
}
