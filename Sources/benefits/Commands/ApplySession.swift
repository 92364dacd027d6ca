// Lines of commands on their way into a ledger: batches, groups, jobs, and the answers in the order of the lines.
// Where the lines come from and the answers go is Apply's and the scenarios' own.

import BenefitsLedger

/// Takes the answers to commands, in the order of their lines.
protocol AnswerSink: AnyObject {
  /// The answer to a command, which is on disk.
  func answered(_ receipt: Receipt) throws
  /// The result line of a line that was no command, or held a personal number.
  func invalid(_ line: String) throws
  /// The result line of a command that the machinery could not record; its error is thrown when all have been told.
  func failed(_ line: String) throws
  /// Answers that were given are to be handed on now.
  func flush() throws
}

/// Collects lines into requests, keeps two of them under way, and writes the answers in the order of the lines.
struct ApplySession {
  private static let batchLength = 1_000

  private let ledger: Ledger
  private let sink: any AnswerSink
  private let isAtomic: Bool
  private let via: FreeText?
  /// Shows how many members a job has come to.
  private let progress: (Int64) -> Void
  /// A batch relies on the ones before it.
  private let stream = CommandStream()
  private var parser = CommandParser()
  private var batch: [Item] = []
  private var underWay: [(items: [Item], withheld: Set<Int>, answer: PendingAnswer)] = []
  private(set) var counts = AnswerCounts()

  private enum Item {
    case command(Command)
    /// Its result line, and its group if that could be read.
    case invalid(String, FreeText?)

    var group: FreeText? {
      switch self {
      case .command(let command): command.group
      case .invalid(_, let group): group
      }
    }
    var isInvalid: Bool {
      if case .invalid = self { true } else { false }
    }
  }

  init(
    _ ledger: Ledger, _ sink: some AnswerSink, isAtomic: Bool, via: FreeText?,
    progress: @escaping (Int64) -> Void
  ) {
    self.ledger = ledger
    self.sink = sink
    self.isAtomic = isAtomic
    self.via = via
    self.progress = progress
  }

  mutating func take(_ line: LineReader.Line, number: Int64) throws {
    switch line {
    case .tooLong: try add(.invalid(Receipt.invalid(line: number, id: nil, .tooLong), nil))
    case .text(let bytes):
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
      switch parser.parse(bytes) {
      case .command(let command) where command.body.opensJob: try run(job: command, number: number)
      case .command(let command): try add(.command(command))
      case .invalid(let id, let group, let error):
        try add(.invalid(Receipt.invalid(line: number, id: id, error), group))
      }
    }
  }

  /// A job is worked on by itself, when everything before it is on disk.
  private mutating func run(job command: Command, number: Int64) throws {
    guard !isAtomic, command.group == nil else {
      return try add(
        .invalid(Receipt.invalid(line: number, id: command.id.text, .jobInGroup), command.group))
    }
    try end()
    let receipt: Receipt
    do { receipt = try ledger.runAndWait(job: command, via: via, progress: progress) } catch let error
      as LedgerError
    {
      try sink.failed(
        Receipt.failed(
          id: command.id, code: error.code.rawValue, message: error.message, retry: error.canRetry))
      throw error
    }
    counts.count(receipt)
    try sink.answered(receipt)
    try sink.flush()
  }

  private mutating func add(_ item: Item) throws {
    if isAtomic {
      guard batch.count < Request.longestAtomic else {
        throw Failure(
          .usage, "--atomic takes at most \(Request.longestAtomic.grouped) lines; nothing was recorded")
      }
    } else if batch.count >= Self.batchLength, !continuesGroup(item) {
      try send()
    }
    batch.append(item)
  }

  /// A group is never cut; an invalid line may be in the middle of one.
  private func continuesGroup(_ item: Item) -> Bool {
    guard let last = batch.last, batch.count <= Self.batchLength + Request.longestGroup else { return false }
    if last.isInvalid || item.isInvalid { return last.group != nil || item.group == nil }
    return last.group != nil && last.group == item.group
  }

  mutating func end() throws {
    try send()
    try drain()
  }

  /// Writes the answers to all that was sent. Throws the first failure, after them.
  mutating func drain() throws {
    var failure: (any Error)?
    while !underWay.isEmpty {
      do { try receive() } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  private mutating func send() throws {
    if batch.isEmpty { return }
    let withheld = withheldCommands()
    let commands = batch.enumerated().compactMap { index, item -> Command? in
      if case .command(let command) = item, !withheld.contains(index) { command } else { nil }
    }
    let answer = PendingAnswer()
    if commands.isEmpty {
      answer.give(.success([]))
    } else {
      ledger.submit(Request(commands: commands, isAtomic: isAtomic, via: via, stream: stream)) {
        answer.give($0)
      }
    }
    underWay.append((batch, withheld, answer))
    batch = []
    if underWay.count > 1 { try receive() }
  }

  /// Commands that do not happen because a line of their group, or of an atomic file, is invalid (L7).
  private func withheldCommands() -> Set<Int> {
    guard batch.contains(where: \.isInvalid) else { return [] }
    if isAtomic { return Set(batch.indices) }
    // An invalid line without a readable group belongs to the group it stands inside.
    let groups = batch.indices.map { index -> FreeText? in
      if let group = batch[index].group { return group }
      guard batch[index].isInvalid, index > 0, index + 1 < batch.count else { return nil }
      return batch[index - 1].group == batch[index + 1].group ? batch[index - 1].group : nil
    }
    var withheld: Set<Int> = []
    var start = 0
    while start < batch.count {
      var end = start + 1
      while end < batch.count, groups[start] != nil, groups[end] == groups[start] { end += 1 }
      if groups[start] != nil, batch[start..<end].contains(where: \.isInvalid) {
        withheld.formUnion(start..<end)
      }
      start = end
    }
    return withheld
  }

  private mutating func receive() throws {
    let (items, withheld, answer) = underWay.removeFirst()
    let receipts: [Receipt]
    do { receipts = try answer.wait().get() } catch let error as LedgerError {
      for item in items {
        switch item {
        case .invalid(let line, _): try sink.invalid(line)
        case .command(let command):
          try sink.failed(
            Receipt.failed(
              id: command.id, code: error.code.rawValue, message: error.message, retry: error.canRetry))
        }
      }
      throw error
    }
    var next = receipts.makeIterator()
    for (index, item) in items.enumerated() {
      switch item {
      case .invalid(let line, _):
        counts.invalid += 1
        try sink.invalid(line)
      case .command(let command):
        let receipt =
          withheld.contains(index)
          ? Receipt(id: command.id, outcome: .rolledBack(by: nil), repeated: false) : next.next()
        guard let receipt else { preconditionFailure("a command without a receipt") }
        counts.count(receipt)
        try sink.answered(receipt)
      }
    }
    try sink.flush()
  }
}
