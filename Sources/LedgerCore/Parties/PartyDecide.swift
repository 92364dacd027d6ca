// What is allowed with parties. How states change is in Party.

extension PartyCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [PartyEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
