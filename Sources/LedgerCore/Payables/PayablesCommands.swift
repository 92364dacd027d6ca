// What can be asked about what organisations owe each other. Decisions are in PayablesDecide.

/// The sum of all commands about what organisations owe each other.
public enum PayableCommand: Equatable, Fielded {
  static var blanks: [PayableCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
