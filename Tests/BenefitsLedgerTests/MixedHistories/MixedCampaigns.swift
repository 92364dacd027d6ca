// Campaigns of coupons of a mixed history: terms of every kind, and the stages of their versions. Their coupons are in
// MixedCoupons.

@testable import LedgerCore

extension MixedGenerator {
  mutating func campaign() -> CommandBody? {
    switch random.number(0...19) {
    case 0...7: return nextStage()
    case 8...11:
      guard countRunning() < 12, let terms = terms() else { return nil }
      return .campaign(.draft(DraftCampaign(campaign: .named(fresh("camp")), terms: terms)))
    case 12...14: return newVersion()
    case 15:
      guard let (id, _) = one(of: \.campaigns, where: { $0.status == .published }) else { return nil }
      return .campaign(.pause(PauseCampaign(campaign: id)))
    case 16...17:
      guard let (id, _) = one(of: \.campaigns, where: { $0.status == .paused }) else { return nil }
      return .campaign(.resume(ResumeCampaign(campaign: id)))
    case 18:
      let now = now
      let isAny = random.chance(25)
      let isToClose = { (campaign: Campaign) in
        !campaign.isClosed && (isAny || campaign.versions.last.map { $0.terms.until <= now } ?? false)
      }
      guard let (id, _) = one(of: \.campaigns, where: isToClose) else { return nil }
      return .campaign(.close(CloseCampaign(campaign: id)))
    default:
      guard
        let (id, _) = one(
          of: \.campaigns, where: { !$0.isClosed && $0.versions.last?.terms.usesCodePool == true })
      else { return nil }
      return .campaign(
        .importCodes(
          ImportCodes(
            campaign: id, fileHash: .named(fresh("file.named(")),
            codeHashes: (0..<3).map { _ in .named(fresh(")code")) })))
    }
  }

  /// Campaigns that grant coupons now or may yet.
  private func countRunning() -> Int {
    let now = now
    return count(of: \.campaigns) { campaign in
      !campaign.isClosed && (campaign.versions.last.map { now < $0.terms.until } ?? false)
    }
  }

  /// A new campaign from draft to publication, and the codes it needs.
  mutating func launch() -> [Command]? {
    guard countRunning() < 12, let terms = terms() else { return nil }
    let id: CampaignID = .named(fresh("camp"))
    var commands = [
      command(.campaign(.draft(DraftCampaign(campaign: id, terms: terms))), by: .named("clerk")),
      command(.campaign(.submit(SubmitCampaign(campaign: id))), by: .named("clerk")),
      command(.campaign(.approve(ApproveCampaign(campaign: id))), by: .named("chief")),
      command(.campaign(.publish(PublishCampaign(campaign: id))), by: .named("clerk")),
    ]
    if terms.usesCodePool == true {
      let codes = (0..<4).map { _ in ContentHash.named(fresh("code")) }
      commands.append(
        command(
          .campaign(.importCodes(ImportCodes(campaign: id, fileHash: .named(id.text), codeHashes: codes))),
          by: .named("clerk")))
    }
    for index in commands.indices { commands[index].at = now }
    return commands
  }

  private mutating func nextStage() -> CommandBody? {
    let isUnderWay = { (campaign: Campaign) in
      !campaign.isClosed && campaign.versions.last?.stage != .published
    }
    guard let (id, state) = one(of: \.campaigns, where: isUnderWay), let last = state.versions.last
    else { return nil }
    let version = Int64(state.versions.count)
    return switch last.stage {
    case .draft: .campaign(.submit(SubmitCampaign(campaign: id, version: version)))
    case .submitted: .campaign(.approve(ApproveCampaign(campaign: id, version: version)))
    case .approved, .published: .campaign(.publish(PublishCampaign(campaign: id, version: version)))
    }
  }

  /// More or less money, a longer window, other quotas.
  private mutating func newVersion() -> CommandBody? {
    guard let (id, state) = one(of: \.campaigns, where: { !$0.isClosed && $0.published != nil }),
      var terms = state.terms, state.versions.count < 5
    else { return nil }
    if terms.kind.mode != .bundle {
      let more = Int64(random.number(-600...600))
      terms.budgetFen = Fen(count: max(1, terms.budgetFen.count + more))
    }
    terms.until = max(terms.until, now).adding(milliseconds: Int64(random.number(1...9)) * 86_400_000)
    terms.quotas = quotas()
    if random.chance(30) { terms.audience = CouponAudience() }
    return .campaign(
      .draft(DraftCampaign(campaign: id, version: Int64(state.versions.count) + 1, terms: terms)))
  }

  private mutating func quotas() -> CampaignQuotas {
    func some(_ percent: Int, _ range: ClosedRange<Int>) -> Int64? {
      random.chance(percent) ? Int64(random.number(range)) : nil
    }
    return CampaignQuotas(
      total: some(30, 3...15), perMember: some(30, 1...4), perDay: some(25, 2...6),
      perMemberPerDay: some(15, 1...2), perMerchant: some(15, 2...6))
  }

  /// Terms of any kind.
  private mutating func terms() -> CampaignTerms? {
    guard let kind = kind() else { return nil }
    let mode = kind.mode
    let paying = mode == .bundle ? nil : payers()
    if mode != .bundle, paying == nil { return nil }
    let until = now.adding(milliseconds: Int64(random.number(3...25)) * 86_400_000)
    var terms = CampaignTerms(
      organisation: random.chance(80) ? .named("p") : random.one(of: Self.organisations), kind: kind,
      purpose: .named("heat"), payers: paying,
      budgetFen: mode == .bundle ? .zero : Fen(count: Int64(random.number(400...3_000))),
      from: now.adding(milliseconds: -Int64(random.number(0...36)) * 3_600_000), until: until,
      validity: random.one(of: [
        .sameDay, .days(Int64(random.number(1...6))), .days(9), .until(Self.zone.day(of: until)),
      ]), quotas: quotas())
    if mode == .amount || mode == .percent || mode == .exchange, random.chance(30) {
      terms.uses = StandingUses(
        most: random.chance(40) ? Int64(random.number(2...5)) : nil,
        perDay: random.chance(70) ? Int64(random.number(1...2)) : nil)
    }
    if mode == .amount || mode == .exchange, random.chance(25) {
      terms.settleFen = Fen(count: kind.mostFen.count * Int64(random.number(5...11)) / 10 + 1)
    }
    if random.chance(10) { terms.audience = CouponAudience(occupations: Self.occupations) }
    if random.chance(8) { terms.audience.verifiedOnly = true }
    if random.chance(20) { terms.merchants = [.named("k-0"), .named("k-1"), .named("k-2")] }
    if random.chance(40) { terms.stackOrder = Int64(random.number(1...5)) }
    if random.chance(20) { terms.exclusiveClass = .named("one") }
    if random.chance(40) {
      terms.afterValidity = .grace
      terms.graceDays = Int64(random.number(1...4))
    }
    if mode != .bundle { restrict(&terms) }
    return terms
  }

  /// Codes, and coupons that come with a bundle only.
  private mutating func restrict(_ terms: inout CampaignTerms) {
    switch random.number(0...19) {
    case 0...1: terms.codeHash = .named("everybody")
    case 2...3: terms.usesCodePool = true
    case 4: terms.isOnlyInBundle = true
    default: break
    }
  }

  private mutating func kind() -> CouponKind? {
    let fen = Fen(count: Int64(random.number(20...150)))
    let threshold = random.chance(50) ? Fen(count: fen.count + Int64(random.number(0...100))) : nil
    switch random.number(0...9) {
    case 0...2: return .amount(offFen: fen, thresholdFen: threshold)
    case 3...4: return .percent(Int64(random.number(5...60)), capFen: fen, thresholdFen: threshold)
    case 5: return .exchange(.named("ticket"), faceFen: fen)
    case 6...7: return .stored(faceFen: Fen(count: fen.count * 3))
    default:
      let first = one(of: \.campaigns, where: { $0.status == .published && $0.terms?.kind.mode != .bundle })
      let second = one(of: \.campaigns, where: { $0.status == .published && $0.terms?.kind.mode != .bundle })
      guard let first, let second, first.id != second.id else { return nil }
      return .bundle([first.id, second.id])
    }
  }

  private mutating func payers() -> [CampaignPayer]? {
    guard let first = fundWithMoney(Fen(count: 3_000)) else { return nil }
    var payers = [CampaignPayer(fund: first.id, weight: Int64(random.number(1...3)))]
    if random.chance(45), let second = fundWithMoney(Fen(count: 3_000)), second.id != first.id {
      payers.append(CampaignPayer(fund: second.id, weight: Int64(random.number(1...3))))
    }
    return payers
  }
}
