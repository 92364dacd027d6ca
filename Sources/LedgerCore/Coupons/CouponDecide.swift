// What is allowed with coupons. How states change is in Coupon.

extension CouponCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [CouponEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
