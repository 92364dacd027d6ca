// A ledger of about 300 events, made by the library itself and the same each time: one full tile and a tail. What is
// done to it is in the drills.

import BenefitsLedger
import Foundation
import Synchronization
import Testing

/// A folder with one closed ledger in it.
final class SmallLedger: Sendable {
  /// Seconds that pass from commit to commit, from a fixed instant on.
  final class SteppingClock: LedgerClock {
    private let milliseconds = Mutex<Int64>(1_664_582_400_000)
    func now() -> Instant {
      milliseconds.withLock { now in
        now += 1_000
        return Instant(checking: now) ?? .earliest
      }
    }
  }

  let folder: String
  var path: String { folder + "/small.ledger" }

  /// - Parameters:
  ///   - events: at least this many are recorded, and at most a few more; exactly so many with `isExact`.
  ///   - generosity: units of every earning; another number is another history.
  init(events: Int64 = 300, isExact: Bool = false, generosity: Int = 2) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("drill-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let clock = SteppingClock()
    let opening = OpenLedger(
      name: try #require(FreeText("Drill")), origin: try #require(FreeText("drill.example.org")),
      zone: try #require(Zone("+08:00")), owner: try #require(ActorID("owner")))
    let ledger = try Ledger.create(at: path, opening, clock: clock)
    defer { ledger.close() }
    let setUp = try ledger.performAndWait(Request(commands: try Self.setUp.map(Self.command)))
    for receipt in setUp { #expect(receipt.isAccepted, "\(receipt.line)") }
    let job = try ledger.runAndWait(
      job: Self.command(Self.line("j-1", "day.close", "owner", #""day":"2022-09-30""#)), via: nil)
    #expect(job.isAccepted, "\(job.line)")
    var round = 0
    var size: Int64 = 0
    while size < events {
      let isLast = isExact && events - size < 12
      let lines = isLast ? [Self.earning("filler-\(size)", 1, generosity)] : Self.round(round, generosity)
      let receipts = try ledger.performAndWait(Request(commands: try lines.map(Self.command)))
      for case .accepted(let positions, _) in receipts.map(\.outcome) {
        size = max(size, positions.last ?? 0)
      }
      round += 1
    }
  }

  /// Called at the end of a test; a `deinit` would come after the last use of the value, which is too early.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// A copy beside it, to be tampered with.
  func copy(_ name: String = UUID().uuidString) throws -> String {
    let target = folder + "/" + name
    try FileManager.default.copyItem(atPath: path, toPath: target)
    return target
  }

  /// The stored bytes of every record, in order.
  func records() throws -> [[UInt8]] {
    var records: [[UInt8]] = []
    try LedgerReader(path: path).eachRecord(from: 1) { records.append(Array($0)) }
    return records
  }

  static func command(_ line: String) throws -> Command {
    var parser = CommandParser()
    let outcome = Array(line.utf8).withUnsafeBufferPointer { parser.parse($0) }
    guard case .command(let command) = outcome else {
      Issue.record("\(outcome)")
      throw CocoaError(.coderInvalidValue)
    }
    return command
  }

  private static func line(
    _ id: String, _ type: String, _ actor: String, _ data: String, _ more: String = "", at: String = at(0)
  ) -> String {
    #"{"id":"\#(id)","type":"\#(type)","at":"\#(at)","actor":"\#(actor)","data":{\#(data)}\#(more)}"#
  }

  /// A few minutes before any clock's time.
  private static func at(_ second: Int) -> String {
    String(format: "2022-10-01T08:%02d:%02d+08:00", second / 60, second % 60)
  }

  private static func earning(_ id: String, _ member: Int, _ quantity: Int, at: String = at(0)) -> String {
    line(
      id, "points.earn", "app", #""member":"m-\#(member)","rule":"reading","quantity":\#(quantity)"#, at: at)
  }

  private static var setUp: [String] {
    [
      line("a-1", "actor.register", "owner", #""actor":"app","title":"应用""#),
      line("a-2", "actor.grant-role", "owner", #""actor":"app","role":"service","from":"2022-01-01""#),
      line("a-3", "actor.register", "owner", #""actor":"clerk""#),
      line("a-4", "actor.grant-role", "owner", #""actor":"clerk","role":"operator","from":"2022-01-01""#),
      line("o-1", "organisation.register", "owner", #""organisation":"city","name":"市总工会""#),
      line("o-2", "organisation.register", "owner", #""organisation":"plant","parent":"city""#),
      line("s-1", "station.open", "clerk", #""station":"booth-1","organisation":"plant","number":"1""#),
      line("s-2", "station.open", "clerk", #""station":"booth-2","organisation":"city","number":"1""#),
      line("s-3", "station.record-visits", "clerk", #""station":"booth-1","day":"2022-10-01","visits":7"#),
      line("s-4", "station.record-visits", "clerk", #""station":"booth-2","day":"2022-10-01","visits":9"#),
      line(
        "s-5", "station.correct-visits", "clerk",
        #""station":"booth-2","recording":"s-4","visits":8,"reason":"counted twice""#),
      line(
        "r-1", "points.define-rule", "clerk",
        #""rule":"reading","ruleVersion":1,"organisation":"city","pointsPerUnit":10,"#
          + #""validity":{"mode":"months","count":12},"from":"2022-01-01","verifiedOnly":false,"afterExpiry":"forfeit""#
      ),
    ]
      + [
        line("a-5", "actor.register", "owner", #""actor":"chief""#),
        line("a-6", "actor.grant-role", "owner", #""actor":"chief","role":"approver","from":"2022-01-01""#),
        line("l-1", "ledger.set-limits", "owner", #""adjustment":10,"reversal":20"#),
        line(
          "p-1", "approval.open", "owner",
          #""request":{"type":"ledger.set-limits","data":{"adjustment":5,"reversal":5}}"#),
        line("p-2", "approval.grant", "chief", #""approval":"p-1""#),
        line(
          "p-3", "approval.open", "owner",
          #""request":{"type":"ledger.set-limits","data":{"adjustment":1,"reversal":1}},"reason":"谨慎""#),
      ]
      + money
      + (1...8).map {
        line("m-\($0)", "member.enrol", "clerk", #""member":"m-\#($0)","organisation":"plant""#)
      }
      + [
        line(
          "m-9", "member.enrol", "clerk",
          #""member":"a-guest","organisation":"plant","provisional":true,"#
            + #""credential":{"kind":"work permit","seenBy":"the station"},"station":"booth-1""#),
        line(
          "k-1", "relative.declare", "clerk",
          #""member":"m-1","relative":"m-2","kind":"child","dependant":true,"from":"2022-01-01""#),
        line(
          "k-2", "relative.declare", "clerk",
          #""member":"m-8","relative":"m-1","kind":"spouse","dependant":false,"from":"2022-01-01""#),
        line(
          "k-3", "relative.end", "clerk", #""member":"m-2","relative":"m-1","until":"2022-09-01""#),
      ]
      + gifts + activities + coupons
  }

  /// A campaign with two codes, quotas by day and by merchant; one coupon is locked, one was used and rolled back, and a job
  /// has set one aside of another campaign.
  private static var coupons: [String] {
    func running(_ campaign: String, _ quotas: String, _ more: String) -> [String] {
      let version = #""campaign":"\#(campaign)","version":1"#
      return [
        line(
          "\(campaign)-1", "campaign.draft", "clerk",
          version + #","terms":{"organisation":"city","name":"券","kind":{"mode":"amount","offFen":10},"#
            + #""purpose":"heat","payers":[{"fund":"child-1","weight":1}],"budgetFen":40,"#
            + #""from":"2022-09-01T00:00:00+08:00","until":"2022-11-01T00:00:00+08:00","#
            + #""validity":{"mode":"day","day":"2022-12-31"},"quotas":{\#(quotas)},"audience":{"verifiedOnly":false},"#
            + #""afterValidity":"forfeit"\#(more)}"#),
        line("\(campaign)-2", "campaign.submit", "clerk", version),
        line("\(campaign)-3", "campaign.approve", "chief", version),
        line("\(campaign)-4", "campaign.publish", "clerk", version),
      ]
    }
    let codes = ["a", "b"].map { String(repeating: $0, count: 64) }
    func claim(_ id: String, _ member: String, _ code: String) -> String {
      line(
        id, "coupon.claim", "app", #""member":"\#(member)","campaign":"heat-1","codeHash":"\#(code)""#)
    }
    return running("heat-1", #""total":9,"perDay":5,"perMerchant":5"#, #","usesCodePool":true"#)
      + running("heat-2", #""total":9"#, "")
      + [
        line(
          "c-1", "campaign.import-codes", "clerk",
          #""campaign":"heat-1","fileHash":"\#(codes[0])","codeHashes":["\#(codes[0])","\#(codes[1])"]"#),
        claim("c-2", "m-1", codes[0]), claim("c-3", "m-2", codes[1]),
        line(
          "c-4", "coupon.lock", "app",
          #""member":"m-2","campaign":"heat-1","coupon":"c-3","order":"7","deadline":"2022-12-01T00:00:00+08:00""#
        ),
        line(
          "c-5", "coupon.redeem", "app",
          #""member":"m-1","merchant":"shop-1","order":"8","amountFen":25,"#
            + #""coupons":[{"campaign":"heat-1","coupon":"c-2"}]"#),
        line("c-6", "coupon.roll-back", "app", #""member":"m-1","redemption":"c-5""#),
        line("c-7", "coupon.grant", "clerk", #""campaign":"heat-2","pieces":1"#),
      ]
  }

  /// A vote that ended early, with a pen of two drawn among its entries. The secret is 32 zero bytes.
  private static var activities: [String] {
    [
      line(
        "v-1", "activity.open", "clerk",
        #""activity":"spring","organisation":"city","name":"春","mode":"vote","from":"2022-09-01T00:00:00+08:00","#
          + #""until":"2022-12-01T00:00:00+08:00","choices":["bridge","tunnel"],"draw":{"kind":"instant","#
          + #""commitment":"66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925","#
          + #""holder":"clerk","prizes":[{"prize":"pen","pieces":4}]}"#)
    ]
      + (1...3).map {
        line(
          "v-1\($0)", "activity.join", "app", #""activity":"spring","member":"m-\#($0)","choice":"bridge""#)
      }
      + [
        line("v-2", "activity.close", "clerk", #""activity":"spring""#),
        line(
          "v-3", "activity.draw", "clerk",
          #""activity":"spring","draw":1,"secret":"\#(String(repeating: "0", count: 64))""#),
      ]
  }

  /// A fund with a parent, a purchase that one organisation funds at another's merchant, and a settlement of the day before.
  private static var money: [String] {
    let yesterday = "2022-09-30T08:00:00+08:00"
    func money(_ id: String, _ type: String, _ actor: String, _ data: String) -> String {
      line(id, type, actor, data, at: yesterday)
    }
    let days = #""from":"2022-01-01""#
    return [
      line("f-1", "actor.grant-role", "owner", #""actor":"clerk","role":"finance","from":"2022-01-01""#),
      money("f-2", "organisation.register", "owner", #""organisation":"giver""#),
      money("f-3", "organisation.register", "owner", #""organisation":"taker""#),
      money("f-4", "party.register", "clerk", #""party":"donor-1","kind":"donor","name":"甲公司""#),
      money(
        "f-5", "party.record-memo", "clerk",
        #""party":"donor-1","day":"2022-09-30","amountFen":100,"documentHash":"\#(String(repeating: "a1", count: 32))""#
      ),
      money(
        "f-6", "fund.open", "clerk",
        #""fund":"parent-1","organisation":"giver","source":"own","purposes":["heat","visit"],"#
          + days + #","alarmBelowFen":500"#),
      money(
        "f-7", "fund.open", "clerk", #""fund":"child-1","organisation":"giver","source":"higher","# + days),
      money(
        "f-8", "fund.receive", "clerk",
        #""fund":"parent-1","amountFen":1000,"party":"donor-1","purposes":["heat"]"#),
      money("f-9", "fund.allot", "clerk", #""fund":"parent-1","to":"child-1","amountFen":800"#),
      money("f-a", "merchant.register", "clerk", #""merchant":"shop-1","organisation":"taker","name":"甲店""#),
      money(
        "f-b", "fund.spend", "clerk",
        #""fund":"child-1","amountFen":300,"purpose":"heat","reference":"1","merchant":"shop-1""#),
      money(
        "f-c", "fund.return-spend", "clerk", #""fund":"child-1","spending":"f-b","amountFen":100"#),
      line(
        "f-d", "settlement.freeze", "clerk",
        #""settlement":"september-1","merchant":"shop-1","through":"2022-09-30""#),
      line(
        "f-e", "fund.spend", "clerk",
        #""fund":"child-1","amountFen":20,"purpose":"heat","reference":"2","merchant":"shop-1""#),
    ]
  }

  /// A gift, bought and donated, at both stations and with a member; and a programme over the stations.
  private static var gifts: [String] {
    let fund = #""fund":"child-1","purpose":"heat""#
    let (towel, programme) = (#""gift":"towel""#, #""programme":"p-1""#)
    return [
      line(
        "g-1", "gift.buy", "clerk",
        towel + #","organisation":"city","pieces":10,"unitCostFen":20,"reference":"3","name":"毛巾","# + fund),
      line(
        "g-2", "gift.donate", "clerk",
        towel + #","organisation":"city","party":"donor-1","pieces":3,"memoUnitFen":15"#),
      line("g-3", "gift.move", "clerk", towel + #","to":"booth-1","pieces":5"#),
      line("g-4", "gift.move", "clerk", towel + #","to":"booth-2","pieces":2"#),
      line(
        "g-5", "gift.hand-over", "app", towel + #","station":"booth-1","member":"m-1","campaign":"heat-2022""#
      ),
      line(
        "g-6", "gift.hand-over", "app", towel + #","station":"booth-1","member":"m-2","campaign":"heat-2022""#
      ),
      line("g-7", "gift.count", "clerk", towel + #","station":"booth-2","counted":1"#),
      line(
        "g-8", "grant.open-programme", "clerk",
        programme + #","organisation":"giver","totalFen":101,"months":12,"# + fund),
      line("g-9", "grant.apply", "clerk", programme + #","station":"booth-1""#),
      line("g-a", "grant.apply", "clerk", programme + #","station":"booth-2""#),
      line("g-b", "grant.close-applications", "clerk", programme),
      line("g-c", "grant.approve", "chief", programme + #","station":"booth-1""#),
      line("g-d", "grant.pay", "clerk", programme + #","station":"booth-1","reference":"4""#),
      line("g-i", "grant.inspect", "clerk", programme + #","station":"booth-1","passed":true"#),
      line(
        "g-e", "grant.exit", "clerk",
        programme + #","station":"booth-1","recovery":"unused-months","usedMonths":6"#),
    ]
  }

  /// One of everything that moves points, a refusal and a group that is rolled back.
  private static func round(_ round: Int, _ quantity: Int) -> [String] {
    let member = #""member":"m-\#(round % 8 + 1)""#
    let id = "c-\(1000 + round)"
    let group = #","group":"g-\#(round)""#
    return [
      earning("\(id)-a", round % 8 + 1, quantity, at: at(round)),
      line(
        "\(id)-b", "points.spend", "app", member + #","points":3,"reference":"一杯茶 \#(round)""#, at: at(round)),
      line(
        "\(id)-c", "points.hold", "app", member + #","points":5,"deadline":"2022-10-02T08:00:00+08:00""#,
        at: at(round)),
      line("\(id)-d", "points.capture", "app", member + #","hold":"\#(id)-c","points":4"#, at: at(round)),
      line("\(id)-e", "points.refund", "app", member + #","spending":"\#(id)-b","points":1"#, at: at(round)),
      line("\(id)-f", "points.spend", "app", member + #","points":100000"#, at: at(round)),
      line("\(id)-g", "points.spend", "app", member + #","points":1"#, group, at: at(round)),
      line("\(id)-h", "points.spend", "app", member + #","points":100000"#, group, at: at(round)),
      // Lapses before the member's next turn, whose first command then has two events.
      line(
        "\(id)-i", "points.hold", "app", member + #","points":2,"deadline":"\#(at(round + 4))""#,
        at: at(round)),
    ]
  }
}

/// Numbers that are the same for the same seed (SplitMix64), so that a failure can be run again.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
