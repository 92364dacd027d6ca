// What is allowed with grants to stations. How states change is in Grant.

extension GrantCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [GrantEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
