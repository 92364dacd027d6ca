// What is allowed with campaigns of coupons (C1, C4, C12, F4-F6). How a campaign changes is in Campaign; how its coupons
// are granted is in CouponGranting.

extension CampaignCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [CampaignEvent] {
    switch self {
    case .draft(let data): [try data.decide(asking, view)]
    case .submit(let data): [try data.decide(asking, view)]
    case .approve(let data): [try data.decide(asking, view)]
    case .publish(let data): [try data.decide(asking, view)]
    case .pause(let data): [try data.decide(asking, view)]
    case .resume(let data): [try data.decide(asking, view)]
    case .close(let data): [try data.decide(asking, view)]
    case .importCodes(let data): [try data.decide(asking, view)]
    }
  }

  /// Whether it can wait for a second actor: nobody approves a campaign of their own, also not through another.
  var canWait: Bool {
    switch self {
    case .draft, .approve: false
    case .submit, .publish, .pause, .resume, .close, .importCodes: true
    }
  }

  /// Where the actor's role must reach: the campaign's organisation; to publish, also those whose funds pay.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .draft(let data): return [data.terms.organisation]
    case .publish(let data):
      let known = try view.knownCampaign(data.campaign)
      var organisations = [known.organisation]
      for payer in known.version(data.version)?.terms.payers ?? [] {
        organisations.append(try view.knownFund(payer.fund).organisation)
      }
      return organisations
    case .submit, .approve, .pause, .resume, .close, .importCodes:
      return [try view.knownCampaign(campaign).organisation]
    }
  }
}

extension DraftCampaign {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    _ = try view.openOrganisation(terms.organisation, at: asking.at)
    let known = try view.campaign(campaign)
    if let known, known.isClosed { throw .refused(Refusal(.campaignClosed, "campaign", campaign.text)) }
    if let last = known?.versions.last {
      try view.require("the version before it", since: last.since, at: asking.at)
    }
    let next = Int64(known?.versions.count ?? 0) + 1
    guard version == next else { throw .refused(Refusal(.campaignVersionOutOfOrder, "expected", next)) }
    if let field = known.flatMap({ terms.firstFixed(in: $0) }) {
      throw .refused(Refusal(.campaignVersionDiffers, "field", field))
    }
    guard terms.from < terms.until else {
      throw .refused(Refusal(.campaignEmptyWindow, "from", terms.from.description))
    }
    if let audience = terms.audience.organisation {
      guard try view.lineage(of: audience).contains(terms.organisation) else {
        throw .refused(Refusal(.campaignAudienceOutside, "organisation", audience.text))
      }
    }
    for part in terms.kind.parts ?? [] {
      guard try view.knownCampaign(part).versions.last?.terms.kind.mode != .bundle else {
        throw .refused(Refusal(.campaignNotAPart, "campaign", part.text))
      }
    }
    return .drafted(CampaignDrafted(request: self, author: asking.actor))
  }
}

extension CampaignTerms {
  /// The first field that differs though no version of a campaign may change it; nil when none does. What is published
  /// fixes who pays, and for what.
  fileprivate func firstFixed(in campaign: Campaign) -> String? {
    if organisation != campaign.organisation { return "organisation" }
    guard let published = campaign.terms else { return nil }
    if kind.mode != published.kind.mode { return "kind.mode" }
    if (uses == nil) != (published.uses == nil) { return "uses" }
    if purpose != published.purpose { return "purpose" }
    return payers == published.payers ? nil : "payers"
  }
}

extension SubmitCampaign {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    _ = try view.newest(version, of: campaign, in: .draft, asking)
    return .submitted(CampaignSubmitted(request: self))
  }
}

extension ApproveCampaign {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    let (_, waiting) = try view.newest(version, of: campaign, in: .submitted, asking)
    guard waiting.author != asking.actor else {
      throw .refused(Refusal(.campaignOwnApproval, "author", waiting.author.text))
    }
    return .approved(CampaignApproved(request: self, approver: asking.actor))
  }
}

extension PublishCampaign {
  /// The first version commits its whole budget, a later one the difference: more from the funds, less back to them,
  /// but never below what is spent and reserved.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    let (known, approved) = try view.newest(version, of: campaign, in: .approved, asking)
    let terms = approved.terms
    let payers = terms.payers ?? []
    var published = CampaignPublished(request: self)
    for payer in payers { published.organisations.append(try view.knownFund(payer.fund).organisation) }
    let before = known.terms?.budgetFen ?? .zero
    if terms.budgetFen > before {
      let parts = (terms.budgetFen - before).split(by: payers.map(\.weight))
      for (payer, part) in zip(payers, parts) where part > .zero {
        published.committed += try view.cover(part, of: payer.fund, for: terms.purpose, asking)
      }
    } else if terms.budgetFen < before {
      let surplus = before - terms.budgetFen
      guard surplus <= known.free else {
        throw .refused(Refusal(.campaignBudgetBelowUsed, "used", (before - known.free).count))
      }
      published.released = known.newestMoney.taking(surplus).taken
    }
    var after = known
    after.payers = terms.money(of: published.organisations, known.payers)
    after.give(published.committed)
    try after.payers.flatMap(\.free).requireFew(Fund.mostReceipts)
    published.free = known.free + published.committed.total - published.released.total
    published.exhausted =
      terms.isTooLittle(published.free) || terms.quotas.total.map { $0 <= known.taken } ?? false
    return .published(published)
  }
}

extension Campaign {
  /// What is free, by payer; the newest receipts are given back first.
  fileprivate var newestMoney: [PayerMoney] {
    payers.map { PayerMoney(weight: $0.weight, shares: $0.free.reversed()) }
  }
}

extension PauseCampaign {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    _ = try view.runningCampaign(campaign, asking)
    return .paused(CampaignPaused(request: self))
  }
}

extension ResumeCampaign {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    let known = try view.knownCampaign(campaign)
    guard let since = known.pausedSince, !known.isClosed else {
      throw .refused(Refusal(.campaignNotPaused, "status", known.status.rawValue))
    }
    try view.require("the pause", since: since, at: asking.at)
    return .resumed(CampaignResumed(request: self))
  }
}

extension CloseCampaign {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    let known = try view.knownCampaign(campaign)
    try view.require("the campaign", since: known.versions.last?.since ?? known.since, at: asking.at)
    guard !known.isClosed else { throw .refused(Refusal(.campaignClosed, "campaign", campaign.text)) }
    return .closed(
      CampaignClosed(
        request: self, released: known.payers.flatMap(\.free).filter { $0.amount > .zero },
        reserved: known.reserved))
  }
}

extension ImportCodes {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CampaignEvent {
    let known = try view.knownCampaign(campaign)
    try view.require("the campaign", since: known.since, at: asking.at)
    guard !known.isClosed else { throw .refused(Refusal(.campaignClosed, "campaign", campaign.text)) }
    guard known.versions.last?.terms.usesCodePool == true else {
      throw .refused(Refusal(.campaignWithoutPool, "campaign", campaign.text))
    }
    var seen: Set<ContentHash> = []
    try refuse(codeHashes.filter { !seen.insert($0).inserted }, .couponCodesRepeated)
    var taken: [ContentHash] = []
    for hash in codeHashes where try view.couponCode(hash) != nil { taken.append(hash) }
    try refuse(taken, .couponCodesKnown)
    return .codesImported(CodesImported(request: self))
  }

  private func refuse(_ codes: [ContentHash], _ code: Refusal.Code) throws(Undecided) {
    guard let first = codes.first else { return }
    throw .refused(
      Refusal(
        code,
        [
          Refusal.Detail(name: "codes", value: .number(Int64(codes.count))),
          Refusal.Detail(name: "first", value: .word(first.text)),
        ]))
  }
}

extension View {
  /// The campaign, at whatever stage.
  func knownCampaign(_ id: CampaignID) throws(Undecided) -> Campaign {
    guard let campaign = try campaign(id) else {
      throw .refused(Refusal(.campaignUnknown, "campaign", id.text))
    }
    return campaign
  }

  /// The campaign, which must be published by then and neither paused nor closed.
  func runningCampaign(_ id: CampaignID, _ asking: Asking) throws(Undecided) -> Campaign {
    let campaign = try knownCampaign(id)
    guard let since = campaign.published.flatMap({ campaign.version($0)?.since }), !campaign.isClosed,
      campaign.pausedSince == nil
    else { throw .refused(campaign.notPublished(id)) }
    try require("the campaign", since: since, at: asking.at)
    return campaign
  }

  /// A version that must be the newest of its campaign and have come to `stage`.
  fileprivate func newest(
    _ number: Int64, of id: CampaignID, in stage: CampaignVersion.Stage, _ asking: Asking
  ) throws(Undecided) -> (Campaign, CampaignVersion) {
    let campaign = try knownCampaign(id)
    guard !campaign.isClosed else { throw .refused(Refusal(.campaignClosed, "campaign", id.text)) }
    guard number == Int64(campaign.versions.count), let version = campaign.versions.last else {
      throw .refused(Refusal(.campaignVersionOutOfOrder, "expected", Int64(campaign.versions.count)))
    }
    try require("the version", since: version.since, at: asking.at)
    guard version.stage == stage else {
      throw .refused(Refusal(.campaignWrongStage, "stage", version.stage.rawValue))
    }
    return (campaign, version)
  }
}

extension Campaign {
  func notPublished(_ id: CampaignID) -> Refusal {
    Refusal(
      .campaignNotPublished,
      [
        Refusal.Detail(name: "campaign", value: .word(id.text)),
        Refusal.Detail(name: "status", value: .word(status.rawValue)),
      ])
  }
}
