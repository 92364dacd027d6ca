// What can be asked about parties. Decisions are in PartyDecide.

/// The sum of all commands about parties.
public enum PartyCommand: Equatable, Fielded {
  static var blanks: [PartyCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
