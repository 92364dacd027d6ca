// What `apply` reads and where it writes its results: files that are none, lines in every disorder, results that cannot
// be written. What the commands mean is tested with the library.

import BenefitsLedger
import Foundation
import Testing

@Suite("Command files and result files")
struct CommandInputTests {
  @Test("a commands file that is missing or a folder is told so, and nothing changes")
  func noCommands() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let before = try DrillFolder.events(folder.ledger)
    let missing = try Tool.run(["apply", folder.ledger, folder.file("none")])
    #expect(missing.status == 66)
    #expect(missing.stderr == "benefits apply: \(folder.file("none")): No such file or directory\n")
    let isFolder = try Tool.run(["apply", folder.ledger, folder.path])
    #expect(isFolder.status == 66)
    #expect(isFolder.stderr == "benefits apply: \(folder.path) is a folder, not a file of commands\n")
    #expect(try DrillFolder.events(folder.ledger) == before)
  }

  @Test("a closed standard input is told in a sentence and ends with 74")
  func closedInput() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let ending = try Tool.run(shell: "benefits apply '\(folder.ledger)' <&-")
    #expect(ending.status == 74)
    #expect(ending.stderr == "benefits apply: standard input: Bad file descriptor\n")
  }

  @Test("results that cannot be written end with 74 before anything is applied")
  func noResults() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let before = try DrillFolder.events(folder.ledger)
    for (path, problem) in [
      (folder.path, "Is a directory"), (folder.file("none/results"), "No such file or directory"),
    ] {
      let ending = try Tool.run(["apply", folder.ledger, folder.commands, "--results", path])
      #expect(ending.status == 74)
      #expect(ending.stderr == "benefits apply: \(path): cannot be written: \(problem)\n")
    }
    #expect(try DrillFolder.events(folder.ledger) == before)
  }

  @Test("results on a full disk end with 74, and what was applied answers again")
  func fullResults() throws {
    let folder = try DrillFolder(rounds: 200)
    defer { folder.remove() }
    let ending = try Tool.run(["apply", folder.ledger, folder.commands, "--results", "/dev/full"])
    #expect(ending.status == 74)
    #expect(ending.stderr.contains("No space left on device") || ending.stderr.contains("space"))
    let again = try Tool.run(["apply", folder.ledger, folder.commands])
    #expect(again.status == 1)
    #expect(again.stdout.split(separator: "\n").count == folder.commandCount)
    #expect(try Tool.run(["verify", folder.ledger, "--redecide"]).status == 0)
  }

  @Test("results are never written over the ledger, its side files or the commands")
  func resultsOverInputs() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let commands = try Data(contentsOf: URL(filePath: folder.commands))
    let link = folder.file("link")
    try FileManager.default.linkItem(atPath: folder.ledger, toPath: link)
    for path in [folder.ledger, folder.ledger + "-wal", folder.ledger + "-lock", folder.commands, link] {
      let ending = try Tool.run(["apply", folder.ledger, folder.commands, "--results", path])
      #expect(ending.status == 64, "\(path)")
      #expect(ending.stderr.hasPrefix("benefits apply: --results: \(path) is the file "))
    }
    #expect(try Data(contentsOf: URL(filePath: folder.commands)) == commands)
    #expect(try Tool.run(["verify", folder.ledger, "--redecide"]).status == 0)
    #expect(try DrillFolder.events(folder.ledger).count == 1)
  }

  @Test("CRLF, blank lines, a byte order mark and a missing last newline make no difference")
  func lineEnds() throws {
    let folder = try DrillFolder(rounds: 10)
    defer { folder.remove() }
    let plain = try folder.copy("plain.ledger")
    #expect(try Tool.run(["apply", plain, folder.commands]).status == 1)
    let lines = try String(contentsOfFile: folder.commands, encoding: .utf8).split(separator: "\n")
    for (name, text) in [
      ("crlf", lines.joined(separator: "\r\n") + "\r\n"),
      ("blank", "\n \t\n\r\n" + lines.joined(separator: "\n\n\r\n")),
      ("mark", "\u{FEFF}" + lines.joined(separator: "\n")),
      ("markAndBlank", "\u{FEFF}\r\n" + lines.joined(separator: "\n")),
    ] {
      let ledger = try folder.copy(name)
      let ending = try Tool.run(["apply", ledger, try folder.write(text, to: "\(name).jsonl")])
      #expect(ending.stdout.split(separator: "\n").count == folder.commandCount, "\(name)")
      #expect(try DrillFolder.events(ledger).dropFirst() == DrillFolder.events(plain).dropFirst(), "\(name)")
    }
  }

  @Test("a byte order mark further on, and binary rubbish, are invalid lines among good ones")
  func rubbish() throws {
    let folder = try DrillFolder(rounds: 1)
    defer { folder.remove() }
    var numbers = SeededMoments(state: 17)
    var bytes = Data()
    for index in 0..<200 {
      bytes.append(Data((0..<index * 7).map { _ in UInt8.random(in: 0...255, using: &numbers) }))
      bytes.append(UInt8(ascii: "\n"))
    }
    bytes.append(Data("\u{FEFF}{}\n".utf8))
    bytes.append(Data([0, 0, 0, UInt8(ascii: "\n")]))
    bytes.append(try Data(contentsOf: URL(filePath: folder.commands)))
    let ending = try Tool.run(["apply", folder.ledger, "-"], input: bytes)
    #expect(ending.status == 1)
    let lines = ending.stdout.split(separator: "\n")
    for line in lines {
      #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)")
    }
    #expect(lines.filter { $0.contains(#""status":"invalid""#) }.count > 200)
    #expect(lines.suffix(folder.commandCount).allSatisfy { !$0.contains(#""status":"invalid""#) })
    #expect(try Tool.run(["verify", folder.ledger, "--redecide"]).status == 0)
  }

  @Test("a line of 200 MB without a newline is refused in little memory, and the lines around it are applied")
  func hugeLine() throws {
    let folder = try DrillFolder(rounds: 1)
    defer { folder.remove() }
    // Its largest size is read while it still waits for more input.
    let ending = try Tool.run(
      shell:
        "mkfifo '\(folder.ledger)-pipe'; benefits apply '\(folder.ledger)' < '\(folder.ledger)-pipe' & tool=$!; "
        + "(cat '\(folder.commands)'; head -c 200000000 /dev/zero; echo; cat '\(folder.commands)'; "
        + "head -c 200000000 /dev/zero; grep VmHWM /proc/$tool/status >&2) > '\(folder.ledger)-pipe'; wait $tool"
    )
    #expect(ending.status == 1)
    let lines = ending.stdout.split(separator: "\n")
    let invalid = lines.indices.filter { lines[$0].contains(#""status":"invalid""#) }
    #expect(invalid == [folder.commandCount, 2 * folder.commandCount + 1])
    let largest = ending.stderr.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    let kilobytes = Int(largest?.filter(\.isNumber) ?? "") ?? Int.max
    #expect(kilobytes < 150 * 1024, "\(ending.stderr)")
  }
}
