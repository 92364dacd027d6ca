// What the drills on the real executable share: a folder with a new ledger and a file of commands, and a process that a
// test feeds, reads and kills. Short runs are Tool's.

import BenefitsLedger
import Foundation
import Testing

/// A folder with a new ledger, `city.ledger`, and a file of commands for it, `commands.jsonl`.
struct DrillFolder {
  let path: String
  let commandCount: Int

  /// - Parameter rounds: of eight commands each, after 22 that set the scene.
  init(rounds: Int) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "drill-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let lines = Self.scene + (0..<rounds).flatMap(Self.round)
    commandCount = lines.count
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file("commands.jsonl")))
    let made = try Tool.run(["init", file("city.ledger"), "--name", "City", "--owner", "owner"])
    #expect(made.status == 0, "\(made.stderr)")
  }

  /// Called at the end of a test.
  func remove() {
    // A test may have taken the right to write away.
    try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { path + "/" + name }
  var ledger: String { file("city.ledger") }
  var commands: String { file("commands.jsonl") }

  /// A copy of the new ledger under another name.
  func copy(_ name: String) throws -> String {
    try FileManager.default.copyItem(atPath: ledger, toPath: file(name))
    return file(name)
  }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
    return file(name)
  }

  /// The records of a ledger without what the clock put into them.
  static func events(_ ledger: String) throws -> [String] {
    let ending = try Tool.run(["export", ledger, "--format", "jsonl"])
    #expect(ending.status == 0, "\(ending.stderr)")
    return ending.stdout.split(separator: "\n").map { String($0).replacing(/"recordedAt":"[^"]*"/, with: "") }
  }

  static func line(_ id: String, _ type: String, _ actor: String, _ data: String, _ more: String = "")
    -> String
  {
    #"{"id":"\#(id)","type":"\#(type)","at":"2022-10-01T08:00:00+08:00","actor":"\#(actor)","data":{\#(data)}\#(more)}"#
  }

  private static var scene: [String] {
    [
      line("a-1", "actor.register", "owner", #""actor":"app""#),
      line("a-2", "actor.grant-role", "owner", #""actor":"app","role":"service","from":"2022-01-01""#),
      line("a-3", "actor.register", "owner", #""actor":"clerk""#),
      line("a-4", "actor.grant-role", "owner", #""actor":"clerk","role":"operator","from":"2022-01-01""#),
      line("o-1", "organisation.register", "owner", #""organisation":"city""#),
      line(
        "r-1", "points.define-rule", "clerk",
        #""rule":"reading","ruleVersion":1,"organisation":"city","pointsPerUnit":10,"#
          + #""validity":{"mode":"none"},"from":"2022-01-01","verifiedOnly":false,"afterExpiry":"forfeit""#),
    ]
      + (0..<16).map {
        line("m-\($0)", "member.enrol", "clerk", #""member":"m-\#($0)","organisation":"city""#)
      }
  }

  /// Six commands that are accepted, one that is refused, and a member that later rounds rely on.
  private static func round(_ round: Int) -> [String] {
    let id = "c-\(100_000 + round)"
    let member = #""member":"n-\#(round)""#
    return [
      line("\(id)-a", "member.enrol", "clerk", member + #","organisation":"city""#),
      line("\(id)-b", "points.earn", "app", member + #","rule":"reading","quantity":2"#),
      line("\(id)-c", "points.spend", "app", member + #","points":3"#),
      line("\(id)-d", "points.hold", "app", member + #","points":5,"deadline":"2022-10-02T08:00:00+08:00""#),
      line("\(id)-e", "points.capture", "app", member + #","hold":"\#(id)-d","points":4"#),
      line("\(id)-f", "points.spend", "app", member + #","points":100000"#),
      line("\(id)-g", "points.earn", "app", #""member":"n-\#(round / 2)","rule":"reading","quantity":1"#),
      line("\(id)-h", "points.spend", "app", #""member":"n-\#(round / 2)","points":1"#),
    ]
  }
}

/// A run of the executable that is under way: the test holds the other ends of its stdin and stdout.
final class RunningTool {
  private let process = Process()
  private let stdin = Pipe()
  private let stdout = Pipe()
  private let stderr = Pipe()
  private var unread: [UInt8] = []

  init(_ arguments: [String]) throws {
    // A killed tool no longer reads what the test still writes.
    signal(SIGPIPE, SIG_IGN)
    // Another process started meanwhile would keep the pipes open, and this one wait for the end of its input.
    for pipe in [stdin, stdout, stderr] {
      for handle in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
        _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
      }
    }
    process.executableURL = try Tool.executable()
    process.arguments = arguments
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
  }

  var pid: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// Gives it bytes to read; false when it no longer reads.
  @discardableResult
  func feed(_ bytes: Data) -> Bool {
    do {
      try stdin.fileHandleForWriting.write(contentsOf: bytes)
      return true
    } catch { return false }
  }

  /// Waits for one more line of its answer; nil at the end.
  func line() -> String? {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeSubrange(...end) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      let more = stdout.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      unread.append(contentsOf: more)
    }
  }

  func endInput() { try? stdin.fileHandleForWriting.close() }

  /// kill -9.
  func kill() {
    Foundation.kill(pid, SIGKILL)
    process.waitUntilExit()
  }

  /// Waits for it to end; its exit code and what it said on stderr.
  func end() -> (status: Int32, stderr: String) {
    endInput()
    while line() != nil {}
    let text = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
