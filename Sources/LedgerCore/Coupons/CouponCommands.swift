// What can be asked about coupons. Decisions are in CouponDecide.

/// The sum of all commands about coupons.
public enum CouponCommand: Equatable, Fielded {
  static var blanks: [CouponCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}
