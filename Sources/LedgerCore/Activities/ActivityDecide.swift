// What is allowed with activities. How states change is in Activity.

extension ActivityCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [ActivityEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
