// What the steps of a job mean for the coupons that it grants, and how far its actor's role must reach. What falls due on
// those whom a chunk names is applied in BookDecide.

extension View {
  /// The coupon events that follow from a job's event: a chunk grants, the end gives back what was not granted.
  func couponsFollowing(_ event: JobEvent, _ asking: Asking) throws(Undecided) -> [CouponEvent] {
    guard let campaign = try job(event.job)?.request.campaignToGrant else { return [] }
    switch event {
    // The opening follows from what it sets aside, not the other way round.
    case .opened: return []
    case .advanced(let event):
      return [try granted(event.request.members, job: event.request.job, campaign, asking)]
    case .finished(let event):
      try requireGranted(event.request.job, campaign)
      return try grantClosed(job: event.request.job, campaign).map { [$0] } ?? []
    }
  }
}

extension View {
  /// A job that grants coupons ends when it has granted what was set aside, or has gone through all members.
  private func requireGranted(_ id: CommandID, _ campaign: CampaignID) throws(Undecided) {
    guard let hold = try knownCampaign(campaign).holds.first(where: { $0.job == id }), hold.pieces > 0,
      try isMember(after: try job(id)?.reached)
    else { return }
    throw .refused(Refusal(.jobGrantsLeft, "pieces", hold.pieces))
  }
}

extension JobCommand {
  /// Where the actor's role must reach: as far as that of the command which opened the job. None is the whole ledger.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    let job: CommandID
    switch self {
    case .closeDay: return []
    case .advance(let data): job = data.job
    case .finish(let data): job = data.job
    }
    guard case .coupon(let opening) = try view.job(job)?.request else { return [] }
    return try opening.scope(view)
  }
}
