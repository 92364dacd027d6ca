// What can be asked about activities. Decisions are in ActivityDecide.

/// The sum of all commands about activities.
public enum ActivityCommand: Equatable, Fielded {
  static var blanks: [ActivityCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
