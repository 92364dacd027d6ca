// Where the tool writes: the answer to stdout, buffered, and talk to stderr, around a status line that may be shown.
// How an answer is laid out is elsewhere: Table.swift for people, JSONAnswer.swift for machines.

import Foundation

/// The reader of stdout has gone away. `Main` ends the process quietly; a verb lets it pass.
struct ClosedPipe: Error {}

/// The two streams of one call. Owned by the task that runs the verb; not to be shared.
final class Output {
  /// Set by `--quiet`: no talk and no progress. Complaints are printed all the same.
  var isQuiet = false

  private static let capacity = 64 * 1024

  private let answer: Int32
  private let remarks: Int32
  /// A person who looks at a terminal wants each line when it is ready.
  private let flushesEachLine: Bool
  private let hasStatusLine: Bool
  private var buffer: [UInt8] = []
  private var statusIsShown = false

  init(answer: Int32 = STDOUT_FILENO, remarks: Int32 = STDERR_FILENO) {
    self.answer = answer
    self.remarks = remarks
    flushesEachLine = isatty(answer) == 1
    hasStatusLine = isatty(remarks) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    buffer.reserveCapacity(Self.capacity * 2)
  }

  // MARK: The answer

  /// Adds bytes to the answer, exactly as they are.
  /// - Throws: `ClosedPipe`, or `Failure` with `.ioError` (disk full and the like), when the buffer is written out.
  func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Adds text to the answer as UTF-8.
  func write(_ text: String) throws {
    try write(text.utf8)
  }

  /// Adds one line of text to the answer. Text from a ledger goes through `displayable` first.
  func line(_ text: String = "") throws {
    buffer.append(contentsOf: text.utf8)
    buffer.append(UInt8(ascii: "\n"))
    if flushesEachLine || buffer.count >= Self.capacity { try flush() }
  }

  /// Adds a table to the answer.
  func table(_ table: Table) throws {
    for line in table.lines() { try self.line(line) }
  }

  /// Adds a JSON value on a line of its own to the answer.
  func json(_ value: JSONAnswer) throws {
    try line(value.text)
  }

  /// Hands everything so far to the system. `Main` does it at the end; a verb that answers while it waits for
  /// more input does it after each answer.
  func flush() throws {
    guard !buffer.isEmpty else { return }
    if flushesEachLine { clearStatus() }
    // What could not be written is not tried again.
    defer { buffer.removeAll(keepingCapacity: true) }
    if let code = buffer.withUnsafeBytes({ Self.write($0, to: answer) }) {
      if code == EPIPE { throw ClosedPipe() }
      throw Failure(.ioError, "cannot write the answer to stdout: \(String(cString: strerror(code)))")
    }
  }

  // MARK: Talk

  /// Says something beside the answer, one line on stderr, unless `--quiet`.
  func talk(_ text: String) {
    if !isQuiet { complain(text) }
  }

  /// Says on stderr what went wrong, also under `--quiet`. Verbs throw a `Failure` instead.
  func complain(_ text: String) {
    clearStatus()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).displayable }
    remark(lines.joined(separator: "\n") + "\n")
  }

  /// Starts a progress line for long work; it stays invisible when stderr is no terminal or under `--quiet`.
  /// - Parameters:
  ///   - activity: what is being done, `replaying`.
  ///   - unit: what is counted, in the plural, `events`.
  ///   - total: how many there will be, when known.
  func progress(_ activity: String, unit: String, total: Int64? = nil) -> ProgressLine {
    let isVisible = hasStatusLine && !isQuiet
    return ProgressLine(activity, unit: unit, total: total, output: isVisible ? self : nil)
  }

  /// Shows a line that the next remark or status replaces. For `ProgressLine`.
  func showStatus(_ text: String) {
    remark("\r\u{1B}[K" + text)
    statusIsShown = true
  }

  /// Takes the status line away, if one is shown.
  func clearStatus() {
    guard statusIsShown else { return }
    remark("\r\u{1B}[K")
    statusIsShown = false
  }

  private func remark(_ text: String) {
    // When even stderr cannot be written there is nobody left to tell.
    _ = Array(text.utf8).withUnsafeBytes { Self.write($0, to: remarks) }
  }

  /// Writes all bytes, however many calls it takes; returns the error number when that fails.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Somebody who shares the stream made it non-blocking.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      case let code: return code
      }
    }
    return nil
  }
}
