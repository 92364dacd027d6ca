// kill -9 of the real executable while it closes a day, at any chunk: the same command goes on and comes to the same
// log. Jobs as the library drives them are in BenefitsLedgerTests/Jobs.

import BenefitsLedger
import Foundation
import Testing

@Suite("A day's close that is killed")
struct DayCloseKillTests {
  private static let members = 2_600

  /// Members whose points, but those of every fifth, end with the year; and the command that closes it.
  private static func lines() -> [String] {
    func line(_ id: String, _ type: String, _ data: String, _ at: String = "2022-03-01T09:00:00+08:00")
      -> String
    {
      #"{"id":"\#(id)","type":"\#(type)","at":"\#(at)","actor":"owner","data":{\#(data)}}"#
    }
    var lines = ["operator", "service"].map {
      line("a-\($0)", "actor.grant-role", #""actor":"owner","role":"\#($0)","from":"2022-01-01""#)
    }
    lines.append(line("o", "organisation.register", #""organisation":"city""#))
    for (rule, years) in [("year", 0), ("long", 1)] {
      lines.append(
        line(
          "r-\(rule)", "points.define-rule",
          #""rule":"\#(rule)","ruleVersion":1,"organisation":"city","pointsPerUnit":5,"from":"2022-01-01","#
            + #""validity":{"mode":"end-of-year","count":\#(years)},"verifiedOnly":false,"afterExpiry":"forfeit""#
        ))
    }
    for number in 0..<members {
      let member = #""member":"m-\#(number)""#
      lines.append(line("e-\(number)", "member.enrol", member + #","organisation":"city""#))
      let rule = number % 5 == 0 ? "long" : "year"
      lines.append(line("p-\(number)", "points.earn", member + #","rule":"\#(rule)","quantity":1"#))
    }
    return lines
  }

  private static let closing =
    #"{"id":"close","type":"day.close","at":"2023-01-01T00:00:00+08:00","actor":"owner","data":{"day":"2022-12-31"}}"#
    + "\n"

  @Test("killed after every chunk in turn, it loses and repeats nothing")
  func killedAtEveryChunk() throws {
    let folder = try DrillFolder(rounds: 0)
    defer { folder.remove() }
    let setUp = try folder.write(Self.lines().joined(separator: "\n") + "\n", to: "set-up.jsonl")
    let closing = try folder.write(Self.closing, to: "closing.jsonl")
    #expect(try Tool.run(["apply", folder.ledger, setUp, "--results", "/dev/null"]).status == 0)
    let killed = try folder.copy("killed.ledger")
    let first = try Tool.run(["apply", folder.ledger, closing])
    #expect(first.status == 0)
    #expect(first.stdout.contains(#""data":{"chunks":5,"members":2080,"dueEvents":2080}"#), "\(first.stdout)")

    let job = try #require(CommandID("close"))
    var kills = 0
    for chunk in 0..<5 {
      let tool = try RunningTool(["apply", killed, closing, "--quiet"])
      let reader = try LedgerReader(path: killed)
      // No longer than the chunks take: it ends by itself if the kill comes too late.
      while tool.isRunning, try reader.job(job).map({ $0.chunks < Int64(chunk) }) ?? true {}
      tool.kill()
      kills += 1
      #expect(try Verifier.verify(killed, redeciding: { _ in }).findings == [])
    }
    #expect(kills == 5)
    let last = try Tool.run(["apply", killed, closing])
    #expect(last.status == 0)
    #expect(try DrillFolder.events(killed) == DrillFolder.events(folder.ledger))
    let again = try Tool.run(["apply", killed, closing])
    #expect(again.stdout.contains(#""repeated":true"#))
    #expect(again.stdout.contains(#""chunks":5"#))
    let shown = try Tool.run(["show", killed, "job", "close"])
    #expect(shown.stdout.contains("members in them      2,080"), "\(shown.stdout)")
  }
}
