// The lock of the one writer: an exclusive flock on a side file that says who holds it. The kernel lets go of it when
// the holder dies, however it dies.

import Foundation
import Synchronization

/// Held while a ledger is open for writing.
package final class WriterLock: Sendable {
  /// nil once released.
  private let descriptor: Mutex<Int32?>

  /// Takes the lock of the ledger at `path`, or throws `busy` naming the holder.
  package init(path: String) throws {
    // A name that links to the ledger leads to the same lock as the ledger's own.
    let lockPath = Self.lockPath(of: path)
    // Kept in a local until the lock is held: deinit runs for an initialiser that throws after it has set all
    // fields, and would close a second time what by then may be somebody else's descriptor.
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let code = errno
      let problem = String(cString: strerror(code))
      throw LedgerError(
        code == EROFS || code == EACCES ? .readOnly : .io,
        "The lock file \(lockPath) cannot be opened: \(problem). Writing needs a folder that can be written to."
      )
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.holder(descriptor)
      close(descriptor)
      throw LedgerError(
        .busy,
        "\(path) is held by \(holder). Wait for it to end, or use --wait SECONDS.")
    }
    let text = "pid \(getpid())\n"
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.utf8.count, 0) == text.utf8.count
    else {
      let problem = String(cString: strerror(errno))
      close(descriptor)
      throw LedgerError(.io, "The lock file \(lockPath) cannot be written: \(problem).")
    }
    self.descriptor = Mutex(descriptor)
  }

  /// The side file, beside the ledger itself and not beside a symbolic link to it.
  private static func lockPath(of path: String) -> String { LedgerFile.resolved(path) + "-lock" }

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

  deinit { release() }

  /// Lets go of the lock, once.
  func release() {
    descriptor.withLock { held in
      if let held { close(held) }
      held = nil
    }
  }

  /// What can be seen of the lock without touching it.
  package enum Sighting: Equatable, Sendable {
    /// No writer has ever opened the ledger here.
    case neverTaken
    /// Nobody holds it; the process that had it last, if it said so.
    case free(lastHolder: Int32?)
    /// A process holds it.
    case held(by: Int32)
    /// The system does not show locks, and the process that had it last is alive: it may hold it.
    case perhapsHeld(by: Int32)
  }

  /// Looks at the lock without taking it, even for a moment: a writer that starts meanwhile is not disturbed.
  package static func sighting(path: String) -> Sighting {
    let lockPath = lockPath(of: path)
    var status = stat()
    guard stat(lockPath, &status) == 0 else { return .neverTaken }
    let text = (try? String(contentsOfFile: lockPath, encoding: .utf8)) ?? ""
    let stated = text.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int32($0) }
    guard let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else {
      guard let stated, isAlive(stated) else { return .free(lastHolder: stated) }
      return .perhapsHeld(by: stated)
    }
    // The C library's macros for these are not there in Swift.
    let device = UInt(status.st_dev)
    let (major, minor) = (device >> 8 & 0xFFF, device & 0xFF | device >> 12 & 0xFFF00)
    // `1: FLOCK  ADVISORY  WRITE 4711 08:01:131090 0 EOF`; a waiter has `->` before its kind.
    for line in locks.split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count >= 6, words[1] == "FLOCK", words[3] == "WRITE", let pid = Int32(words[4]) else {
        continue
      }
      let place = words[5].split(separator: ":")
      guard place.count == 3, UInt64(place[2]) == UInt64(status.st_ino) else { continue }
      // The device is told differently by some file systems; the process that the file names is as good.
      let isHere = UInt(place[0], radix: 16) == major && UInt(place[1], radix: 16) == minor
      if isHere || pid == stated { return .held(by: pid > 0 ? pid : stated ?? pid) }
    }
    return .free(lastHolder: stated)
  }

  /// Whether there is such a process, ours or another user's.
  package static func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }

  private static func holder(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? "another process" : "the process with " + text
  }
}
