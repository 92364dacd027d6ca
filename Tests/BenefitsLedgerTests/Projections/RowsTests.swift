// The rows and views that auditors query, pinned as a file a person can read: what the story guangdong-points leaves
// behind. A change here is a change of the fold or of a row, and asks for another LedgerFile.foldVersion.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("The rows of a story")
struct RowsTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
      path: "Fixtures")

  /// A clock that stands still, so that the rows are the same on every run.
  private struct StandingClock: LedgerClock {
    func now() -> Instant { Instant(milliseconds: 1_704_067_200_000) }
  }

  @Test("are those of this fold version's file")
  func pinned() async throws {
    let folder = try DatabaseFolder()
    let path = folder.file("story.ledger")
    let opening = OpenLedger(
      name: try #require(FreeText("story")), origin: try #require(FreeText("story")),
      zone: Zone(offsetMinutes: 480), owner: try #require(ActorID("owner")))
    let ledger = try Ledger.create(at: path, opening, clock: StandingClock())
    let story = try String(
      contentsOf: Self.fixtures.appending(path: "scenarios/guangdong-points/01-a-year-of-reading.jsonl"),
      encoding: .utf8)
    var parser = CommandParser()
    for line in story.split(separator: "\n") {
      var line = String(line)
      guard case .command(let command) = line.withUTF8({ parser.parse($0) }) else {
        Issue.record("no command: \(line)")
        return
      }
      _ = try await ledger.perform(command)
    }
    ledger.close()

    let connection = try Connection(path: path, mode: .readOnly)
    // As in the shell that auditors use; our own connections distrust functions in views.
    try connection.execute("PRAGMA trusted_schema = ON")
    var text = ""
    let views = ["points_lot", "points_hold", "points_liability"]
    for table in Projection.allCases.map(\.table) + views {
      text += "\(table)\n"
      // A table's first column is its key.
      let order = views.contains(table) ? "1, 2, 3" : "1"
      let rows = try connection.prepare("SELECT * FROM \(table) ORDER BY \(order)")
      while try rows.step() {
        let cells = (0..<rows.columnCount).map { rows.isNull($0) ? "NULL" : rows.text($0) }
        text += "  " + cells.joined(separator: " | ") + "\n"
      }
    }
    let pinned = Self.fixtures.appending(path: "rows/guangdong-points.fold\(LedgerFile.foldVersion).txt")
    if ProcessInfo.processInfo.environment["UPDATE_ROWS"] == "1" {
      try text.write(to: pinned, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: pinned, encoding: .utf8)
    #expect(
      text == expected, "rows changed: raise LedgerFile.foldVersion, then UPDATE_ROWS=1 writes the new file")
  }
}
