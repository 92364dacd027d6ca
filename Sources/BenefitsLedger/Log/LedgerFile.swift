// The file a ledger lives in: how it is made, recognised, opened for writing and for reading. What is inside it is
// written by EventLog and ProjectionStore.

import Foundation
import LedgerCore
import Migrations

/// Opening and making ledger files.
package enum LedgerFile {
  /// SQLite's application id of a ledger: "BfLg".
  static let applicationID: Int64 = 0x4266_4C67
  /// Changes whenever the fold or a row changes; the rows of another version must be rebuilt.
  package static let foldVersion: Int64 = 2

  /// What `configure` sets and asserts, for people.
  static let writerSettings = "journal mode WAL and synchronous FULL"

  /// How a file was opened for reading, for people.
  package enum Reading: String, Sendable {
    case ordinary = "read-only"
    case immutable = "read-only, as an unchanging file (its folder cannot be written to)"
  }

  /// Makes the file, still empty, or throws `exists`: of two processes that try, one succeeds.
  static func claim(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor >= 0 {
      close(descriptor)
      return
    }
    let code = errno
    guard code != EEXIST else { throw isThere(path) }
    throw LedgerError(.io, "\(path) cannot be made: \(String(cString: strerror(code))).")
  }

  static func isThere(_ path: String) -> LedgerError {
    LedgerError(.exists, "\(path) is there already. Choose another name; a ledger is never overwritten.")
  }

  /// The path without symbolic links: SQLite keeps its side files there too.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Gives a claimed, empty file today's schema.
  static func create(_ path: String) throws -> Connection {
    try translating(path) {
      let connection = try Connection(path: path, mode: .readWrite)
      try configure(connection, path)
      try migrate(connection, path)
      return connection
    }
  }

  /// Opens an existing ledger whatever fold made its rows, bringing its schema up to date: for a rebuild.
  static func openForRebuilding(_ path: String) throws -> Connection {
    try requireFile(path)
    return try translating(path) {
      let connection = try Connection(path: path, mode: .readWrite)
      try recognise(connection, path)
      try configure(connection, path)
      try migrate(connection, path)
      return connection
    }
  }

  /// Opens an existing ledger for the one writer, bringing its schema up to date.
  static func openForWriting(_ path: String) throws -> Connection {
    let connection = try openForRebuilding(path)
    return try translating(path) {
      let fold = try connection.integer(of: "SELECT version FROM meta_fold") ?? 0
      guard fold == foldVersion else {
        throw LedgerError(
          .needsRebuild,
          "The rows of \(path) were made by fold version \(fold), this program has \(foldVersion). "
            + "Run `benefits rebuild \(path)`.")
      }
      return connection
    }
  }

  /// Opens an existing ledger for reading, in every situation of a reader.
  ///
  /// In a folder that cannot be written to, SQLite cannot make the shared memory that a log beside the file needs. An
  /// empty or absent `-wal` is no loss then; one with content would be silently missed, so it is an error.
  package static func openForReading(_ path: String) throws -> (Connection, Reading) {
    let (connection, reading) = try openUnrecognised(path)
    try translating(path) {
      let version = try recognise(connection, path)
      guard version == Migration.all.last?.number else {
        throw LedgerError(
          .needsRebuild,
          "\(path) was written by an older program (schema \(version)). Run `benefits rebuild \(path)`.")
      }
    }
    return (connection, reading)
  }

  /// Opens any SQLite file for reading, ledger or not.
  static func openUnrecognised(_ path: String) throws -> (Connection, Reading) {
    try requireFile(path)
    let real = resolved(path)
    var reading = Reading.ordinary
    if access((real as NSString).deletingLastPathComponent.orDot, W_OK) != 0 {
      let walBytes = (try? FileManager.default.attributesOfItem(atPath: real + "-wal")[.size] as? Int) ?? 0
      if walBytes == 0 {
        reading = .immutable
      } else if access(real + "-shm", R_OK) != 0 {
        throw LedgerError(
          .walUnreadable,
          "\(path) has commits in \(path)-wal that cannot be read in a read-only folder. "
            + "Copy the folder to where you can write, or ask for a backup.")
      }
    }
    return try translating(path) {
      (try Connection(path: path, mode: reading == .immutable ? .immutable : .readOnly), reading)
    }
  }

  /// Throws unless there is a ledger at `path` that this program knows.
  static func recognise(_ path: String) throws {
    let (connection, _) = try openUnrecognised(path)
    try translating(path) {
      try recognise(connection, path)
      try connection.close()
    }
  }

  /// Runs `body` and turns SQLite's failures into the ledger's.
  package static func translating<Output>(_ path: String, _ body: () throws -> Output) throws -> Output {
    do { return try body() } catch let error as SQLiteError {
      throw LedgerError(error, path: path)
    } catch let error as RowError {
      throw LedgerError(error, path: path)
    }
  }

  static func requireFile(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        throw LedgerError(.io, "\(path) cannot be looked at: \(String(cString: strerror(code))).")
      }
      throw LedgerError(.absent, "There is no file \(path). `benefits init` makes a new ledger.")
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw LedgerError(.notALedger, "\(path) is a folder, not a ledger.")
    case S_IFREG: break
    // Opening a named pipe would wait for somebody to write to it.
    default: throw LedgerError(.notALedger, "\(path) is a device or a pipe, not a ledger.")
    }
    guard status.st_size > 0 else {
      throw LedgerError(
        .notALedger, "\(path) is an empty file, not a ledger. Remove it; `benefits init` makes a new one.")
    }
    guard access(path, R_OK) == 0 else {
      throw LedgerError(.io, "\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
  }

  /// The schema of a ledger of a version that this program knows, or an error.
  @discardableResult
  private static func recognise(_ connection: Connection, _ path: String) throws -> Int64 {
    let application = try connection.integer(of: "PRAGMA application_id") ?? 0
    guard application == applicationID else {
      throw LedgerError(.notALedger, "\(path) is an SQLite file, but not a ledger.")
    }
    let version = try connection.integer(of: "PRAGMA user_version") ?? 0
    let known = Migration.all.last?.number ?? 0
    guard version <= known else {
      throw LedgerError(
        .newer,
        "\(path) was written by a newer program (schema \(version); this one knows up to \(known)). Update it."
      )
    }
    return version
  }

  private static func configure(_ connection: Connection, _ path: String) throws {
    let mode = try connection.text(of: "PRAGMA journal_mode = WAL")
    try connection.execute(
      "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536;")
    let synchronous = try connection.integer(of: "PRAGMA synchronous")
    guard mode == "wal", synchronous == 2 else {
      throw LedgerError(
        .io, "\(path) cannot be kept in WAL mode with full synchronisation; is it on a network drive?")
    }
    connection.countWALPages()
  }

  /// Runs the steps that the file has not seen, each in its own transaction.
  private static func migrate(_ connection: Connection, _ path: String) throws {
    let version = try connection.integer(of: "PRAGMA user_version") ?? 0
    for step in Migration.all where step.number > version {
      try connection.beginImmediate()
      do {
        try connection.execute(step.sql)
        let note = try connection.prepare("INSERT INTO meta_migration (number, name) VALUES (?, ?)")
        try note.bind(1, step.number)
        try note.bind(2, step.name)
        try note.run()
        if step.number == 1 {
          try connection.execute("INSERT INTO meta_fold (id, version) VALUES (1, \(foldVersion))")
        }
        try connection.execute(
          "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(step.number)")
        try connection.commit()
      } catch {
        try connection.rollback()
        throw error
      }
    }
  }

  /// The schema that this program's migrations make: what verify compares a file's schema with.
  static func expectedSchema() throws -> [String: String] {
    let connection = try Connection(path: ":memory:", mode: .memory)
    for step in Migration.all { try connection.execute(step.sql) }
    return try schema(of: connection)
  }

  /// The tables and numbers that are not derived from the log, and whether each is what this program writes.
  static func versions(of connection: Connection) throws -> [(what: String, isRight: Bool)] {
    var steps: [String] = []
    let statement = try connection.prepare("SELECT number, name FROM meta_migration ORDER BY number")
    while try statement.step() { steps.append("\(statement.integer(0)) \(statement.text(1))") }
    return [
      ("meta_migration", steps == Migration.all.map { "\($0.number) \($0.name)" }),
      ("meta_fold", try connection.integer(of: "SELECT version FROM meta_fold") == foldVersion),
      ("user_version", try connection.integer(of: "PRAGMA user_version") == Migration.all.last?.number),
    ]
  }

  /// Name to SQL of every table, index, trigger and view.
  static func schema(of connection: Connection) throws -> [String: String] {
    var objects: [String: String] = [:]
    let statement = try connection.prepare(
      "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'")
    while try statement.step() { objects[statement.text(0)] = statement.text(1) }
    return objects
  }
}

extension String {
  fileprivate var orDot: String { isEmpty ? "." : self }
}
