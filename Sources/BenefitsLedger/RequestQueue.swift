// The bounded queue between callers and the writer thread. No timer: the writer takes all that waits, and what arrives
// during a commit waits for the next.

import Foundation
import Synchronization

/// Requests waiting for the writer. Guarded by its mutex; the writer sleeps on the semaphore when nothing waits.
final class RequestQueue: Sendable {
  typealias Answer = @Sendable (Result<[Receipt], any Error>) -> Void
  typealias Waiting = (request: Request, answer: Answer)

  /// Commands that may wait; more are refused as overloaded, so that memory stays bounded.
  static let mostCommands = 100_000

  private struct State {
    var waiting: [Waiting] = []
    var commands = 0
    var writerSleeps = false
    var isEnding = false
    var hasEnded = false
  }

  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Adds a request, or says why it cannot.
  func add(_ request: Request, _ answer: @escaping Answer) -> LedgerError? {
    // At the door: in the writer it would fail everybody whose requests are in the same commit.
    if let flaw = request.flaw { return flaw }
    let (error, mustWake) = state.withLock { state -> (LedgerError?, Bool) in
      if state.isEnding {
        return (LedgerError(.closed, "The ledger was closed. Nothing was recorded."), false)
      }
      if state.commands + request.commands.count > Self.mostCommands, !state.waiting.isEmpty {
        return (
          LedgerError(
            .overloaded, "More than \(Self.mostCommands) commands wait. Nothing was recorded; try again."),
          false
        )
      }
      state.waiting.append((request, answer))
      state.commands += request.commands.count
      defer { state.writerSleeps = false }
      return (nil, state.writerSleeps)
    }
    if mustWake { wake.signal() }
    return error
  }

  /// Everything that waits, as soon as something does; nil when the ledger ends.
  func takeAll() -> [Waiting]? {
    while true {
      let (taken, isOver) = state.withLock { state -> ([Waiting], Bool) in
        if state.waiting.isEmpty {
          state.writerSleeps = !state.isEnding
          return ([], state.isEnding)
        }
        defer {
          state.waiting = []
          state.commands = 0
        }
        return (state.waiting, false)
      }
      if isOver { return nil }
      if !taken.isEmpty { return taken }
      wake.wait()
    }
  }

  /// Lets the writer finish what waits and stop.
  func end() {
    let mustWake = state.withLock { state in
      state.isEnding = true
      defer { state.writerSleeps = false }
      return state.writerSleeps
    }
    if mustWake { wake.signal() }
  }

  func writerHasEnded() {
    state.withLock { $0.hasEnded = true }
    ended.signal()
  }

  func waitForWriter() {
    if state.withLock({ $0.hasEnded }) { return }
    ended.wait()
    // Others may wait too.
    ended.signal()
  }
}

/// One answer handed from the writer's thread to a blocked caller.
package final class PendingAnswer: Sendable {
  private let answer = Mutex<Result<[Receipt], any Error>?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  package init() {}

  package func give(_ result: Result<[Receipt], any Error>) {
    answer.withLock { $0 = result }
    isThere.signal()
  }

  /// Blocks until the answer is there; once.
  package func wait() -> Result<[Receipt], any Error> {
    isThere.wait()
    guard let result = answer.withLock({ $0 }) else { preconditionFailure("signalled without an answer") }
    return result
  }
}
