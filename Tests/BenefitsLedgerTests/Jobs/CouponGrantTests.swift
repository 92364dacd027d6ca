// coupon.grant on a real file (L11, C2): an audience among many members, in chunks, and cut short at every chunk. What each
// step decides is tested in LedgerCoreTests/Coupons.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("Granting coupons to an audience")
struct CouponGrantTests {
  private static let july = id("2022-07-01T04:00:00Z", { Instant($0) })
  private static let owner = HistoryGenerator.owner
  private static let chief = id("chief", ActorID.init)
  /// An operator of the city only.
  private static let clerk = id("clerk", ActorID.init)
  private static let city = id("city", OrganisationID.init)
  private static let campaign = id("cooling", CampaignID.init)

  private static func id<Value>(_ text: String, _ make: (String) -> Value?) -> Value {
    HistoryGenerator.id(text, make)
  }

  private struct StandingClock: LedgerClock {
    func now() -> Instant { CouponGrantTests.july.adding(milliseconds: 3_600_000) }
  }

  private static func command(_ text: String, _ body: CommandBody, by actor: ActorID = owner) -> Command {
    Command(id: id(text, CommandID.init), at: july, actor: actor, body)
  }

  /// A ledger with members of whom every second is a courier, and a campaign for couriers.
  private static func make(_ path: String, members: Int) throws -> Ledger {
    let text = id("grants", FreeText.init)
    let ledger = try Ledger.create(
      at: path, OpenLedger(name: text, origin: text, zone: Zone(offsetMinutes: 480), owner: owner),
      clock: StandingClock())
    let first = id("2022-01-01", CivilDay.init)
    let fund = id("cool", FundID.init)
    var terms = CampaignTerms(
      organisation: city, kind: .amount(offFen: Fen(count: 199)), purpose: id("heat-relief", Purpose.init),
      payers: [CampaignPayer(fund: fund)], budgetFen: Fen(count: 1_000_000),
      from: july, until: july.adding(milliseconds: 86_400_000),
      quotas: CampaignQuotas(total: 2_000, perMember: 1))
    terms.audience = CouponAudience(occupations: [id("courier", FreeText.init)])
    var bodies: [(CommandBody, ActorID)] =
      [Role.operator, .service, .finance].map {
        (.actor(.grantRole(GrantRole(actor: owner, role: $0, from: first))), owner)
      } + [
        (.actor(.register(RegisterActor(actor: clerk))), owner),
        (.actor(.register(RegisterActor(actor: chief))), owner),
        (.actor(.grantRole(GrantRole(actor: chief, role: .approver, from: first))), owner),
        (.organisation(.register(RegisterOrganisation(organisation: city))), owner),
        (
          .actor(
            .grantRole(GrantRole(actor: clerk, role: .operator, organisation: city, from: first))), owner
        ),
        (.fund(.open(OpenFund(fund: fund, organisation: city, from: first))), owner),
        (.fund(.receive(ReceiveFund(fund: fund, amount: Fen(count: 1_000_000)))), owner),
        (.campaign(.draft(DraftCampaign(campaign: campaign, version: 1, terms: terms))), owner),
        (.campaign(.submit(SubmitCampaign(campaign: campaign, version: 1))), owner),
        (.campaign(.approve(ApproveCampaign(campaign: campaign, version: 1))), chief),
        (.campaign(.publish(PublishCampaign(campaign: campaign, version: 1))), owner),
      ]
    for number in 0..<members {
      let member = id("m-\(number)", MemberID.init)
      bodies.append((.member(.enrol(EnrolMember(member: member, organisation: city))), owner))
      guard number % 2 == 0 else { continue }
      let fact = StartFact(
        member: member, fact: id("work", FactID.init), kind: .occupation,
        value: id("courier", FreeText.init), from: first)
      bodies.append((.member(.startFact(fact)), owner))
    }
    let commands = bodies.enumerated().map { command("c-\($0)", $1.0, by: $1.1) }
    for receipt in try ledger.performAndWait(Request(commands: commands)) {
      #expect(receipt.isAccepted, "\(receipt.line)")
    }
    return ledger
  }

  private static func grant(_ pieces: Int64, id: String = "push") -> Command {
    command(id, .coupon(.grant(GrantCoupons(campaign: campaign, pieces: pieces))), by: clerk)
  }

  @Test("reaches everybody in the audience once, in chunks of 500, and releases what is too much")
  func grants() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("grants.ledger")
    let ledger = try Self.make(path, members: 2_400)
    var progress: [Int64] = []
    let receipt = try ledger.runAndWait(job: Self.grant(1_500), via: nil) { progress.append($0) }
    let again = try ledger.runAndWait(job: Self.grant(1_500), via: nil)
    ledger.close()
    // The last of all members is no courier, and named so that the log says everybody was looked at.
    #expect(progress == [500, 1_000, 1_201])
    #expect(again.repeated && again.outcome == receipt.outcome)
    let reader = try LedgerReader(path: path)
    let campaign = try #require(try reader.campaign(Self.campaign))
    #expect(campaign.open == 1_200)
    #expect(campaign.taken == 1_200)
    #expect(campaign.reserved == Fen(count: 1_200 * 199))
    #expect(campaign.holds == [])
    #expect(try Verifier.verify(path, redeciding: { _ in }).findings == [])
  }

  @Test("stops at the pieces it may grant")
  func exact() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("exact.ledger")
    let ledger = try Self.make(path, members: 1_600)
    _ = try ledger.runAndWait(job: Self.grant(700), via: nil)
    let next = try ledger.runAndWait(job: Self.grant(2_000, id: "push-2"), via: nil)
    ledger.close()
    #expect(try LedgerReader(path: path).campaign(Self.campaign)?.open == 700)
    guard case .refused(let refusal) = next.outcome else {
      Issue.record("\(next.line)")
      return
    }
    #expect(refusal.code == .couponQuotaTaken)
    #expect(try Verifier.verify(path, redeciding: { _ in }).findings == [])
  }

  @Test("goes on after any chunk and comes to the same log", arguments: 0...3)
  func resumes(chunks: Int) throws {
    let folder = try DatabaseFolder()
    let whole = folder.file("whole.ledger")
    var ledger = try Self.make(whole, members: 2_200)
    _ = try ledger.runAndWait(job: Self.grant(1_100), via: nil)
    ledger.close()
    let path = folder.file("cut.ledger")
    ledger = try Self.make(path, members: 2_200)
    let job = Self.grant(1_100)
    #expect(try ledger.performAndWait(Request(commands: [job])).allSatisfy(\.isAccepted))
    let reader = try LedgerReader(path: path)
    var work = JobWork(of: job, reader)
    for _ in 0..<chunks {
      let state = try #require(try reader.job(job.id))
      let chunk = try #require(try work.next(after: state, job: job.id))
      let advance = Self.command("push/\(chunk.chunk)", .job(.advance(chunk)), by: Self.clerk)
      #expect(try ledger.performAndWait(Request(commands: [advance])).allSatisfy(\.isAccepted))
    }
    ledger.close()
    ledger = try Ledger.open(at: path, clock: StandingClock())
    _ = try ledger.runAndWait(job: job, via: nil)
    ledger.close()
    #expect(try LedgerReader(path: path).checkpoint() == LedgerReader(path: whole).checkpoint())
  }

  private static func finish(_ id: String) -> Command {
    command(id, .job(.finish(FinishJob(job: Self.id("push", CommandID.init)))), by: clerk)
  }

  /// The answers of commands that somebody sends by hand.
  private static func byHand(_ commands: Command..., to ledger: Ledger) throws -> [Refusal.Code?] {
    try ledger.performAndWait(Request(commands: commands)).map { receipt in
      if case .refused(let refusal) = receipt.outcome { refusal.code } else { nil }
    }
  }

  @Test("An end that is sent by hand is refused while somebody is left, and the job goes on")
  func earlyEnd() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("early.ledger")
    let ledger = try Self.make(path, members: 1_200)
    let job = Self.grant(900)
    // The job's own id for its end is used up by this, too.
    #expect(
      try Self.byHand(job, Self.finish("by-hand"), Self.finish("push/finish"), to: ledger)
        == [nil, .jobGrantsLeft, .jobGrantsLeft])
    let receipt = try ledger.runAndWait(job: job, via: nil)
    let again = try ledger.runAndWait(job: job, via: nil)
    ledger.close()
    #expect(receipt.isAccepted)
    #expect(again.repeated && again.outcome == receipt.outcome)
    let campaign = try #require(try LedgerReader(path: path).campaign(Self.campaign))
    #expect(campaign.open == 600)
    #expect(campaign.holds == [])
    #expect(try Verifier.verify(path).findings == [])
  }

  @Test("A job whose end somebody else has sent is answered, with the counts of its end")
  func foreignEnd() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("foreign.ledger")
    let ledger = try Self.make(path, members: 1_000)
    let job = Self.grant(500)
    #expect(try Self.byHand(job, to: ledger) == [nil])
    let reader = try LedgerReader(path: path)
    var work = JobWork(of: job, reader)
    let state = try #require(try reader.job(job.id))
    let chunk = try #require(try work.next(after: state, job: job.id))
    let advance = Self.command("chunk-by-hand", .job(.advance(chunk)), by: Self.clerk)
    #expect(try Self.byHand(advance, Self.finish("by-hand"), to: ledger) == [nil, nil])
    let size = try reader.head().tree.size
    let receipt = try ledger.runAndWait(job: job, via: nil)
    #expect(try reader.head().tree.size == size, "nothing is left to be recorded")
    ledger.close()
    guard case .accepted(let positions, let answers) = receipt.outcome else {
      Issue.record("\(receipt.line)")
      return
    }
    #expect(positions.last == size)
    #expect(answers.contains { $0.name == "members" && $0.value == 500 })
  }

  @Test("A job whose ids somebody has used for other commands takes others")
  func usedIDs() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("used.ledger")
    let ledger = try Self.make(path, members: 1_200)
    for name in ["push/1", "push/2", "push/2-2", "push/finish"] {
      let other = Self.command(
        name,
        .organisation(
          .rename(RenameOrganisation(organisation: Self.city, name: Self.id(name, FreeText.init)))))
      #expect(try Self.byHand(other, to: ledger) == [nil])
    }
    let receipt = try ledger.runAndWait(job: Self.grant(600), via: nil)
    ledger.close()
    #expect(receipt.isAccepted, "\(receipt.line)")
    #expect(try LedgerReader(path: path).campaign(Self.campaign)?.open == 600)
  }
}
