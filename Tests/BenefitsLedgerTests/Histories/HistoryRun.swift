// One random history through real ledgers on real files, and everything that must be true of it. The histories come
// from HistoryGenerator; the second opinion is ReferenceLedger.

import Foundation
import Synchronization

@testable import BenefitsLedger
@testable import LedgerCore

/// A clock that says what it is told.
final class HistoryClock: LedgerClock {
  private let time: Mutex<Instant>
  init(_ time: Instant) { self.time = Mutex(time) }
  func now() -> Instant { time.withLock { $0 } }
  func set(_ instant: Instant) { time.withLock { $0 = instant } }
}

/// Runs one history twice, in batches of different sizes, and compares.
struct HistoryRun {
  private let seed: UInt64
  private let segments: [HistorySegment]
  private let folder: DatabaseFolder
  private var random: SplitMix64
  private(set) var problems: [String] = []
  /// Positions in the log, and commands answered, for the figures.
  private(set) var events = 0
  private(set) var answers: [String: Int] = [:]

  init(seed: UInt64, length: Int) throws {
    self.seed = seed
    var generator = HistoryGenerator(seed: seed)
    segments = generator.history(length: length)
    random = SplitMix64(seed: seed ^ 0xBA7C)
    folder = try DatabaseFolder()
  }

  mutating func run() throws {
    let first = try perform("first.ledger", segments[...], longestBatch: 40)
    try first.close()
    let lines = try log("first.ledger")
    events = lines.count
    let records = try lines.map { try JSONSerialization.jsonObject(with: $0) as? [String: Any] ?? [:] }

    checkRepeats(first.receipts)
    // Whatever is spread over several cores must come to what one core finds.
    let alone = try Verifier.verify(folder.file("first.ledger"), cores: 1, redeciding: { _ in })
    let together = try Verifier.verify(folder.file("first.ledger"), cores: random.number(2...5))
    for finding in alone.findings { problems.append("verify: \(finding)") }
    for finding in together.findings { problems.append("verify on several cores: \(finding)") }
    if alone.totals != together.totals || alone.rows != together.rows {
      problems.append("one core has \(alone.totals), several have \(together.totals)")
    }
    try checkLegs(lines)
    try checkReference(records)
    try checkEffective(records)
    try checkOtherBatches(lines)
  }

  // MARK: running

  /// A ledger that is being fed, and what it answered.
  private struct Feed {
    let ledger: Ledger
    let clock: HistoryClock
    var receipts: [(Command, Receipt)] = []
    func close() throws { ledger.close() }
  }

  private mutating func open(_ name: String) throws -> Feed {
    let clock = HistoryClock(segments[0].now)
    let opening = OpenLedger(
      name: HistoryGenerator.id("history", FreeText.init),
      origin: HistoryGenerator.id("history", FreeText.init),
      zone: HistoryGenerator.zone, owner: HistoryGenerator.owner)
    // Opened long before, so that the owner may act a month ago.
    clock.set(segments[0].now.adding(milliseconds: -40 * 86_400_000))
    return Feed(ledger: try Ledger.create(at: folder.file(name), opening, clock: clock), clock: clock)
  }

  private mutating func perform(
    _ name: String, _ segments: ArraySlice<HistorySegment>, longestBatch: Int
  ) throws -> Feed {
    var feed = try open(name)
    try perform(segments, longestBatch: longestBatch, &feed)
    return feed
  }

  private mutating func perform(
    _ segments: ArraySlice<HistorySegment>, longestBatch: Int, _ feed: inout Feed
  ) throws {
    for segment in segments {
      feed.clock.set(segment.now)
      var units = segment.units[...]
      while !units.isEmpty {
        let batch = units.prefix(random.number(1...longestBatch))
        units = units.dropFirst(batch.count)
        let commands = batch.flatMap { $0 }
        let receipts = try feed.ledger.performAndWait(Request(commands: commands))
        feed.receipts += zip(commands, receipts)
      }
    }
  }

  private func log(_ name: String) throws -> [Data] {
    var lines: [Data] = []
    try LedgerReader(path: folder.file(name)).eachRecord(from: 1) { lines.append(Data($0)) }
    return lines
  }

  // MARK: what must be true

  /// L2: what was recorded once is answered alike for ever; another content is a conflict.
  private mutating func checkRepeats(_ receipts: [(Command, Receipt)]) {
    var firsts: [CommandID: (command: Command, receipt: Receipt)] = [:]
    for (command, receipt) in receipts {
      if receipt.id != command.id { problems.append("\(command.id) got the receipt of \(receipt.id)") }
      let kind: String
      switch receipt.outcome {
      case .accepted: kind = "accepted"
      case .refused(let refusal): kind = "refused \(refusal.code.rawValue)"
      case .conflict: kind = "conflict"
      case .rolledBack: kind = "rolled-back"
      }
      answers[receipt.repeated ? "repeated" : kind, default: 0] += 1
      guard let first = firsts[command.id] else {
        if receipt.repeated { problems.append("\(command.id) is marked repeated at first") }
        switch receipt.outcome {
        case .accepted, .refused: firsts[command.id] = (command, receipt)
        case .conflict: problems.append("\(command.id) conflicts with nothing")
        case .rolledBack: break
        }
        continue
      }
      if first.command == command {
        if !receipt.repeated { problems.append("\(command.id) is not marked repeated: \(receipt.outcome)") }
        if receipt.outcome != first.receipt.outcome { problems.append("\(command.id) got another answer") }
      } else if receipt.outcome != .conflict(field: "at") {
        problems.append("\(command.id) with another content got \(receipt.outcome)")
      }
    }
  }

  /// L5: every event's double entry sums to zero, read back from its bytes.
  private mutating func checkLegs(_ lines: [Data]) throws {
    for line in lines {
      let record = try EventRecord(line)
      let sum = record.legs.reduce(0) { $0 + $1.amount }
      if sum != 0 { problems.append("the legs at \(record.position) sum to \(sum)") }
    }
  }

  /// The whole log, and the log up to some positions: the fold and the naive model agree.
  private mutating func checkReference(_ records: [[String: Any]]) throws {
    let middle = random.number(1...records.count)
    var reference = ReferenceLedger()
    for (index, record) in records.enumerated() {
      reference.read(record)
      if !isMidCommand(index, records), reference.liability != reference.outstandingAccounts {
        problems.append("position \(index + 1): the liability is not what the members have")
      }
      if index + 1 == middle {
        let replayed = try Replayer(path: folder.file("first.ledger"), cores: 1)
          .replay(ReplayBound(end: .position(Int64(middle))))
        compare(replayed, reference, "up to position \(middle)")
      }
    }
    problems += reference.problems
    for member in reference.leftBehind { problems.append("\(member) was merged and still has points") }
    let replayed = try Replayer(path: folder.file("first.ledger"), cores: 1).replay(ReplayBound())
    compare(replayed, reference, "at the end")
  }

  /// Whether the next record belongs to the same command: a transfer moves its liability in a second event.
  private func isMidCommand(_ index: Int, _ records: [[String: Any]]) -> Bool {
    guard index + 1 < records.count else { return false }
    return records[index]["command"] as? String == records[index + 1]["command"] as? String
  }

  /// L3: as of then, as known now, is the events with `at` before it, folded in order.
  private mutating func checkEffective(_ records: [[String: Any]]) throws {
    let first = segments[0].now.milliseconds - 30 * 86_400_000
    let last = segments[segments.count - 1].now.milliseconds
    let instants = [
      Instant(milliseconds: Int64(random.number(Int(first)...Int(last)))),
      segments[random.number(0...segments.count - 1)].now,
    ]
    for instant in instants {
      var reference = ReferenceLedger(isChecking: false)
      for record in records
      where ReferenceCalendar.milliseconds(record["at"] as? String ?? "") < Int(instant.milliseconds) {
        reference.read(record)
      }
      problems += reference.problems
      let replayed = try Replayer(path: folder.file("first.ledger"), cores: 1)
        .replay(ReplayBound(end: .instant(instant), isEffective: true))
      compare(replayed, reference, "effective at \(instant)")
    }
  }

  /// The same commands in other batches give the same bytes; and what was recorded before T is the ledger built from
  /// the commands before T.
  private mutating func checkOtherBatches(_ lines: [Data]) throws {
    let cut = random.number(0...segments.count - 1)
    var feed = try open("second.ledger")
    try perform(segments[..<cut], longestBatch: 1, &feed)
    if cut > 0 {
      let prefix = try Replayer(path: folder.file("second.ledger"), cores: 1)
      let built = try prefix.replay(ReplayBound())
      for finding in try prefix.differingRows() { problems.append("prefix: \(finding)") }
      let until = try Replayer(path: folder.file("first.ledger"), cores: 1)
        .replay(ReplayBound(end: .instant(segments[cut].now)))
      compare(built, until, "recorded before \(segments[cut].now)")
    }
    try perform(segments[cut...], longestBatch: 4, &feed)
    try feed.close()
    let others = try log("second.ledger")
    if others.count != lines.count {
      problems.append("\(lines.count) records in one, \(others.count) in other batches")
    }
    if let index = zip(lines, others).enumerated().first(where: { $1.0 != $1.1 })?.offset {
      let text = [lines[index], others[index]].map { String(decoding: $0, as: UTF8.self) }
      problems.append("record \(index + 1) differs in other batches:\n    \(text[0])\n    \(text[1])")
    }
  }

  // MARK: comparing

  private mutating func compare(_ built: Replayed, _ until: Replayed, _ place: String) {
    if built.last != until.last {
      problems.append("\(place): \(built.last) events, replay takes \(until.last)")
    }
    for projection in Projection.allCases {
      let (mine, theirs) = (built.books[0], until.books[0])
      let keys = Set(mine.entities(in: projection)).union(theirs.entities(in: projection))
      for key in keys where mine.cells(of: key) != theirs.cells(of: key) {
        problems.append("\(place): \(key) differs")
      }
    }
  }

  private mutating func compare(_ replayed: Replayed, _ reference: ReferenceLedger, _ place: String) {
    let book = replayed.books[0]
    for member in HistoryGenerator.everybody {
      let wallet = book.wallet(member) ?? Wallet()
      let naive = reference.wallets[member.text] ?? ReferenceWallet()
      var lots: [String: Int] = [:]
      var notices: [String: String] = [:]
      for lot in wallet.lots where lot.left != .zero {
        let key = key(lot.expires, lot.day, lot.rule, lot.ruleVersion)
        lots[key] = Int(lot.left.count)
        notices[key] = lot.noticeOn?.description
      }
      if notices != naive.notices.filter({ naive.lots[$0.key] ?? 0 != 0 }) {
        problems.append("\(place): notices of \(member): \(notices), naively \(naive.notices)")
      }
      if lots != naive.lots.filter({ $0.value != 0 }) {
        problems.append(
          "\(place): lots of \(member): \(lots), naively \(naive.lots.filter { $0.value != 0 })")
      }
      let holds = wallet.holds.map { hold in
        (
          hold.hold.text,
          hold.shares.flatMap { share in
            singles(share)
          }
        )
      }
      let pending = wallet.pending.map { ($0.earning.text, singles($0.share)) }
      if !pending.elementsEqual(naive.pending, by: { $0.0 == $1.id && $0.1 == $1.points }) {
        problems.append("\(place): pending earnings of \(member)")
      }
      let debts = wallet.debts.map { ($0.clawback.text, Int($0.points.count)) }
      if !debts.elementsEqual(naive.debts, by: { $0.0 == $1.id && $0.1 == $1.points }) {
        problems.append("\(place): debts of \(member): \(debts), naively \(naive.debts)")
      }
      let takenBack = Dictionary(
        uniqueKeysWithValues: wallet.takenBack.map { ($0.earning.text, Int($0.points.count)) })
      if takenBack != naive.takenBack { problems.append("\(place): what was taken back of \(member)") }
      if !holds.elementsEqual(naive.holds, by: { $0.0 == $1.id && $0.1 == $1.points }) {
        problems.append("\(place): holds of \(member)")
      }
      if wallet.available.count != naive.available || wallet.held.count != naive.held {
        problems.append(
          "\(place): \(member) has \(wallet.available) and \(wallet.held), naively \(naive.available) and \(naive.held)"
        )
      }
      let organisation = book.member(member)?.organisation.text
      if organisation != reference.members[member.text]?["organisation"] as? String {
        problems.append("\(place): \(member) belongs to \(organisation ?? "nothing")")
      }
      let relatives = (book.member(member)?.relatives ?? []).map { relative in
        [
          relative.relative.text, relative.kind.rawValue, relative.dependant?.text ?? "-",
          relative.from.description, relative.until?.description ?? "-",
        ].joined(separator: " ")
      }
      if relatives != reference.relatives(of: member.text) {
        problems.append(
          "\(place): relatives of \(member): \(relatives), naively \(reference.relatives(of: member.text))")
      }
      checkCounters(wallet, member, reference, place)
    }
    var visits: [String: Int] = [:]
    for station in HistoryGenerator.stations {
      for month in book.station(station)?.months ?? [] {
        visits["\(station)|\(month.month)"] = Int(month.visits)
      }
    }
    if visits != reference.visits.filter({ $0.value != 0 }) {
      problems.append("\(place): visits \(visits), naively \(reference.visits)")
    }
    var accounts: [String: Int] = [:]
    for organisation in HistoryGenerator.organisations {
      guard let account = book.pointsAccount(organisation) else { continue }
      accounts["\(organisation)|issued|"] = Int(account.issued)
      accounts["\(organisation)|spent|"] = Int(account.spent)
      accounts["\(organisation)|expired|"] = Int(account.expired)
      accounts["\(organisation)|forfeited|"] = Int(account.forfeited)
      accounts["\(organisation)|clawedBack|"] = Int(account.clawedBack)
      accounts["\(organisation)|debt|"] = Int(account.debt)
      for month in account.months {
        let name = month.month?.description ?? "never"
        accounts["\(organisation)|available|\(name)"] = Int(month.available)
        accounts["\(organisation)|held|\(name)"] = Int(month.held)
        accounts["\(organisation)|pending|\(name)"] = Int(month.pending)
      }
    }
    accounts = accounts.filter { $0.value != 0 }
    if accounts != reference.openAccounts {
      problems.append("\(place): accounts \(accounts), naively \(reference.openAccounts)")
    }
  }

  /// Month and lifetime counters are the sums of the earnings.
  private mutating func checkCounters(
    _ wallet: Wallet, _ member: MemberID, _ reference: ReferenceLedger, _ place: String
  ) {
    for counter in wallet.counters {
      let earnings = reference.earnings.filter {
        $0["member"] as? String == member.text && $0["rule"] as? String == counter.rule.text
      }
      func sum(_ prefix: String) -> Int {
        earnings.filter { ($0["day"] as? String ?? "").hasPrefix(prefix) }
          .reduce(0) { $0 + ($1["credited"] as? Int ?? 0) }
      }
      if Int(counter.lifetime.count) != sum("") { problems.append("\(place): lifetime counter of \(member)") }
      for month in counter.months where Int(month.granted.count) != sum(month.month.description) {
        problems.append("\(place): counter of \(member) in \(month.month)")
      }
    }
  }

  private func singles(_ share: LotShare) -> [String] {
    let key = key(share.expires, share.day, share.rule, share.ruleVersion)
    return Array(
      repeating: key + (share.noticeOn.map { "#\($0)" } ?? ""), count: max(0, Int(share.points.count)))
  }

  private func key(_ expires: CivilDay?, _ day: CivilDay, _ rule: RuleID, _ version: Int64) -> String {
    "\(expires?.description ?? "never")|\(day)|\(rule)|\(1_000_000 + version)"
  }
}

extension EventRecord {
  fileprivate init(_ line: Data) throws {
    self = try line.withUnsafeBytes { try EventRecord($0.bindMemory(to: UInt8.self)) }
  }
}
