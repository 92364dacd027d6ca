// Histories of all benefits mixed. A failing seed is printed with the step and the command that runs it again; it becomes
// a named test with its fix.

import Foundation
import Synchronization
import Testing

@testable import BenefitsLedger
@testable import LedgerCore

/// Sizes come from the environment: `MIXED_SEED` (first seed), `MIXED_COUNT`, `MIXED_LENGTH` (steps).
@Suite("Histories of all benefits")
struct MixedHistoryTests {
  private static let standardCount = 6

  private static func size(_ name: String, or standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  /// What the histories came to, over all seeds.
  private struct Sums {
    var accepted: [String: Int] = [:]
    var figures: [String: Int] = [:]
    var failures: [String] = []
  }

  @Test("balance at every position, and are in every replay what they were when they happened")
  func everything() {
    let isDrill = ProcessInfo.processInfo.environment["MIXED_COUNT"] != nil
    let first = Self.size("MIXED_SEED", or: 1)
    let count = Self.size("MIXED_COUNT", or: Self.standardCount)
    let length = Self.size("MIXED_LENGTH", or: 260)
    let sums = Mutex(Sums())
    let start = Date()
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let seed = first + index
      let again =
        "MIXED_SEED=\(seed) MIXED_COUNT=1 MIXED_LENGTH=\(length) swift test --filter MixedHistoryTests"
      // Also for a history that ends the process.
      if isDrill { print(again) }
      var problems: [String] = []
      do {
        var run = try MixedRun(seed: UInt64(seed), length: length)
        do { try run.run() } catch { problems.append("\(error)") }
        problems = run.problems + problems
        let (accepted, figures) = (run.accepted, run.figures)
        sums.withLock {
          $0.accepted.merge(accepted) { $0 + $1 }
          $0.figures.merge(figures) { $0 + $1 }
        }
      } catch { problems.append("\(error)") }
      guard !problems.isEmpty else { return }
      let shown = problems.prefix(4) + problems.dropFirst(4).suffix(2)
      sums.withLock { $0.failures.append("\(again)\n  " + shown.joined(separator: "\n  ")) }
    }
    let all = sums.withLock { $0 }
    print(
      "\(count) mixed histories of \(length) steps from seed \(first), \(Int(Date().timeIntervalSince(start))) s"
    )
    if isDrill {
      for (name, number) in all.accepted.sorted(by: { $0.key < $1.key }) { print("  \(name): \(number)") }
      for (name, number) in all.figures.sorted(by: { $0.key < $1.key }) { print("  \(name): \(number)") }
    }
    for failure in all.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(all.failures.isEmpty, "\(all.failures.count) of \(count) histories failed")
    // A generator of refusals would prove nothing; one seed alone need not have everything.
    guard count >= Self.standardCount else { return }
    for type in CommandBody.blanks.map(\.type.name) {
      #expect(
        all.accepted[type] ?? 0 >= (type == "ledger.open" ? count : 2), "\(type) is hardly ever accepted")
    }
  }
}
