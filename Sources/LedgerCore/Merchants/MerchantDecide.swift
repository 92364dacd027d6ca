// What is allowed with merchants and settlements with them. How states change is in Merchant.

extension MerchantCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [MerchantEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
