// A quick look at a ledger's file and surroundings, without a scan and without a lock: what `benefits doctor` tells. That
// the contents are right is Verifier's to say.

import Foundation
import LedgerCore
import Migrations

/// One thing that was looked at.
package struct HealthCheck: Equatable, Sendable {
  package enum Verdict: String, Sendable {
    case ok = "OK"
    case warn = "WARN"
    case fail = "FAIL"
  }

  package let name: String
  package let verdict: Verdict
  /// What was found and, unless all is well, what to do.
  package let message: String
  /// The figure behind it, if it is one.
  package let value: Int64?
}

/// The examination of one file. It goes on after a failure, so that a damaged file tells as much as it can.
package struct LedgerHealth {
  private static let megabyte: Int64 = 1_048_576
  /// A write-ahead log is emptied at about 32 MiB; several times that says that something prevents it.
  private static let longestWAL = 128 * megabyte
  private static let scarceDisk = 256 * megabyte
  /// What one large commit and its write-ahead log may take.
  private static let leastDisk = 16 * megabyte

  private let path: String
  private let now: Instant
  private var checks: [HealthCheck] = []

  /// Looks at the ledger at `path`.
  ///
  /// - Throws: `LedgerError` `absent`, `notALedger` or `io` when there is no ledger to examine.
  package static func examine(_ path: String, at now: Instant) throws -> [HealthCheck] {
    var health = LedgerHealth(path: path, now: now)
    try LedgerFile.requireFile(path)
    let header = FileHeader(path)
    do {
      let (connection, reading) = try LedgerFile.openUnrecognised(path)
      health.add("opened", .ok, "opened \(reading.rawValue)")
      try health.requireLedger(connection)
      health.contents(connection)
    } catch let error as LedgerError where error.code != .notALedger || header.hasOurMark {
      // A file that is no ledger is not ill. One whose first page is damaged still has our mark, if we are lucky.
      health.checks = []
      health.add("opened", .fail, error.code == .notALedger ? health.firstPageDamaged : error.message)
    }
    health.file(header)
    health.surroundings()
    return health.checks
  }

  private init(path: String, now: Instant) {
    self.path = path
    self.now = now
  }

  private mutating func add(
    _ name: String, _ verdict: HealthCheck.Verdict, _ message: String, _ value: Int64? = nil
  ) {
    checks.append(HealthCheck(name: name, verdict: verdict, message: message, value: value))
  }

  /// Runs one look; what SQLite cannot read there is that look's failure.
  private mutating func look(_ name: String, _ body: (inout LedgerHealth) throws -> Void) {
    do { try LedgerFile.translating(path) { try body(&self) } } catch {
      add(name, .fail, (error as? LedgerError)?.message ?? "\(error)")
    }
  }

  private var firstPageDamaged: String {
    "the first page of \(path) is damaged, so nothing in it can be read; restore a backup"
  }

  // MARK: what is in the file

  /// Throws `notALedger` for a file of something else.
  private mutating func requireLedger(_ connection: Connection) throws {
    try LedgerFile.translating(path) {
      let mark = try connection.integer(of: "PRAGMA application_id") ?? 0
      let hex = "0x" + String(UInt32(truncatingIfNeeded: mark), radix: 16, uppercase: true)
      if mark == LedgerFile.applicationID {
        return add("application-id", .ok, "application id \(hex), a ledger", mark)
      }
      let ours = try connection.integer(
        of:
          "SELECT count(*) FROM sqlite_schema WHERE name IN ('event', 'head', 'meta_migration', 'meta_fold')")
      guard ours == 4 else { throw LedgerError(.notALedger, "\(path) is an SQLite file, but not a ledger.") }
      add(
        "application-id", .fail,
        "application id \(hex) is not a ledger's, though the tables are; another program changed the file: "
          + "restore a backup", mark)
    }
  }

  private mutating func contents(_ connection: Connection) {
    look("schema") { try $0.schema(connection) }
    look("fold") { try $0.fold(connection) }
    look("events") { try $0.events(connection) }
    look("clock") { try $0.clock(connection) }
  }

  private mutating func schema(_ connection: Connection) throws {
    let version = try connection.integer(of: "PRAGMA user_version") ?? 0
    let known = Migration.all.last?.number ?? 0
    if version > known {
      add(
        "schema", .fail,
        "schema \(version) is newer than this program, which knows up to \(known); update it", version)
    } else if version < known {
      add(
        "schema", .warn, "schema \(version) is older than \(known); the next writer brings it up to date",
        version)
    } else if try LedgerFile.schema(of: connection) != LedgerFile.expectedSchema() {
      add(
        "schema", .fail, "schema \(version), but tables or triggers were changed; run `benefits verify`",
        version)
    } else {
      add("schema", .ok, "schema \(version), as this program makes it", version)
    }
  }

  private mutating func fold(_ connection: Connection) throws {
    let version = try connection.integer(of: "SELECT version FROM meta_fold") ?? 0
    if version == LedgerFile.foldVersion {
      add("fold", .ok, "rows made by fold version \(version), as this program makes them", version)
    } else if version < LedgerFile.foldVersion {
      add(
        "fold", .fail,
        "rows made by fold version \(version), this program has \(LedgerFile.foldVersion); run `benefits rebuild`",
        version)
    } else {
      add(
        "fold", .fail, "rows made by fold version \(version), newer than this program's; update it", version)
    }
  }

  private mutating func events(_ connection: Connection) throws {
    let size = try Head(connection, path: path).tree.size
    let last = try connection.integer(of: "SELECT max(position) FROM event") ?? 0
    if size == last, size > 0 {
      add("events", .ok, "\(size) events, and the head says so too", size)
    } else if size == 0, last == 0 {
      add("events", .fail, "there is no event, not even ledger.opened; make the ledger again", 0)
    } else {
      add(
        "events", .fail,
        "the head says \(size) events, the log ends at \(last); run `benefits verify`, then restore a backup",
        last)
    }
  }

  private mutating func clock(_ connection: Connection) throws {
    let last = try Head(connection, path: path).recordedAt
    let ahead = last.milliseconds - now.milliseconds
    if ahead > 0 {
      add(
        "clock", .warn,
        "the last event was recorded at \(last), \(ahead) ms after this machine's clock; set the clock right: "
          + "until then new events are recorded at that same time", last.milliseconds)
    } else {
      add("clock", .ok, "the last event was recorded at \(last)", last.milliseconds)
    }
  }

  // MARK: what is around it

  private mutating func file(_ header: FileHeader) {
    let bytes = Self.size(path)
    let wal = Self.size(path + "-wal")
    if wal == 0, let needed = header.bytesNeeded, bytes < needed {
      add("file", .fail, "\(bytes) bytes, but \(needed) belong to it: it is cut off; restore a backup", bytes)
    } else {
      add("file", .ok, "\(bytes) bytes", bytes)
    }
    if let page = header.pageBytes {
      add("page-size", .ok, "pages of \(page) bytes", page)
    }
    let writes = "a writer sets \(LedgerFile.writerSettings)"
    switch header.isWAL {
    case true?: add("journal", .ok, "journal mode WAL; \(writes)")
    case false?: add("journal", .ok, "a rollback-journal file, as backups are; \(writes)")
    case nil: add("journal", .fail, "the journal mode cannot be read; \(writes)")
    }
    if wal > Self.longestWAL {
      add(
        "wal", .warn,
        "\(wal) bytes in the write-ahead log; a reader that stays open keeps it from being emptied: end it",
        wal)
    } else {
      add("wal", .ok, "\(wal) bytes in the write-ahead log", wal)
    }
  }

  private mutating func surroundings() {
    disk()
    lock()
  }

  private mutating func disk() {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else {
      return add("disk", .warn, "the free space cannot be asked: \(String(cString: strerror(errno)))")
    }
    let free = Int64(
      clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    let megabytes = free / Self.megabyte
    if free < Self.leastDisk {
      add("disk", .fail, "\(megabytes) MiB free on the disk; make room: commits will fail", free)
    } else if free < Self.scarceDisk {
      add("disk", .warn, "\(megabytes) MiB free on the disk; make room soon", free)
    } else {
      add("disk", .ok, "\(megabytes) MiB free on the disk", free)
    }
  }

  private mutating func lock() {
    switch WriterLock.sighting(path: path) {
    case .neverTaken: add("lock", .ok, "no writer has the ledger open, and none has had it in this place")
    case .free(nil): add("lock", .ok, "no writer has the ledger open")
    case .free(let last?):
      let state =
        WriterLock.isAlive(last) ? "has let go of it" : "has ended; what it left behind is stale and harmless"
      add("lock", .ok, "no writer has the ledger open; process \(last), the last one, \(state)", Int64(last))
    case .held(let process):
      add("lock", .ok, "process \(process) is alive and has the ledger open for writing", Int64(process))
    case .perhapsHeld(let process):
      add("lock", .ok, "process \(process) is alive and may have the ledger open for writing", Int64(process))
    }
  }

  private static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}

/// What SQLite keeps in the first 100 bytes of a file (https://sqlite.org/fileformat.html §1.3), read without SQLite, so
/// that it can be told of a file that SQLite refuses.
private struct FileHeader {
  private let bytes: [UInt8]

  init(_ path: String) {
    let handle = FileHandle(forReadingAtPath: path)
    bytes = (try? handle?.read(upToCount: 100)).flatMap { $0 }.map(Array.init) ?? []
    try? handle?.close()
  }

  private func number(at offset: Int, width: Int) -> Int64? {
    guard bytes.count >= offset + width else { return nil }
    return bytes[offset..<offset + width].reduce(0) { $0 << 8 | Int64($1) }
  }

  /// The application id, whatever else is wrong.
  var hasOurMark: Bool { number(at: 68, width: 4) == LedgerFile.applicationID }

  /// 1 stands for 65,536; nil when it is no page size.
  var pageBytes: Int64? {
    guard let stated = number(at: 16, width: 2) else { return nil }
    let size = stated == 1 ? 65_536 : stated
    return size >= 512 && size & (size - 1) == 0 ? size : nil
  }

  /// nil when it is neither.
  var isWAL: Bool? {
    switch number(at: 18, width: 1) {
    case 2: true
    case 1: false
    default: nil
    }
  }

  /// How long the file is when all its pages are in it; the figure is good when the write-ahead log is empty.
  var bytesNeeded: Int64? {
    guard let pageBytes, let pages = number(at: 28, width: 4) else { return nil }
    return pages * pageBytes
  }
}
