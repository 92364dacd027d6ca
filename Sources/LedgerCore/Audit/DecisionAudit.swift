// What an auditor asks of a command's events: are they what is decided anew, from the command and what stands before it.
// How the log is read for it is in BenefitsLedger/Replay/Redecider.

/// What came of deciding a recorded command anew.
package enum Redecision: Sendable {
  /// The same events, to the last field; the book has moved on by them.
  case same
  /// It is not refused alone as it was in its group, whose other commands were rolled back and left no record; nothing
  /// has moved.
  case unproven
  /// Other events; the book is not to be used any more.
  case differs([Finding])
}

extension Book {
  /// Decides a command anew and compares every field of every event with those recorded. The book must be complete and
  /// have folded everything before them.
  ///
  /// Only what came in with the command is taken from the log: its inputs, who, when and by what way, and the ledger's
  /// clock. A decision looks at nothing but these and the book, so everything else must come out as it was.
  ///
  /// - Parameters:
  ///   - recorded: all events of one command, in order; at least one.
  ///   - recall: the events of an earlier command; none when it stands nowhere before these.
  package mutating func redecide(
    _ recorded: [EventRecord], recall: (CommandID) throws -> [EventRecord]
  ) rethrows -> Redecision {
    guard let first = recorded.first, let answering = recorded.first(where: \.isFirst),
      let command = answering.rebuiltCommand, canDecide(command)
    else { return .differs([Finding(undecidable: recorded)]) }
    let recording = Recording(recordedAt: first.recordedAt, position: first.position, via: first.via)
    let rolledBack = recorded.count == 1 ? answering.rolledBack : nil
    let mark = rolledBack.map { _ in setMark() }
    defer { committed() }
    var decided = try decideAnew(command, recording, recall: recall)
    // How many were rolled back with it only the log knows.
    if let rolledBack, decided.count == 1 { decided[0].rolledBack = rolledBack }
    if decided == recorded { return .same }
    if let mark {
      rollBack(to: mark)
      return .unproven
    }
    return .differs(Self.differences(recorded, decided))
  }

  /// A ledger begins with its opening, and decides nothing before it.
  private func canDecide(_ command: Command) -> Bool {
    if case .ledger(.open) = command.body { true } else { ledger != nil }
  }

  private mutating func decideAnew(
    _ command: Command, _ recording: Recording, recall: (CommandID) throws -> [EventRecord]
  ) rethrows -> [EventRecord] {
    while true {
      switch decide(command, recording) {
      case .events(let records): return records
      case .missing(let keys):
        for key in keys {
          guard case .command(let id) = key, !isLoaded(key) else {
            preconditionFailure("a complete book lacks nothing but the events of earlier commands")
          }
          self.recall(id, try recall(id))
        }
      }
    }
  }

  /// Event by event; after one of another type the events no longer belong together.
  private static func differences(_ recorded: [EventRecord], _ decided: [EventRecord]) -> [Finding] {
    var findings: [Finding] = []
    for index in 0..<max(recorded.count, decided.count) {
      let here = recorded.indices.contains(index) ? recorded[index] : nil
      let anew = decided.indices.contains(index) ? decided[index] : nil
      guard let here, let anew, here.type.name == anew.type.name else {
        if let event = here ?? anew {
          findings.append(Finding(event, field: "type", here?.typeForPeople, anew?.typeForPeople))
        }
        break
      }
      findings += here.differences(from: anew).map { Finding(here, field: $0.path, $0.mine, $0.theirs) }
    }
    return findings
  }
}

extension EventRecord {
  /// The type, of a refusal with its code.
  fileprivate var typeForPeople: String { type.name + (refusal.map { " \($0.code.rawValue)" } ?? "") }
}

extension Finding {
  /// - Parameter event: the one that is recorded, or, where there is none, the one that is decided.
  fileprivate init(_ event: EventRecord, field: String, _ recorded: String?, _ decided: String?) {
    let difference = Difference(
      command: event.command, type: event.type.name, field: field, recorded: recorded, decided: decided)
    let (here, anew) = Self.excerpts(recorded ?? "nothing", decided ?? "nothing")
    self.init(
      .decisionDiffers, position: event.position, difference: difference,
      "`\(field)` of \(event.type.name), command \(event.command), is recorded as \(here); decided anew it is \(anew)."
    )
  }

  fileprivate init(undecidable recorded: [EventRecord]) {
    self.init(
      .decisionDiffers, position: recorded.first?.position,
      "No command can be rebuilt from its events that a ledger would have decided here.")
  }

  /// Of long values the part where they begin to differ.
  private static func excerpts(_ left: String, _ right: String) -> (String, String) {
    guard max(left.count, right.count) > 80 else { return (left, right) }
    let start = max(0, zip(left, right).prefix { $0 == $1 }.count - 20)
    func excerpt(_ text: String) -> String {
      let part = text.dropFirst(start)
      return (start > 0 ? "…" : "") + part.prefix(60) + (part.count > 60 ? "…" : "")
    }
    return (excerpt(left), excerpt(right))
  }
}
