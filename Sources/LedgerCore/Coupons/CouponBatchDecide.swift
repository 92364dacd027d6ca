// Granting coupons to a whole audience (C2, L11): what a job sets aside, what each chunk grants, what goes back. How one
// coupon is granted is in CouponGranting; chunks and their order are the job's own affair.

extension GrantCoupons {
  /// What opening the job sets aside.
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let (campaign, terms) = try view.grantingCampaign(self.campaign, asking)
    guard terms.kind.mode != .bundle, terms.usesCodePool != true, terms.codeHash == nil,
      terms.isOnlyInBundle != true
    else { throw .refused(Refusal(.couponNotPushed, "campaign", self.campaign.text)) }
    try asking.requireJobID()
    return .grantOpened(
      try campaign.hold(pieces, self.campaign, for: asking.command, asking))
  }
}

extension Campaign {
  /// Sets aside so many coupons for a job: all quotas and the money are there, or it is refused.
  fileprivate func hold(
    _ pieces: Int64, _ id: CampaignID, for job: CommandID, _ asking: Asking
  ) throws(Undecided) -> CouponGrantOpened {
    guard let published, let terms else { throw .refused(notPublished(id)) }
    for (quota, most, used) in [
      ("total", terms.quotas.total, taken), ("per-day", terms.quotas.perDay, days.count(on: asking.day)),
    ] {
      guard let most, used + pieces > most else { continue }
      throw .refused(.quotaTaken(quota, of: id, limit: most))
    }
    let (worth, isTooMuch) = terms.reservation.count.multipliedReportingOverflow(by: pieces)
    guard !isTooMuch, worth <= free.count else {
      throw .refused(.budgetTaken(of: id, short: Fen(count: isTooMuch ? Int64.max : worth) - free))
    }
    var opened = CouponGrantOpened(job: job, campaign: id, version: published, pieces: pieces)
    // By payer for all of them together; a payer whom rounding leaves short is helped out by the others.
    opened.held = freeMoney.taking(Fen(count: worth)).taken
    if terms.quotas.perDay != nil || terms.quotas.perMemberPerDay != nil { opened.countedOn = asking.day }
    var after = self
    after.take(opened)
    opened.exhausted = after.exhaustedChange
    return opened
  }

  /// This campaign as a job sees it: nothing but what was set aside for the job is there to be granted.
  fileprivate func seen(by hold: JobHold) -> Campaign {
    var seen = self
    seen.published = hold.version
    seen.taken -= hold.pieces
    if let day = hold.countedOn { seen.days.add(-hold.pieces, on: day) }
    for payer in seen.payers.indices {
      seen.payers[payer].free = hold.money.filter { $0.fund == seen.payers[payer].fund }
    }
    return seen
  }
}

extension View {
  /// What a chunk grants: a coupon to each member who may have one. Who may not any more, or has one already under a
  /// quota, is passed over, for a chunk is sent once and its refusal would stay.
  func granted(
    _ members: [MemberID], job id: CommandID, _ campaign: CampaignID, _ asking: Asking
  ) throws(Undecided) -> CouponEvent {
    let known = try knownCampaign(campaign)
    var event = CouponsGranted(job: id, campaign: campaign)
    guard let hold = known.holds.first(where: { $0.job == id }),
      let terms = known.version(hold.version)?.terms
    else {
      event.skipped = Int64(members.count)
      return .granted(event)
    }
    var granting = known.seen(by: hold)
    event.version = hold.version
    event.expires = zone.end(of: terms.validity.lastDay(grantedOn: asking.day))
    if terms.kind.mode == .stored { event.left = terms.kind.mostFen }
    event.countedOn = hold.countedOn
    var left = hold.pieces
    // A job goes through the members in the order of their ids, so that nobody is granted two by naming one twice.
    var reached = try job(id)?.reached
    for member in members {
      guard left > 0, reached.map({ $0 < member }) ?? true,
        let grant = try grant(campaign, granting, terms, to: member, asking)
      else {
        event.skipped += 1
        continue
      }
      granting.take(grant)
      left -= 1
      reached = member
      if event.groups.last?.reserved == grant.reserved {
        event.groups[event.groups.count - 1].members.append(member)
      } else {
        event.groups.append(GrantGroup(reserved: grant.reserved, members: [member]))
      }
    }
    return .granted(event)
  }

  /// One member's coupon; nil when the member may not have one.
  private func grant(
    _ id: CampaignID, _ granting: Campaign, _ terms: CampaignTerms, to member: MemberID, _ asking: Asking
  ) throws(Undecided) -> CouponGrant? {
    do {
      let recipient = try activeMember(member, at: asking.at)
      _ = try audienceFacts(of: recipient, for: terms, asking)
      return try granting.grant(id, to: try couponHolding(CampaignMember(id, member)), asking, zone)
    } catch {
      if case .refused = error { return nil }
      throw error
    }
  }

  /// What a job did not grant goes back.
  func grantClosed(job id: CommandID, _ campaign: CampaignID) throws(Undecided) -> CouponEvent? {
    let known = try knownCampaign(campaign)
    guard let hold = known.holds.first(where: { $0.job == id }) else { return nil }
    var event = CouponGrantClosed(
      job: id, campaign: campaign, granted: hold.opened - hold.pieces, released: hold.pieces,
      freed: hold.money, toFund: known.isClosed && !hold.money.isEmpty ? true : nil,
      countedOn: hold.pieces > 0 ? hold.countedOn : nil)
    var after = known
    after.take(event)
    event.exhausted = after.exhaustedChange
    return .grantClosed(event)
  }
}

extension Book {
  /// Whether a job that opened at `instant` may name a member for a coupon; the chunk itself looks again, also at quotas.
  package func mayBeGranted(_ id: CampaignID, to member: MemberID, at instant: Instant) -> Recipient {
    guard let zone = ledger?.zone else { return .no }
    let asking = Asking(command: .blank, actor: .blank, at: instant, day: zone.day(of: instant))
    let view = View(self, zone)
    do throws(Undecided) {
      guard let terms = try view.knownCampaign(id).terms else { return .no }
      _ = try view.audienceFacts(of: try view.activeMember(member, at: instant), for: terms, asking)
      return .yes
    } catch {
      switch error {
      case .refused: return .no
      case .missing(let keys): return .unknown(keys)
      }
    }
  }
}

/// Whether a member may be named for a coupon.
package enum Recipient: Sendable {
  case yes, no
  /// Not before these are loaded.
  case unknown([EntityKey])
}

extension CommandBody {
  /// The campaign whose coupons a job of this command grants.
  package var campaignToGrant: CampaignID? {
    if case .coupon(.grant(let data)) = self { data.campaign } else { nil }
  }
}
