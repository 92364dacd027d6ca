// The export checked by Fixtures/verify_export.py, which shares no code with the tool. Skipped where there is no
// python3.

import Foundation
import Testing

@Suite("An export and an outside checker")
struct ExportCheckTests {
  private static let hasPython = (try? Tool.run(shell: "python3 --version"))?.status == 0
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/verify_export.py").standardizedFileURL.path

  @Test(
    "thirty lines of Python find the checkpoint's root in the export, and an altered line",
    .enabled(if: hasPython, "python3 is not installed"))
  func pythonAgrees() throws {
    let folder = try DrillFolder(rounds: 40)
    defer { folder.remove() }
    let (export, checkpoint) = (folder.file("export.jsonl"), folder.file("checkpoint.txt"))
    #expect(try Tool.run(["apply", folder.ledger, folder.commands]).status == 1)
    let text = try Tool.run(["checkpoint", folder.ledger]).stdout
    _ = try folder.write(text, to: "checkpoint.txt")
    _ = try folder.write(
      try Tool.run(["export", folder.ledger, "--format", "jsonl"]).stdout, to: "export.jsonl")
    func check() throws -> Tool.Ending {
      try Tool.run(shell: "python3 '\(Self.script)' '\(export)' '\(checkpoint)'")
    }
    let lines = text.split(separator: "\n")
    let first = try check()
    #expect(
      first.stdout
        == "verified: \(lines[0]), \(lines[1]) records, root \(lines[2]); 0 later records are not covered\n")
    #expect(first.status == 0, "\(first.stderr)")

    // A ledger that has grown since still holds what the checkpoint covers.
    let more = DrillFolder.line("later", "points.spend", "app", #""member":"n-1","points":1"#)
    _ = try folder.write(more, to: "more.jsonl")
    #expect(try Tool.run(["apply", folder.ledger, folder.file("more.jsonl")]).status == 0)
    let grown = try Tool.run(["export", folder.ledger, "--format", "jsonl"]).stdout
    _ = try folder.write(grown, to: "export.jsonl")
    let second = try check()
    #expect(second.stdout.hasSuffix("; 1 later records are not covered\n"))

    _ = try folder.write(
      grown.replacing(#""points":5"#, with: #""points":6"#, maxReplacements: 1), to: "export.jsonl")
    let third = try check()
    #expect(third.status == 1)
    #expect(third.stderr.hasPrefix("NOT verified: "))
  }
}
