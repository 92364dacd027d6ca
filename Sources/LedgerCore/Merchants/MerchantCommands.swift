// What can be asked about merchants and settlements with them. Decisions are in MerchantDecide.

/// The sum of all commands about merchants and settlements with them.
public enum MerchantCommand: Equatable, Fielded {
  static var blanks: [MerchantCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
