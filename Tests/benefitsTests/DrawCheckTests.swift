// Draws recomputed from an export by Fixtures/verify_draw.py, which shares no code with the tool. Skipped where there is
// no python3.

import Foundation
import Testing

@Suite("Draws and an outside checker")
struct DrawCheckTests {
  private static let hasPython = (try? Tool.run(shell: "python3 --version"))?.status == 0
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures").standardizedFileURL

  /// The export of the story A2, told once; empty when that fails.
  private static let export: String = (try? tell()) ?? ""

  private static func tell() throws -> String {
    let place = FileManager.default.temporaryDirectory.appending(path: "benefits-draws-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let ledger = place.appending(path: "story.ledger").path
    _ = try Tool.run(["init", ledger, "--name", "R", "--owner", "owner"])
    _ = try Tool.run(["apply", ledger, fixtures.appending(path: "refusals/setup.jsonl").path])
    // One run a command, so that each finds what it needs in the rows.
    let story = try String(contentsOf: fixtures.appending(path: "rules/A2.jsonl"), encoding: .utf8)
    for line in story.split(separator: "\n") {
      _ = try Tool.run(["apply", ledger, "-"], input: Data(line.utf8))
    }
    #expect(try Tool.run(["verify", ledger, "--redecide"]).status == 0)
    return try Tool.run(["export", ledger, "--format", "jsonl"]).stdout
  }

  /// How the script judges an activity of an export.
  private static func check(_ activity: String, _ export: String) throws -> Tool.Ending {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "benefits-draws-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try export.write(to: file, atomically: true, encoding: .utf8)
    let script = fixtures.appending(path: "verify_draw.py").path
    return try Tool.run(shell: "python3 '\(script)' '\(file.path)' '\(activity)'")
  }

  @Test(
    "every winner of draws at once and at the end is found again from the export alone",
    .enabled(if: hasPython, "python3 is not installed"))
  func pythonAgrees() throws {
    let instant = try Self.check("tiger-1", Self.export)
    #expect(
      instant.stdout == "verified: activity tiger-1, 4 draws, 4 prizes awarded, 0 left\n", "\(instant.stderr)"
    )
    #expect(instant.status == 0)
    let closing = try Self.check("outing-1", Self.export)
    #expect(
      closing.stdout == "verified: activity outing-1, 2 draws, 3 prizes awarded, 0 left\n"
        + "note: 6 entries were recorded when the public value may have been known (by recordedAt)\n",
      "\(closing.stderr)")
    let unknown = try Self.check("nothing", Self.export)
    #expect(unknown.status == 1)
    #expect(unknown.stderr == "NOT verified: the export has no activity nothing\n")
  }

  @Test(
    "an altered secret, prize, winner, order of entries or public value is found",
    .enabled(if: hasPython, "python3 is not installed"),
    arguments: [
      ("tiger-1", #""secret":"[0-9a-f]{2}"#, #""secret":"00"#, "is not of the chain"),
      (
        "tiger-1", #""award":\{"prize":"points""#, #""award":{"prize":"kettle""#,
        "draw 1: entry 1 of m-1 wins points"
      ),
      ("tiger-1", #""command":"card-2""#, #""command":"card-x""#, "it is entry 2 with digest"),
      ("tiger-1", #""actor":"app""#, #""actor":"keeper""#, "the holder of the secrets chose the id"),
      ("tiger-1", #""holder":"keeper""#, #""holder":"chief""#, "keeper draws, where chief holds the secrets"),
      ("tiger-1", #""draw":2,"#, #""draw":3,"#, "draw 3 where draw 2 is the next"),
      ("outing-1", #""entry":4,"member":"m-2""#, #""entry":4,"member":"m-1""#, "entry 4 of m-2 wins cup"),
      ("outing-1", #""entry":5,"member""#, #""entry":6,"member""#, "entry 5 of m-1 wins tent"),
      ("outing-1", #""command":"entry-3""#, #""command":"entry-x""#, "it is entry 3 with digest"),
      ("outing-1", #""value":"3,252.20""#, #""value":"3,252.21""#, "the outcome of draw 1 is"),
      ("outing-1", #""value":"3,252.20""#, #""value":"3252.20""#, "is not of the form #,###.##"),
      ("outing-1", #""winnersPerDraw":2"#, #""winnersPerDraw":1"#, "draw 1: nobody wins"),
    ])
  func tampered(activity: String, pattern: String, replacement: String, complaint: String) throws {
    // What was refused names secrets and values too; the first of a record of this activity is altered.
    var isAltered = false
    let lines = Self.export.split(separator: "\n").map { line -> String in
      guard !isAltered, !line.contains(#""type":"command.refused""#),
        line.contains(#""activity":"\#(activity)""#),
        let range = line.range(of: pattern, options: .regularExpression)
      else { return String(line) }
      isAltered = true
      return line.replacingCharacters(in: range, with: replacement)
    }
    #expect(isAltered)
    let ending = try Self.check(activity, lines.joined(separator: "\n") + "\n")
    #expect(ending.status == 1)
    #expect(
      ending.stderr.hasPrefix("NOT verified: record ") && ending.stderr.contains(complaint),
      "\(ending.stderr)")
    #expect(ending.stdout == "")
  }
}
