// The sum of all commands: one case a benefit. A command with its envelope is in Wire/Command.

/// What a command asks for.
public enum CommandBody: Equatable, Sendable {
  case ledger(OpenLedger)
  case actor(ActorCommand)
  case organisation(OrganisationCommand)
  case member(MemberCommand)
  case points(PointsCommand)

  /// One blank of every command type, in the order of the documentation.
  static let blanks: [CommandBody] =
    [.ledger(.blank)] + ActorCommand.blanks.map(CommandBody.actor)
    + OrganisationCommand.blanks.map(CommandBody.organisation) + MemberCommand.blanks.map(CommandBody.member)
    + PointsCommand.blanks.map(CommandBody.points)

  private static let blanksByName: [String: CommandBody] = Dictionary(
    uniqueKeysWithValues: blanks.map { ($0.type.name, $0) })

  /// The blank of a type; nil when there is no such type.
  static func blank(_ type: String) -> CommandBody? { blanksByName[type] }

  public var type: CommandType {
    switch self {
    case .ledger: OpenLedger.type
    case .actor(let command): command.type
    case .organisation(let command): command.type
    case .member(let command): command.type
    case .points(let command): command.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .ledger(var data):
      try data.fields(&io)
      self = .ledger(data)
    case .actor(var command):
      try command.fields(&io)
      self = .actor(command)
    case .organisation(var command):
      try command.fields(&io)
      self = .organisation(command)
    case .member(var command):
      try command.fields(&io)
      self = .member(command)
    case .points(var command):
      try command.fields(&io)
      self = .points(command)
    }
  }

  /// The wallets it touches: what is due on them is applied before it.
  var wallets: [MemberID] {
    switch self {
    case .ledger, .actor, .organisation: []
    case .member(let command):
      switch command {
      case .transfer(let data): [data.member]
      case .leave(let data): [data.member]
      case .rejoin(let data): [data.member]
      case .enrol, .verify, .startFact, .endFact: []
      }
    case .points(let command): command.member.map { [$0] } ?? []
    }
  }
}
