// One mixed history through real ledgers on real files. Its commands come from MixedGenerator, what must be true after
// each event is in MixedWitness; here is what must be true of the whole.

import Foundation

@testable import BenefitsLedger
@testable import LedgerCore

/// Runs one history, checks every position, then replays it in every way there is.
struct MixedRun {
  private let folder: DatabaseFolder
  private var random: SplitMix64
  private let length: Int
  private var generator: MixedGenerator
  private var witness = MixedWitness()
  private var steps: [MixedStep] = []
  private var records: [EventRecord] = []
  private(set) var problems: [String] = []
  /// Accepted commands by type, those that followed from others too.
  private(set) var accepted: [String: Int] = [:]
  /// Events, refusals by code and other answers, for the figures.
  private(set) var figures: [String: Int] = [:]

  init(seed: UInt64, length: Int) throws {
    self.length = length
    random = SplitMix64(seed: seed ^ 0x4D19)
    generator = MixedGenerator(seed: seed)
    folder = try DatabaseFolder()
  }

  mutating func run() throws {
    try perform()
    guard problems.isEmpty else { return }
    try checkReplay()
    try checkEffective()
    try checkPrefix()
  }

  // MARK: running

  /// A ledger that is being fed.
  private struct Feed {
    let ledger: Ledger
    let clock: HistoryClock
    let path: String
  }

  private func open(_ name: String, at instant: Instant) throws -> Feed {
    let clock = HistoryClock(instant)
    let opening = OpenLedger(
      name: .named("mixed"), origin: .named("mixed"), zone: MixedGenerator.zone, owner: MixedGenerator.owner)
    let path = folder.file(name)
    return Feed(ledger: try Ledger.create(at: path, opening, clock: clock), clock: clock, path: path)
  }

  private mutating func perform() throws {
    let feed = try open("first.ledger", at: generator.now)
    defer { feed.ledger.close() }
    let reader = try LedgerReader(path: feed.path)
    try read(reader)
    let opening = MixedStep(now: generator.now, sending: .units(generator.opening().map { [$0] }))
    try take(opening, feed, reader)
    if let refused = records.first(where: { $0.refusal != nil }) {
      problems.append("the opening is refused: \(refused.command) \(String(describing: refused.refusal))")
    }
    for number in 0..<length {
      try take(generator.step(), feed, reader)
      guard problems.isEmpty else {
        problems.append("that was step \(number), \(steps[steps.count - 1])")
        return
      }
    }
  }

  private mutating func take(_ step: MixedStep, _ feed: Feed, _ reader: LedgerReader) throws {
    steps.append(step)
    for receipt in try send(step, feed) {
      let kind =
        switch receipt.outcome {
        case .accepted: "accepted"
        case .refused(let refusal): "refused \(refusal.code.rawValue)"
        case .conflict: "conflict"
        case .rolledBack: "rolled back"
        }
      figures[receipt.repeated ? "repeated" : kind, default: 0] += 1
    }
    try read(reader)
  }

  private mutating func send(_ step: MixedStep, _ feed: Feed) throws -> [Receipt] {
    feed.clock.set(step.now)
    switch step.sending {
    case .units(let units):
      return try feed.ledger.performAndWait(Request(commands: units.flatMap { $0 }))
    case .atomic(let commands):
      return try feed.ledger.performAndWait(Request(commands: commands, isAtomic: true))
    case .job(let command):
      do {
        return [try feed.ledger.runAndWait(job: command, via: nil)]
      } catch let error as LedgerError where error.code == .jobStuck {
        figures["job stuck", default: 0] += 1
        return []
      }
    case .invalid(let commands):
      do {
        let receipts = try feed.ledger.performAndWait(Request(commands: commands))
        problems.append("what is malformed was answered: \(receipts)")
      } catch let error as LedgerError where error.code == .malformed {
        figures["malformed", default: 0] += 1
      }
      return []
    }
  }

  /// Takes what was committed since the last time.
  private mutating func read(_ reader: LedgerReader) throws {
    var new: [EventRecord] = []
    try reader.eachRecord(from: Int64(records.count) + 1) { bytes in
      new.append(try EventRecord(bytes.bindMemory(to: UInt8.self)))
    }
    for (index, record) in new.enumerated() {
      let isLast = index + 1 == new.count || new[index + 1].command != record.command
      witness.take(record, isLast: isLast)
      generator.take(record)
      figures["event \(record.type.name)", default: 0] += 1
      if record.refusal == nil, let request = record.event.request {
        accepted[request.type.name, default: 0] += 1
      }
    }
    records += new
    problems = witness.problems
  }

  // MARK: what must be true of the whole

  /// The rows are what one part and several parts of a replay give, and nothing is wrong with the file.
  private mutating func checkReplay() throws {
    let path = folder.file("first.ledger")
    for cores in [1, 2, 3] {
      let replayer = try Replayer(path: path, cores: cores)
      let replayed = try replayer.replay(ReplayBound())
      for finding in try replayer.differingRows() { problems.append("replay in \(cores): \(finding)") }
      if replayed.totals != witness.book.totals {
        problems.append("replay in \(cores) has \(replayed.totals), live \(witness.book.totals)")
      }
    }
    // Every command decided anew has the same events, whatever it was batched with.
    let alone = try Verifier.verify(path, cores: 1, redeciding: { _ in })
    let together = try Verifier.verify(path, cores: 2)
    for finding in alone.findings { problems.append("verify: \(finding)") }
    for finding in together.findings { problems.append("verify on two cores: \(finding)") }
    compare(try replayed(ReplayBound()), witness.book, "at the end")
  }

  private func replayed(_ bound: ReplayBound, _ name: String = "first.ledger") throws -> Book {
    try Replayer(path: folder.file(name), cores: 1).replay(bound).books[0]
  }

  /// L3: as of then, as known now, is the events with `at` before it in the order of the log; and legs that sum to zero
  /// one by one do so together, whichever are left out.
  private mutating func checkEffective() throws {
    let instants = (0..<3).map { _ in steps[random.number(0...steps.count - 1)].now }
    for instant in instants {
      var effective = MixedWitness.Accounts()
      var folded = Book.complete()
      for record in records where record.at < instant {
        folded.apply(record)
        effective.take(record.legs)
      }
      let book = try replayed(ReplayBound(end: .instant(instant), isEffective: true))
      compare(book, folded, "effective at \(instant)")
      for problem in effective.problems(against: book) {
        problems.append("effective at \(instant): \(problem)")
      }
    }
  }

  /// The same commands in other batches give the same bytes; and what was recorded before T is the ledger built from the
  /// commands before T.
  private mutating func checkPrefix() throws {
    let moved = steps.indices.dropFirst().filter { steps[$0].now > steps[$0 - 1].now }
    guard let cut = moved.randomElement(using: &random) else { return }
    let feed = try open("second.ledger", at: steps[0].now)
    defer { feed.ledger.close() }
    try sendTogether(steps[..<cut], feed)
    let prefix = try Replayer(path: feed.path, cores: 1)
    let built = try prefix.replay(ReplayBound()).books[0]
    for finding in try prefix.differingRows() { problems.append("prefix: \(finding)") }
    compare(
      try replayed(ReplayBound(end: .instant(steps[cut].now))), built, "recorded before \(steps[cut].now)")
    let last = try LedgerReader(path: feed.path).head().tree.size
    compare(try replayed(ReplayBound(end: .position(last))), built, "up to position \(last)")
    try sendTogether(steps[cut...], feed)
    try checkBytes(feed.path)
  }

  /// All units that came while the clock stood still in one commit, as far as nothing else came between.
  private mutating func sendTogether(_ steps: ArraySlice<MixedStep>, _ feed: Feed) throws {
    var together: [[Command]] = []
    for index in steps.indices {
      let step = steps[index]
      guard case .units(let units) = step.sending else {
        _ = try send(step, feed)
        continue
      }
      together += units
      if index + 1 < steps.endIndex, case .units = steps[index + 1].sending, steps[index + 1].now == step.now
      {
        continue
      }
      _ = try send(MixedStep(now: step.now, sending: .units(together)), feed)
      together = []
    }
  }

  private mutating func checkBytes(_ path: String) throws {
    var index = 0
    var differing: Int?
    let records = records
    try LedgerReader(path: path).eachRecord(from: 1) { bytes in
      if differing == nil, index >= records.count || !records[index].bytes.elementsEqual(bytes) {
        differing = index + 1
      }
      index += 1
    }
    if let differing { problems.append("record \(differing) differs in other batches") }
    if index != records.count { problems.append("\(records.count) records, \(index) in other batches") }
  }

  private mutating func compare(_ mine: Book, _ theirs: Book, _ place: String) {
    for projection in Projection.allCases {
      let keys = Set(mine.entities(in: projection)).union(theirs.entities(in: projection))
      for key in keys where mine.cells(of: key) != theirs.cells(of: key) {
        problems.append("\(place): \(key) differs")
      }
    }
  }
}
