// What can be asked about grants to stations. Decisions are in GrantDecide.

/// The sum of all commands about grants to stations.
public enum GrantCommand: Equatable, Fielded {
  static var blanks: [GrantCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
