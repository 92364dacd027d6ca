// The guard against personal data as users of the tool meet it: answers of `apply`, groups, rehearsals, `init`. What is
// a personal number is tested with the core.

import Foundation
import Testing

@Suite("Personal data in files of commands")
struct PersonalDataTests {
  /// Eleven digits that begin with 13, made here so that none stand in the tree.
  private static let mobile = "13" + String(repeating: "0", count: 9)

  private static func line(
    _ id: String, _ organisation: String, _ name: String, group: String? = nil
  ) -> String {
    let group = group.map { #","group":"\#($0)""# } ?? ""
    return SmallLedger.command(
      id, "2022-02-01T09:00:00", "organisation.register",
      #""organisation":"\#(organisation)","name":"\#(name)""#, by: "owner"
    ).dropLast() + group + "}"
  }

  private static func apply(_ ledger: SmallLedger, _ lines: [String], _ options: String...) throws
    -> Tool.Ending
  {
    try Tool.run(["apply", ledger.path, "-"] + options, input: Data(lines.joined(separator: "\n").utf8))
  }

  private static func answers(_ ending: Tool.Ending) throws -> [Answer] {
    try ending.stdout.split(separator: "\n").map {
      Answer(try JSONSerialization.jsonObject(with: Data($0.utf8)))
    }
  }

  private static func events(_ ledger: SmallLedger) throws -> String {
    try ledger.run("export", "--format", "jsonl").stdout
  }

  @Test("a line is answered invalid with its place and kind, never its text; the lines around it are applied")
  func answer() throws {
    let ledger = try SmallLedger()
    let lines = [
      Self.line("x-1", "x-1", "one"), Self.line("x-2", "x-2", "call " + Self.mobile),
      Self.line("x-3", "x-3", "three"),
    ]
    let ending = try Self.apply(ledger, lines)
    #expect(ending.status == 1)
    #expect(ending.stderr.contains("3 commands: 2 accepted, 1 invalid"))
    let answer = try #require(try Self.answers(ending).dropFirst().first)
    #expect(answer["id"].text == "x-2")
    #expect(answer["line"].number == 2)
    #expect(answer["status"].text == "invalid")
    #expect(answer["code"].text == "command.personal-data")
    #expect(answer["data"]["field"].text == "data.name")
    #expect(answer["data"]["kind"].text == "mobile")
    #expect(answer["message"].text?.hasPrefix("data.name: holds a mobile number, ") == true)
    #expect(!(ending.stdout + ending.stderr).contains(Self.mobile.dropFirst(4)))
    #expect(try !Self.events(ledger).contains(Self.mobile))
    // Not sticky: the same id, put right, is a first time.
    let again = try Self.apply(ledger, [Self.line("x-2", "x-2", "two")])
    #expect(again.status == 0)
    #expect(try Self.answers(again).first?["repeated"].truth == false)
    #expect(try ledger.run("verify").status == 0)
  }

  @Test("a group or an atomic file with such a line does not happen, and no other line suffers")
  func groups() throws {
    let ledger = try SmallLedger()
    let group = [
      Self.line("g-1", "g-1", "one", group: "g"), Self.line("g-2", "g-2", Self.mobile, group: "g"),
      Self.line("g-3", "g-3", "three", group: "g"),
    ]
    let ending = try Self.apply(ledger, group + [Self.line("x-1", "x-1", "alone")])
    let statuses = try Self.answers(ending).map { $0["status"].text }
    #expect(statuses == ["rolled-back", "invalid", "rolled-back", "accepted"])
    let before = try Self.events(ledger)
    let atomic = try Self.apply(
      ledger, [Self.line("a-1", "a-1", "one"), Self.line("a-2", "a-2", Self.mobile)], "--atomic")
    #expect(try Self.answers(atomic).map { $0["status"].text } == ["rolled-back", "invalid"])
    #expect(try Self.events(ledger) == before)
  }

  @Test("a rehearsal answers the same")
  func rehearsal() throws {
    let ledger = try SmallLedger()
    let ending = try Self.apply(ledger, [Self.line("x-1", "x-1", Self.mobile)], "--dry-run")
    #expect(try Self.answers(ending).first?["code"].text == "command.personal-data")
  }

  @Test("an order's number passes as a reference, whatever it looks like")
  func reference() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points(
        "p-1", "2022-02-01T09:00:00", "earn", #""rule":"stay","quantity":1,"reference":"\#(Self.mobile)""#)
    ])
    #expect(try ledger.run("statement", "member", "m-1").stdout.contains(Self.mobile))
  }

  @Test("init makes no ledger of that name", arguments: ["--name", "--origin"])
  func opening(option: String) throws {
    let ledger = try SmallLedger()
    let path = ledger.folder.appending(path: "new.ledger").path
    var words = ["init", path, "--owner", "owner", option, "of " + Self.mobile]
    if option == "--origin" { words += ["--name", "New"] }
    let ending = try Tool.run(words)
    #expect(ending.status == 65)
    #expect(ending.stderr.contains("data.\(option.dropFirst(2)): holds a mobile number"))
    #expect(!ending.stderr.contains(Self.mobile.dropFirst(4)))
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(!FileManager.default.fileExists(atPath: path + "-lock"))
  }
}
