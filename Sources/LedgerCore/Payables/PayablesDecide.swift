// What is allowed with what organisations owe each other. How states change is in Payables.

extension PayableCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [PayableEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
