// How many rows a use of a coupon writes: each is paid for with every order. How long it takes is measured by
// `benefits bench`.

import Testing

@testable import BenefitsLedger
@testable import LedgerCore

@Suite("The row budget")
struct RowBudgetTests {
  private static let members = 40
  private let folder: DatabaseFolder
  private let ledger: Ledger
  private let clock = HistoryClock(Instant(milliseconds: 1_664_600_000_000))

  /// A ledger with a campaign of which every member has a coupon.
  init() throws {
    folder = try DatabaseFolder()
    ledger = try Ledger.create(
      at: folder.file("test.ledger"),
      OpenLedger(
        name: .named("test"), origin: .named("test"), zone: HistoryGenerator.zone,
        owner: HistoryGenerator.owner), clock: clock)
    let receipts = try perform(setUp)
    #expect(receipts.filter { !$0.isAccepted }.map(\.line) == [])
  }

  private var setUp: [Command] {
    let (owner, chief) = (HistoryGenerator.owner, ActorID.named("chief"))
    let day = HistoryGenerator.zone.day(of: clock.now())
    let campaign = CampaignID.named("cool")
    var terms = CampaignTerms(
      organisation: .named("city"), kind: .amount(offFen: Fen(count: 199)), purpose: .named("heat"),
      payers: [CampaignPayer(fund: .named("fund"))], budgetFen: Fen(count: 100_000), from: clock.now(),
      until: clock.now().adding(milliseconds: 86_400_000))
    terms.quotas = CampaignQuotas(
      total: 1_000, perMember: 9, perDay: 900, perMemberPerDay: 9, perMerchant: 900)
    var bodies: [(ActorID, CommandBody)] = [Role.operator, .service, .finance].map {
      (owner, .actor(.grantRole(GrantRole(actor: owner, role: $0, from: day))))
    }
    bodies += [
      (owner, .actor(.register(RegisterActor(actor: chief)))),
      (owner, .actor(.grantRole(GrantRole(actor: chief, role: .approver, from: day)))),
      (owner, .organisation(.register(RegisterOrganisation(organisation: .named("city"))))),
      (owner, .organisation(.register(RegisterOrganisation(organisation: .named("other"))))),
      (
        owner, .merchant(.register(RegisterMerchant(merchant: .named("shop"), organisation: .named("other"))))
      ),
      (owner, .fund(.open(OpenFund(fund: .named("fund"), organisation: .named("city"), from: day)))),
      (owner, .fund(.receive(ReceiveFund(fund: .named("fund"), amount: Fen(count: 1_000_000))))),
      (owner, .campaign(.draft(DraftCampaign(campaign: campaign, terms: terms)))),
      (owner, .campaign(.submit(SubmitCampaign(campaign: campaign)))),
      (chief, .campaign(.approve(ApproveCampaign(campaign: campaign)))),
      (owner, .campaign(.publish(PublishCampaign(campaign: campaign)))),
    ]
    for number in 0..<Self.members {
      let member = MemberID.named("m-\(number)")
      bodies.append((owner, .member(.enrol(EnrolMember(member: member, organisation: .named("city"))))))
      bodies.append((owner, .coupon(.claim(ClaimCoupon(member: member, campaign: campaign)))))
    }
    return bodies.enumerated().map { number, body in command("open-\(number)", body.1, by: body.0) }
  }

  private func command(_ id: String, _ body: CommandBody, by actor: ActorID) -> Command {
    Command(id: .named(id), at: clock.now(), actor: actor, body)
  }

  private func perform(_ commands: [Command]) throws -> [Receipt] {
    try ledger.performAndWait(Request(commands: commands))
  }

  /// Uses the coupons of some members in one commit; how many rows were written.
  private func redeem(_ members: Range<Int>, coupons: [String: CommandID]) throws -> Int64 {
    let before = ledger.statistics.rows
    let receipts = try perform(
      try members.map { number in
        let member = "m-\(number)"
        let coupon = CouponForOrder(campaign: .named("cool"), coupon: try #require(coupons[member]))
        return command(
          "use-\(number)",
          .coupon(
            .redeem(
              RedeemCoupons(
                member: .named(member), merchant: .named("shop"), order: .named("order-\(number)"),
                amountFen: Fen(count: 500), coupons: [coupon]))), by: HistoryGenerator.owner)
      })
    #expect(receipts.filter { !$0.isAccepted }.map(\.line) == [])
    return ledger.statistics.rows - before
  }

  @Test("a use of a coupon writes to at most eight B-trees, and to those of the campaign once a commit")
  func redemption() throws {
    let reader = try LedgerReader(path: ledger.path)
    var coupons: [String: CommandID] = [:]
    try reader.eachRecord(from: 1) { bytes in
      let record = try EventRecord(bytes.bindMemory(to: UInt8.self))
      if case .coupon(.claimed(let event)) = record.event {
        coupons[event.request.member.text] = record.command
      }
    }
    let one = try redeem(0..<1, coupons: coupons)
    let many = try redeem(1..<Self.members, coupons: coupons)
    // The event, its request, and the member's coupons.
    #expect(many - one == Int64(Self.members - 2) * 3)
    // And once a commit: campaign, fund, merchant, the payables of two organisations, the head of the log.
    #expect(one - 3 <= 8, "\(one)")
    let connection = try Connection(path: ledger.path, mode: .readOnly)
    var trees: Int64 = 0
    for table in ["event", "request", "coupon_holding"] {
      let statement = try connection.prepare("SELECT 1 + COUNT(*) FROM pragma_index_list(?)")
      try statement.bind(1, table)
      let hasCount = try statement.step()
      #expect(hasCount)
      trees += statement.integer(0)
    }
    #expect(trees <= 8)
    ledger.close()
  }
}
