// What a person reads of activities with sqlite3: joins and persons by union, the pool by prize, what was chosen. The
// stories are those of Fixtures/rules.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("The views of activities")
struct ActivityViewTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Fixtures").standardizedFileURL

  /// The rows of a query over a ledger that has lived through a story and then this line.
  private func rows(_ query: String, after story: String, _ more: String...) throws -> [String] {
    let folder = try DatabaseFolder()
    let path = folder.file("story.ledger")
    let opening = OpenLedger(
      name: try #require(FreeText("story")), origin: try #require(FreeText("story")),
      zone: Zone(offsetMinutes: 480), owner: try #require(ActorID("owner")))
    let ledger = try Ledger.create(at: path, opening)
    var parser = CommandParser()
    for file in ["refusals/setup", "rules/\(story)"] {
      let text = try String(contentsOf: Self.fixtures.appending(path: "\(file).jsonl"), encoding: .utf8)
      let last = file.hasPrefix("rules") ? more.map { Substring($0) } : []
      for line in text.split(separator: "\n") + last {
        var line = String(line)
        guard case .command(let command) = line.withUTF8({ parser.parse($0) }) else {
          Issue.record("no command: \(line)")
          continue
        }
        _ = try ledger.performAndWait(Request(commands: [command]))
      }
    }
    ledger.close()
    let connection = try Connection(path: path, mode: .readOnly)
    // As in the shell that auditors use; our own connections distrust functions in views.
    try connection.execute("PRAGMA trusted_schema = ON")
    let statement = try connection.prepare(query)
    var rows: [String] = []
    while try statement.step() {
      rows.append(
        (0..<statement.columnCount).map { statement.isNull($0) ? "NULL" : statement.text($0) }
          .joined(separator: " "))
    }
    return rows
  }

  @Test("by union sum to the activity's joins and persons, and persons are never more than joins")
  func byOrganisation() throws {
    #expect(
      try rows("SELECT * FROM activity_participation_by_organisation ORDER BY 1, 2", after: "A1")
        == ["quiz-1 guangzhou 3 1", "quiz-1 shenzhen 1 1", "vote-1 guangzhou 1 1"])
    #expect(
      try rows(
        """
        SELECT activity, sum(union_.joins) = activity.joins, sum(union_.persons) = activity.persons,
          min(union_.persons <= union_.joins)
        FROM activity JOIN activity_participation_by_organisation AS union_ USING (activity)
        GROUP BY activity ORDER BY 1
        """, after: "A1") == ["quiz-1 1 1 1", "vote-1 1 1 1"])
  }

  @Test("tell what was chosen")
  func choices() throws {
    #expect(
      try rows("SELECT * FROM activity_choice ORDER BY 1, 2", after: "A1")
        == ["quiz-1 right 2", "quiz-1 wrong 2", "vote-1 bridge 0", "vote-1 tunnel 1"])
  }

  @Test("tell what is left of each prize, and who gave it")
  func prizes() throws {
    #expect(
      try rows("SELECT * FROM activity_prize ORDER BY 1, 2", after: "A2")
        == [
          "outing-1 cup 2 0 2 NULL NULL", "outing-1 tent 1 0 1 NULL NULL", "tiger-1 kettle 1 0 1 NULL NULL",
          "tiger-1 points 1 0 1 NULL NULL", "tiger-1 towel 2 0 2 NULL NULL",
        ])
    let donor =
      #"{"id":"donor","type":"party.register","at":"2022-02-01T12:00:00+08:00","actor":"clerk","data":{"party":"#
      + #""donor","kind":"donor","organisation":"guangdong"}}"#
    let memo =
      #"{"id":"gift","type":"activity.open","at":"2022-02-01T12:00:00+08:00","actor":"clerk","data":{"activity":"#
      + #""memo-1","organisation":"guangdong","mode":"lottery","from":"2022-03-01T00:00:00+08:00","until":"#
      + #""2022-04-01T00:00:00+08:00","draw":{"kind":"instant","holder":"app","commitment":"\#(String(repeating: "0", count: 64))","#
      + #""prizes":[{"prize":"card","pieces":7,"memoFen":9900,"contributor":"donor"}]}}}"#
    #expect(
      try rows("SELECT * FROM activity_prize WHERE activity = 'memo-1'", after: "A2", donor, memo)
        == ["memo-1 card 7 7 0 donor 9900"])
  }
}
