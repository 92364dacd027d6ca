// What `benefits bench` measures, one function a row: appends at several commit sizes, decoding, replay, verify,
// look-ups, sizes. Printing is in Commands/Bench. Nothing here judges: ratios need a peer measured in the same run.

import BenefitsLedger
import Foundation

/// One figure.
struct Measurement {
  let name: String
  let value: Int64
  let unit: String
}

/// Measures one ledger file that it makes and fills itself.
struct Measurements {
  let path: String
  let members: Int
  let events: Int
  /// Ids in the order of time, or scattered as by a random UUID.
  let hasOrderedIDs: Bool
  private(set) var results: [Measurement] = []
  private var made = 0
  private var random = SplitMix64(state: 7)
  private let start: Instant
  private let callers = 32

  init(path: String, members: Int, events: Int, hasOrderedIDs: Bool) throws {
    self.path = path
    self.members = members
    self.events = events
    self.hasOrderedIDs = hasOrderedIDs
    guard let start = Instant(Year.first) else { preconditionFailure("the year begins at an instant") }
    self.start = start
  }

  mutating func run(_ note: (String) -> Void) async throws {
    let opening = OpenLedger(
      name: FreeText(literal: "bench"), origin: FreeText(literal: "demo.example/bench"),
      zone: Zone(offsetMinutes: 480), owner: Year.owner)
    let ledger = try Ledger.create(at: path, opening)
    note("enrolling \(members.grouped) members")
    var batch: [Command] = []
    for command in Year(members: members, events: 0, seed: 1, from: start) {
      batch.append(command)
      if batch.count == 1_000 {
        _ = try ledger.performAndWait(Request(commands: batch))
        batch.removeAll(keepingCapacity: true)
      }
    }
    _ = try ledger.performAndWait(Request(commands: batch))
    let before = ledger.statistics
    note("appending")
    try appendOneByOne(ledger, events / 20)
    try await appendByCallers(ledger, events / 5)
    try append(ledger, events / 4, perCommit: 100)
    try append(ledger, events / 2, perCommit: 1_000)
    let after = ledger.statistics
    let commands = after.commands - before.commands
    add("rows written per command", (after.rows - before.rows) * 100 / max(1, commands), "hundredths")
    note("claiming coupons")
    try await claimByCallers(ledger, min(members, max(callers, events / 20)))
    ledger.close()
    note("reading back")
    try sizes()
    try decode()
    try replayAndVerify()
    try lookUps()
  }

  private mutating func add(_ name: String, _ value: Int64, _ unit: String) {
    results.append(Measurement(name: name, value: value, unit: unit))
  }

  private mutating func earning() -> Command {
    made += 1
    let member = Year.member(random.below(members))
    let at = start.adding(milliseconds: Int64(made) * 365 * 86_400_000 / Int64(events + 1_000))
    return Command(
      id: nextID(), at: at, actor: ActorID(literal: "app"),
      .points(.earn(EarnPoints(member: member, rule: RuleID(literal: "reading")))))
  }

  /// The id of the command that is made just now.
  private mutating func nextID() -> CommandID {
    let scattered = hasOrderedIDs ? 0 : random.next() >> 16
    let text =
      hasOrderedIDs
      ? "0190a5f0-" + String(made + 0x1000_0000, radix: 16) + "-7cc3-98c4-dc0c0c07398f"
      : String(scattered | 1 << 47, radix: 16) + "-4cc3-98c4-dc0c0c07398f-" + String(made + 4096, radix: 16)
    return CommandID(literal: text)
  }

  private mutating func earnings(_ count: Int) -> [Command] { (0..<max(1, count)).map { _ in earning() } }

  private mutating func appendOneByOne(_ ledger: Ledger, _ count: Int) throws {
    let commands = earnings(count)
    var latencies: [Duration] = []
    let clock = ContinuousClock()
    let elapsed = try clock.measure {
      for command in commands {
        latencies.append(try clock.measure { _ = try ledger.performAndWait(Request(commands: [command])) })
      }
    }
    add("append, 1 a commit, 1 caller", rate(commands.count, elapsed), "commands/s")
    addLatencies("  its answer", latencies)
  }

  private mutating func appendByCallers(_ ledger: Ledger, _ count: Int) async throws {
    try await send(earnings(count), to: ledger, "append, \(callers) callers", "commands/s")
  }

  /// Coupons of one campaign, each claimed by another member.
  private mutating func claimByCallers(_ ledger: Ledger, _ count: Int) async throws {
    let campaign = CampaignToClaim(coupons: Int64(count), from: start)
    let receipts = try ledger.performAndWait(Request(commands: campaign.opening))
    precondition(receipts.allSatisfy(\.isAccepted), "the benchmark's own campaign is not published")
    var claims: [Command] = []
    for number in 0..<count {
      made += 1
      let id = nextID()
      claims.append(campaign.claim(by: Year.member(number), id: id))
    }
    try await send(claims, to: ledger, "claim a coupon, \(callers) callers", "claims/s")
  }

  /// Each caller sends its share of the commands, one after the other.
  private mutating func send(
    _ commands: [Command], to ledger: Ledger, _ name: String, _ unit: String
  ) async throws {
    let share = commands.count / callers
    let clock = ContinuousClock()
    let begin = clock.now
    let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for caller in 0..<callers {
        let own = Array(commands[caller * share..<(caller + 1) * share])
        group.addTask {
          var latencies: [Duration] = []
          for command in own {
            let sent = ContinuousClock.now
            let receipt = try await ledger.perform(command)
            precondition(receipt.isAccepted, "the benchmark's own command is refused")
            latencies.append(ContinuousClock.now - sent)
          }
          return latencies
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    add(name, rate(share * callers, clock.now - begin), unit)
    addLatencies("  its answer", latencies)
  }

  private mutating func append(_ ledger: Ledger, _ count: Int, perCommit: Int) throws {
    let commands = earnings(count)
    let elapsed = try ContinuousClock().measure {
      var start = 0
      while start < commands.count {
        let end = min(start + perCommit, commands.count)
        _ = try ledger.performAndWait(Request(commands: Array(commands[start..<end])))
        start = end
      }
    }
    add("append, \(perCommit.grouped) a commit", rate(commands.count, elapsed), "commands/s")
  }

  private mutating func sizes() throws {
    let reader = try LedgerReader(path: path)
    var bytes: Int64 = 0
    var count: Int64 = 0
    try reader.eachRecord(from: 1) { record in
      bytes += Int64(record.count)
      count += 1
    }
    let file = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 ?? 0
    add("events", count, "events")
    add("bytes of a record, mean", bytes / count, "bytes")
    add("bytes on disk per event", file / count, "bytes")
    add("  of its record's bytes", file * 100 / bytes, "percent")
  }

  private mutating func decode() throws {
    let reader = try LedgerReader(path: path)
    var records: [[UInt8]] = []
    try reader.eachRecord(from: 1) { bytes in if records.count < 200_000 { records.append([UInt8](bytes)) } }
    // A tenth of a second each: one alone says more of the machine than of the code.
    var passes: [Duration] = []
    for _ in 0..<9 {
      var positions: Int64 = 0
      passes.append(
        try ContinuousClock().measure {
          for record in records {
            positions += try record.withUnsafeBufferPointer { try EventRecord($0).position }
          }
        })
      precondition(positions > 0)
    }
    passes.sort()
    add("decode, one core, median of 9", rate(records.count, passes[4]), "records/s")
  }

  private mutating func replayAndVerify() throws {
    let clock = ContinuousClock()
    var last: Int64 = 0
    let replay = try clock.measure { last = try Replayer(path: path).replay(ReplayBound()).last }
    add("replay, all cores", rate(Int(last), replay), "events/s")
    var found = 0
    let verify = try clock.measure { found = try Verifier.verify(path).findings.count }
    precondition(found == 0, "the benchmark's own ledger does not verify")
    add("verify, all cores", rate(Int(last), verify), "events/s")
  }

  private mutating func lookUps() throws {
    let clock = ContinuousClock()
    let opening = try clock.measure { _ = try LedgerReader(path: path) }
    add("open for reading", microseconds(opening), "µs")
    let reader = try LedgerReader(path: path)
    let end = start.adding(milliseconds: 365 * 86_400_000)
    var latencies: [Duration] = []
    for _ in 0..<2_000 {
      let member = Year.member(random.below(members))
      latencies.append(try clock.measure { _ = try reader.wallet(of: member, at: end) })
    }
    addLatencies("wallet of one member", latencies)
    latencies = []
    for _ in 0..<500 {
      let member = Year.member(random.below(members))
      latencies.append(try clock.measure { _ = try reader.history(of: .wallet(member)) })
    }
    addLatencies("all events of one wallet", latencies)
  }

  private mutating func addLatencies(_ name: String, _ latencies: [Duration]) {
    let sorted = latencies.sorted()
    guard !sorted.isEmpty else { return }
    for (label, place) in [("p50", 500), ("p99", 990), ("p99.9", 999)] {
      add("\(name), \(label)", microseconds(sorted[min(sorted.count - 1, sorted.count * place / 1000)]), "µs")
    }
  }

  private func rate(_ count: Int, _ elapsed: Duration) -> Int64 {
    Int64(count) * 1_000_000 / max(1, microseconds(elapsed))
  }

  private func microseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
  }
}
