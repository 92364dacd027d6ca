// Rebuild: every derived row made anew from the log, all at once or not at all. The log itself, its tree and the index
// of command ids are not touched; verify tells whether they are sound.

import LedgerCore

/// Makes the rows of a ledger anew: after a new fold version, or after somebody changed them.
package enum Rebuilder {
  /// Replays the log in memory and replaces every projection row in one transaction: killed at any moment, the file
  /// has the old rows or the new ones.
  ///
  /// - Parameter progress: called now and then with the position reached.
  /// - Returns: the events folded and the rows written.
  /// - Throws: `LedgerError` `busy` while a writer holds the ledger, `damaged` when a record cannot be read, and those
  ///   of opening.
  package static func rebuild(
    _ path: String, waitSeconds: Int = 0, progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> (events: Int64, rows: Int64) {
    try LedgerFile.recognise(path)
    let lock = try WriterLock.take(path: path, waitSeconds: waitSeconds)
    return try withExtendedLifetime(lock) {
      let connection = try LedgerFile.openForRebuilding(path)
      let replayed = try Replayer(path: path, progress: progress).replay(ReplayBound())
      let rows = try LedgerFile.translating(path) {
        try connection.beginImmediate()
        do {
          let rows = try write(replayed, to: connection)
          try connection.commit()
          return rows
        } catch {
          try connection.rollback()
          throw error
        }
      }
      // What is committed is safe in the write-ahead log whether or not this succeeds.
      _ = try? connection.checkpoint(.truncate)
      return (replayed.last, rows)
    }
  }

  private static func write(_ replayed: Replayed, to connection: Connection) throws -> Int64 {
    let store = ProjectionStore(connection)
    var rows: Int64 = 0
    for projection in Projection.allCases {
      try connection.execute("DELETE FROM \(projection.table)")
      for (index, book) in replayed.books.enumerated() {
        for key in book.entities(in: projection) where key.part(of: replayed.books.count) ?? 0 == index {
          try store.write(key, of: book)
          rows += 1
        }
      }
    }
    try connection.execute("UPDATE meta_fold SET version = \(LedgerFile.foldVersion)")
    return rows
  }
}
