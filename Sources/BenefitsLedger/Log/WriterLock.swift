// The lock of the one writer: an exclusive flock on a side file that says who holds it. The kernel lets go of it when
// the holder dies, however it dies.

import Foundation

/// Held while a ledger is open for writing.
package final class WriterLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of the ledger at `path`, or throws `busy` naming the holder.
  package init(path: String) throws {
    let lockPath = path + "-lock"
    descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let problem = String(cString: strerror(errno))
      throw LedgerError(
        errno == EROFS || errno == EACCES ? .readOnly : .io,
        "The lock file \(lockPath) cannot be opened: \(problem). Writing needs a folder that can be written to."
      )
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.holder(descriptor)
      close(descriptor)
      throw LedgerError(
        .busy,
        "\(path) is held by \(holder), which listens nowhere. Wait for it to end, or use --wait SECONDS.")
    }
    let text = "pid \(getpid())\n"
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.utf8.count, 0) == text.utf8.count
    else {
      let problem = String(cString: strerror(errno))
      close(descriptor)
      throw LedgerError(.io, "The lock file \(lockPath) cannot be written: \(problem).")
    }
  }

  /// Takes the lock, trying for up to `waitSeconds` while another holds it.
  package static func take(path: String, waitSeconds: Int) throws -> WriterLock {
    let deadline = DispatchTime.now() + .seconds(waitSeconds)
    while true {
      do { return try WriterLock(path: path) } catch let error as LedgerError {
        guard error.code == .busy, DispatchTime.now() < deadline else { throw error }
        usleep(20_000)
      }
    }
  }

  deinit { close(descriptor) }

  private static func holder(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? "another process" : "the process with " + text
  }
}
