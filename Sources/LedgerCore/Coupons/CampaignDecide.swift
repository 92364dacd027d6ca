// What is allowed with campaigns. How states change is in Campaign.

extension CampaignCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [CampaignEvent] { switch self {} }

  /// Where the actor's role must reach.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] { switch self {} }
}
