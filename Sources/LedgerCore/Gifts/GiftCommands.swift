// What can be asked about gifts. Decisions are in GiftDecide.

/// The sum of all commands about gifts.
public enum GiftCommand: Equatable, Fielded {
  static var blanks: [GiftCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
