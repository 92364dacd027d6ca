// The properties of random histories. A failing seed is printed with the command that runs it again; it becomes a named
// test with its fix.

import Foundation
import Synchronization
import Testing

@testable import BenefitsLedger

/// Sizes come from the environment: `HISTORY_SEED` (first seed), `HISTORY_COUNT`, `HISTORY_LENGTH` (commands).
@Suite("Random histories")
struct HistoryTests {
  private static func size(_ name: String, or standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  @Test("keep every property: repeats, rows, wallets, double entry, both views, other batches")
  func properties() {
    let first = Self.size("HISTORY_SEED", or: 1)
    let count = Self.size("HISTORY_COUNT", or: 300)
    let length = Self.size("HISTORY_LENGTH", or: 100)
    let failures = Mutex<[String]>([])
    let answers = Mutex<[String: Int]>([:])
    let start = Date()
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let seed = first + index
      var problems: [String] = []
      do {
        var run = try HistoryRun(seed: UInt64(seed), length: length)
        try run.run()
        problems = run.problems
        let (seen, events) = (run.answers, run.events)
        answers.withLock {
          $0.merge(seen) { $0 + $1 }
          $0["events", default: 0] += events
        }
      } catch { problems.append("\(error)") }
      guard !problems.isEmpty else { return }
      let again =
        "HISTORY_SEED=\(seed) HISTORY_COUNT=1 HISTORY_LENGTH=\(length) swift test --filter HistoryTests"
      failures.withLock {
        $0.append(
          "\(again)\n  "
            + problems.sorted { a, _ in a.hasPrefix("record ") }.prefix(5).joined(separator: "\n  "))
      }
    }
    let seconds = Int(Date().timeIntervalSince(start))
    print("\(count) histories of \(length) commands from seed \(first), \(seconds) s")
    if ProcessInfo.processInfo.environment["HISTORY_COUNT"] != nil {
      for (name, number) in answers.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
        print("  \(name): \(number)")
      }
    }
    for failure in failures.withLock({ $0.prefix(5) }) { Issue.record("\(failure)") }
    #expect(failures.withLock { $0.count } == 0, "histories that failed, of \(count)")
  }
}
