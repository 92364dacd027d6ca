// Failures of machinery: files, locks, disks. A rule that says no is a Refusal; what an audit finds is a Finding.

import LedgerCore

/// Something that is not a rule stood in the way. Nothing was recorded.
public struct LedgerError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Code: String, CaseIterable, Sendable {
    case absent = "ledger.absent"
    case exists = "ledger.exists"
    case notALedger = "ledger.not-a-ledger"
    case newer = "ledger.newer"
    case busy = "ledger.busy"
    case needsRebuild = "ledger.needs-rebuild"
    case closed = "ledger.closed"
    case overloaded = "ledger.overloaded"
    case walUnreadable = "ledger.wal-unreadable"
    case full = "storage.full"
    case readOnly = "storage.read-only"
    case damaged = "storage.damaged"
    case io = "storage.io"
    case groupTooLarge = "group.too-large"
    case malformed = "command.malformed"
    case jobStuck = "job.stuck"
    case personalData = "command.personal-data"
  }

  public let code: Code
  /// Where, what, and what to do next, in one or two sentences; no member data.
  public let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  /// Whether the same call may succeed later.
  public var canRetry: Bool {
    switch code {
    case .busy, .overloaded, .full, .io: true
    case .absent, .exists, .notALedger, .newer, .needsRebuild, .closed, .walUnreadable, .readOnly, .damaged,
      .groupTooLarge, .malformed, .personalData, .jobStuck:
      false
    }
  }

  /// What a failure of SQLite on this file means.
  init(_ error: SQLiteError, path: String) {
    if error.isFull {
      self.init(.full, "The disk that holds \(path) is full. Nothing was recorded; make room and try again.")
    } else if error.isBusy {
      self.init(.busy, "Another program holds \(path). Nothing was recorded; try again.")
    } else if error.isReadOnly {
      self.init(.readOnly, "\(path) cannot be written to: \(error.message).")
    } else if error.isNotADatabase {
      self.init(.notALedger, "\(path) is not a ledger: it is no SQLite file, or its first page is damaged.")
    } else if error.isConstraint {
      self.init(
        .damaged,
        "\(path) is not built as a ledger is (\(error.message)). Run `benefits verify` to see where.")
    } else if error.isCorrupt {
      self.init(
        .damaged, "\(path) is damaged (\(error.message)). Run `benefits verify`, then restore a backup.")
    } else if error.isLogic {
      self.init(
        .damaged, "\(path) does not have its schema (\(error.message)). Run `benefits verify`.")
    } else {
      self.init(.io, "SQLite failed on \(path): \(error.description)")
    }
  }

  init(_ error: RowError, path: String) {
    self.init(
      .damaged,
      "A derived row in \(path) cannot be read (\(error)). Run `benefits verify` to see which differ.")
  }

  /// A command that is malformed or holds personal data.
  init(_ problem: (id: String?, error: WireError)) {
    let name = problem.id.map { "Command \($0)" } ?? "A command"
    if problem.error.personalNumber == nil {
      self.init(.malformed, "\(name) is malformed; nothing was recorded. \(problem.error)")
    } else {
      self.init(.personalData, "\(name) holds personal data; nothing was recorded. \(problem.error)")
    }
  }

  /// A record that this program wrote and can no longer read.
  init(_ error: WireError, position: Int64, path: String) {
    self.init(.damaged, "Record \(position) of \(path) cannot be read: \(error). Run `benefits verify`.")
  }
}
