// What a caller is told of one command, as a Swift value and as one JSON line. How it is decided is in Book; that it is
// on disk is the ledger's promise.

/// The answer to one command. When a caller has it, it is on disk.
public struct Receipt: Equatable, Sendable {
  public let id: CommandID
  public let outcome: Outcome
  /// The same command had been answered before; this is that answer again.
  public let repeated: Bool

  package init(id: CommandID, outcome: Outcome, repeated: Bool) {
    self.id = id
    self.outcome = outcome
    self.repeated = repeated
  }

  public enum Outcome: Equatable, Sendable {
    /// Its events stand at these positions; the answers are the balances it moved, after it.
    case accepted(positions: [Int64], answers: [Answer])
    /// A rule said no. Recorded, and sticky.
    case refused(Refusal)
    /// The id was used before for another content; the first field that differs. Not recorded.
    case conflict(field: String)
    /// Another command of its group decided that none of them happens; nil when that line was no command. Not
    /// recorded.
    case rolledBack(by: CommandID?)
  }

  public var isAccepted: Bool {
    if case .accepted = outcome { true } else { false }
  }

  /// The result line of `interfaces.md`, without a newline.
  public var line: String {
    var writer = RecordWriter()
    writer.dictionary { io in
      io.text("id", id.text)
      switch outcome {
      case .accepted(let positions, let answers):
        io.text("status", "accepted")
        io.key("positions")
        io.list(positions)
        io.key("repeated")
        io.boolean(repeated)
        io.key("data")
        io.dictionary { io in
          for answer in answers {
            io.key(answer.name)
            io.integer(answer.value)
          }
        }
      case .refused(let refusal):
        io.text("status", "refused")
        io.text("code", refusal.code.rawValue)
        io.text("message", refusal.message)
        io.key("data")
        RefusalDetails(list: refusal.details).write(&io)
        io.key("repeated")
        io.boolean(repeated)
      case .conflict(let field):
        io.text("status", "conflict")
        io.text("code", "request.other-content")
        io.text("message", "The id was used before with another content: \(field) differs.")
        io.key("data")
        io.dictionary { $0.text("field", field) }
      case .rolledBack(let decider):
        io.text("status", "rolled-back")
        io.text("code", "group.rolled-back")
        io.text("message", "Another command of the group was not accepted, so none of them happened.")
        io.key("data")
        io.dictionary { io in
          if let decider { io.text("by", decider.text) }
        }
      }
    }
    return writer.string
  }

  /// The result line of a line that is no command, or holds personal data. `number` counts from 1.
  package static func invalid(line number: Int64, id: String?, _ error: WireError) -> String {
    var writer = RecordWriter()
    writer.dictionary { io in
      io.key("id")
      if let id { io.text(id) } else { io.null() }
      io.key("line")
      io.integer(number)
      io.text("status", "invalid")
      io.text("code", error.code)
      io.text("message", error.description)
      io.key("data")
      io.dictionary { io in
        io.text("field", error.path)
        if let number = error.personalNumber { io.text("kind", number.rawValue) }
      }
    }
    return writer.string
  }

  /// The result line of a command that was not recorded because machinery failed.
  package static func failed(id: CommandID, code: String, message: String, retry: Bool) -> String {
    var writer = RecordWriter()
    writer.dictionary { io in
      io.text("id", id.text)
      io.text("status", "failed")
      io.text("code", code)
      io.text("message", message)
      io.key("retry")
      io.boolean(retry)
    }
    return writer.string
  }
}

extension RecordWriter {
  fileprivate mutating func text(_ key: String, _ value: String) {
    self.key(key)
    text(value)
  }
}
