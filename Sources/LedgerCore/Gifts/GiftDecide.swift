// What is allowed with gifts. How states change is in Gift.

extension GiftCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [GiftEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
