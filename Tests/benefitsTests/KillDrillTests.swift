// kill -9 of the real executable while it applies a file, and two executables that want the same ledger. Failing disks
// are in FullDiskTests.

import BenefitsLedger
import Foundation
import Testing

@Suite("Killed and competing writers")
struct KillDrillTests {
  /// The positions or the refusal of each answered command, by id.
  private typealias Answers = [String: String]

  /// What a result line says of a command, without whether it was a repeat.
  private static func answer(_ line: String) throws -> (id: String, said: String) {
    let id = try #require(line.firstMatch(of: /"id":"([^"]*)"/)).1
    return (String(id), line.replacing(/"repeated":(true|false)/, with: ""))
  }

  /// Notes the answers of one run; what was answered before must have been answered the same.
  private static func note(_ lines: [String], in answers: inout Answers) throws {
    for line in lines {
      let (id, said) = try answer(line)
      #expect(said.contains(#""status":"accepted""#) || said.contains(#""status":"refused""#), "\(line)")
      if let before = answers[id] { #expect(before == said) }
      answers[id] = said
    }
  }

  @Test("killed twenty times at any moment, it loses nothing it has answered, and the same file completes it")
  func killedAndContinued() throws {
    let folder = try DrillFolder(rounds: 500)
    defer { folder.remove() }
    let undisturbed = try folder.copy("undisturbed.ledger")
    #expect(try Tool.run(["apply", undisturbed, folder.commands, "--results", "/dev/null"]).status == 1)
    let events = try DrillFolder.events(undisturbed)
    let commands = try Data(contentsOf: URL(filePath: folder.commands))
    let results = folder.file("results.jsonl")
    let seed = UInt64(truncatingIfNeeded: Int(Date().timeIntervalSince1970))
    print("kill drill, seed \(seed)")
    var numbers = SeededMoments(state: seed)
    var kills = 0
    var kept = 0
    for series in 0..<4 {
      let ledger = try folder.copy("killed-\(series).ledger")
      var answers: Answers = [:]
      for round in 0..<5 {
        var lines: [String] = []
        if round % 2 == 0 {
          // From a file: killed once so many answers have been read.
          let tool = try RunningTool(["apply", ledger, folder.commands, "--quiet"])
          let count = Int.random(in: 1...folder.commandCount - 1_000, using: &numbers)
          while lines.count < count, let line = tool.line() { lines.append(line) }
          tool.kill()
        } else {
          // From a pipe, with the results in a file: killed once so many bytes have been taken.
          // A tool that is killed before it opens the file must not leave the answers of a round before.
          if FileManager.default.fileExists(atPath: results) {
            try FileManager.default.removeItem(atPath: results)
          }
          let tool = try RunningTool(["apply", ledger, "-", "--results", results, "--quiet"])
          let count = Int.random(in: 0...commands.count, using: &numbers)
          #expect(tool.feed(commands.prefix(count)))
          tool.kill()
          let text = String(
            decoding: (try? Data(contentsOf: URL(filePath: results))) ?? Data(), as: UTF8.self)
          // The last line may have been cut by the kill.
          lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        }
        kills += 1
        try Self.note(lines, in: &answers)
        #expect(try Verifier.verify(ledger).findings == [])
        let reader = try LedgerReader(path: ledger)
        let head = try reader.head().tree.size
        for (id, said) in answers {
          guard let list = said.firstMatch(of: /"positions":\[([0-9,]*)\]/)?.1 else { continue }
          for position in list.split(separator: ",").compactMap({ Int64($0) }) {
            #expect(position <= head)
            #expect(try reader.record(at: position).command.text == id)
          }
        }
      }
      kept += answers.count
      let last = try Tool.run(["apply", ledger, folder.commands])
      #expect(last.status == 1)
      let lines = last.stdout.split(separator: "\n").map(String.init)
      #expect(lines.count == folder.commandCount)
      for line in lines {
        let (id, said) = try Self.answer(line)
        if let before = answers[id] {
          #expect(before == said)
          #expect(line.contains(#""repeated":true"#))
        }
      }
      #expect(try Tool.run(["verify", ledger, "--redecide"]).status == 0)
      #expect(try DrillFolder.events(ledger) == events)
    }
    print("killed \(kills) times; \(kept) answered commands were all there")
  }

  /// A run that holds the ledger and waits for commands; it has answered some, so it does hold it.
  private func holder(of ledger: String) throws -> RunningTool {
    let tool = try RunningTool(["apply", ledger, "-", "--quiet"])
    tool.feed(Data(String(repeating: "no command\n", count: 7_000).utf8))
    _ = try #require(tool.line())
    return tool
  }

  @Test("a second writer is told who holds the ledger and ends with 75")
  func secondWriter() throws {
    let folder = try DrillFolder(rounds: 1)
    defer { folder.remove() }
    let first = try holder(of: folder.ledger)
    defer { _ = first.end() }
    let second = try Tool.run(["apply", folder.ledger, folder.commands])
    #expect(second.status == 75)
    #expect(second.stdout == "")
    #expect(
      second.stderr
        == "benefits apply: \(folder.ledger) is held by the process with pid \(first.pid). Wait "
        + "for it to end, or use --wait SECONDS.\n")
    #expect(try Tool.run(["verify", folder.ledger, "--redecide"]).status == 0)
  }

  @Test("a link to a ledger leads to the same lock")
  func linkedLedger() throws {
    let folder = try DrillFolder(rounds: 1)
    defer { folder.remove() }
    let link = folder.file("link.ledger")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.ledger)
    let first = try holder(of: folder.ledger)
    defer { _ = first.end() }
    #expect(try Tool.run(["apply", link, folder.commands]).status == 75)
  }

  @Test("a second writer that waits gets the ledger when the first ends")
  func waitingWriter() throws {
    let folder = try DrillFolder(rounds: 1)
    defer { folder.remove() }
    let first = try holder(of: folder.ledger)
    let second = try RunningTool(["apply", folder.ledger, folder.commands, "--wait", "60"])
    #expect(first.end().status == 1)
    let (status, stderr) = second.end()
    #expect(status == 1)
    #expect(stderr.hasPrefix("\(folder.commandCount) commands: "))
  }

  @Test("a lock left behind by a killed writer stops nobody")
  func lockOfTheDead() throws {
    let folder = try DrillFolder(rounds: 1)
    defer { folder.remove() }
    let first = try holder(of: folder.ledger)
    first.kill()
    let left = try String(contentsOfFile: folder.ledger + "-lock", encoding: .utf8)
    #expect(left == "pid \(first.pid)\n")
    #expect(try Tool.run(["apply", folder.ledger, folder.commands]).status == 1)
  }

  @Test("of eight that make the same ledger at once one succeeds, and its ledger stays")
  func competingInits() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let target = folder.file("new.ledger")
    let tools = try (0..<8).map { try RunningTool(["init", target, "--name", "N\($0)", "--owner", "owner"]) }
    let endings = tools.map { $0.end().status }
    #expect(endings.filter { $0 == 0 }.count == 1, "\(endings)")
    #expect(try Tool.run(["verify", target, "--redecide"]).status == 0)
  }
}

/// Random moments of a printed seed (SplitMix64).
struct SeededMoments: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
