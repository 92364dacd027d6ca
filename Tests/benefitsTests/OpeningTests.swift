// What is not a ledger, or not one that can be written: each situation has its sentence and its exit code. Commands
// that are not fit to be read are in CommandInputTests.

import BenefitsLedger
import Foundation
import Testing

@Suite("Opening what may be no ledger")
struct OpeningTests {
  /// Runs a verb that writes and three that read, and expects the same sentence and code of all.
  private func expectAll(_ path: String, _ status: Int32, _ sentence: String) throws {
    for words in [["apply", path, "/dev/null"], ["verify", path], ["replay", path], ["checkpoint", path]] {
      let ending = try Tool.run(words)
      #expect(ending.status == status, "\(words): \(ending.stderr)")
      #expect(ending.stdout == "")
      #expect(ending.stderr == "benefits \(words[0]): \(sentence)\n")
      #expect(!FileManager.default.fileExists(atPath: path + "-lock"))
    }
  }

  @Test("what is no ledger is called what it is, and nothing is left beside it")
  func noLedger() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let missing = folder.file("missing")
    try expectAll(missing, 66, "There is no file \(missing). `benefits init` makes a new ledger.")
    let below = folder.commands + "/below"
    try expectAll(below, 66, "There is no file \(below). `benefits init` makes a new ledger.")
    try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: false)
    try expectAll(folder.file("folder"), 65, "\(folder.file("folder")) is a folder, not a ledger.")
    try expectAll("/dev/null", 65, "/dev/null is a device or a pipe, not a ledger.")
    let text = try folder.write(
      "this is a text, and a long one at that, so that it might have a header", to: "text")
    try expectAll(
      text, 65, "\(text) is not a ledger: it is no SQLite file, or its first page is damaged.")
    let empty = try folder.write("", to: "empty")
    try expectAll(
      empty, 65, "\(empty) is an empty file, not a ledger. Remove it; `benefits init` makes a new one.")
    let other = folder.file("other.db")
    try Connection(path: other, mode: .create).execute("CREATE TABLE book (page)")
    try expectAll(other, 65, "\(other) is an SQLite file, but not a ledger.")
  }

  @Test("a ledger of a newer program is refused, and left as it is")
  func newer() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let connection = try Connection(path: folder.ledger, mode: .readWrite)
    let version = try #require(try connection.integer(of: "PRAGMA user_version"))
    try connection.execute("PRAGMA user_version = \(version + 1)")
    try connection.close()
    let sentence =
      "\(folder.ledger) was written by a newer program (schema \(version + 1); this one knows up to \(version)). "
      + "Update it."
    for words in [
      ["apply", folder.ledger, "/dev/null"], ["verify", folder.ledger], ["checkpoint", folder.ledger],
    ] {
      let ending = try Tool.run(words)
      #expect(ending.status == 65)
      #expect(ending.stderr == "benefits \(words[0]): \(sentence)\n")
    }
  }

  @Test("rows made by another fold are not written to; the sentence names rebuild")
  func otherFold() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let fold = LedgerFile.foldVersion
    let connection = try Connection(path: folder.ledger, mode: .readWrite)
    try connection.execute("UPDATE meta_fold SET version = \(fold + 1)")
    try connection.close()
    let ending = try Tool.run(["apply", folder.ledger, "/dev/null"])
    #expect(ending.status == 65)
    #expect(
      ending.stderr == "benefits apply: The rows of \(folder.ledger) were made by fold version \(fold + 1), "
        + "this program has \(fold). Run `benefits rebuild \(folder.ledger)`.\n")
    #expect(try Tool.run(["checkpoint", folder.ledger]).status == 0)
  }

  @Test("a ledger is never made over something, whatever it is")
  func initOverSomething() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let text = try folder.write("mine", to: "mine")
    let ending = try Tool.run(["init", text, "--name", "N", "--owner", "o"])
    #expect(ending.status == 74)
    #expect(try String(contentsOfFile: text, encoding: .utf8) == "mine")
    #expect(!FileManager.default.fileExists(atPath: text + "-lock"))
  }

  /// Root may write everywhere, so the tool runs as nobody then.
  private static let asNobody = getuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
  private static let canBeNobody =
    (try? Tool.run(shell: asNobody + "\"$(command -v benefits)\" --version"))?.status == 0

  @Test(
    "in a read-only folder a closed ledger is read as an unchanging file, and cannot be written",
    .enabled(if: canBeNobody, "needs setpriv, and an executable that nobody may run"))
  func readOnlyFolder() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    try FileManager.default.removeItem(atPath: folder.ledger + "-lock")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    let tool = Self.asNobody + "\"$(command -v benefits)\" "
    let verified = try Tool.run(shell: tool + "verify '\(folder.ledger)'")
    #expect(verified.status == 0)
    #expect(verified.stderr == "\(folder.ledger) is read as an unchanging file: its folder is read-only\n")
    let applied = try Tool.run(shell: tool + "apply '\(folder.ledger)' /dev/null")
    #expect(applied.status == 74)
    #expect(
      applied.stderr
        == "benefits apply: The lock file \(folder.ledger)-lock cannot be opened: Permission denied. "
        + "Writing needs a folder that can be written to.\n")
  }

  @Test(
    "in a read-only folder a write-ahead log that cannot be read is an error, not silently missed",
    .enabled(if: canBeNobody, "needs setpriv, and an executable that nobody may run"))
  func unreadableLog() throws {
    let folder = try DrillFolder(rounds: 1)
    defer { folder.remove() }
    // Copied while open, as somebody might who does not know of the -wal.
    let reading = folder.file("reading")
    try FileManager.default.createDirectory(atPath: reading, withIntermediateDirectories: false)
    let ledger = try Ledger.open(at: folder.ledger)
    var parser = CommandParser()
    let line = Array(DrillFolder.line("a-1", "actor.register", "owner", #""actor":"app""#).utf8)
    guard case .command(let command) = line.withUnsafeBufferPointer({ parser.parse($0) }) else {
      throw CocoaError(.coderInvalidValue)
    }
    _ = try ledger.performAndWait(Request(commands: [command]))
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: folder.ledger + suffix, toPath: reading + "/copy.ledger" + suffix)
    }
    ledger.close()
    let link = folder.file("link.ledger")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: reading + "/copy.ledger")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: reading)
    let tool = Self.asNobody + "\"$(command -v benefits)\" "
    // Through a link from a folder that can be written to, the log is the same.
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    for path in [reading + "/copy.ledger", link] {
      let ending = try Tool.run(shell: tool + "checkpoint '\(path)'")
      #expect(ending.status == 74)
      #expect(
        ending.stderr
          == "benefits checkpoint: \(path) has commits in \(path)-wal that cannot be read in a read-only "
          + "folder. Copy the folder to where you can write, or ask for a backup.\n")
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: reading)
    // Where it can be written, the log is read.
    let copied = try Tool.run(["checkpoint", reading + "/copy.ledger"]).stdout
    #expect(try copied == Tool.run(["checkpoint", folder.ledger]).stdout)
  }
}
