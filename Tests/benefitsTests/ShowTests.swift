// benefits show, through the built tool: members, organisations, actors and rules, now and as recorded earlier.

import Foundation
import Testing

@Suite("Show")
struct ShowTests {
  @Test("a member is shown with organisation, facts, lots, holds, counters and expiries")
  func member() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.command("v", "2022-01-03T00:00:00", "member.verify", #""member":"m-1""#, by: "clerk"),
      SmallLedger.command(
        "f-1", "2022-01-03T00:00:00", "fact.start",
        #""member":"m-1","fact":"job-1","kind":"occupation","value":"courier","from":"2021-01-01","until":"2022-01-01""#,
        by: "clerk"),
      SmallLedger.command(
        "f-2", "2022-01-03T00:00:00", "fact.start",
        #""member":"m-1","fact":"job-2","kind":"occupation","value":"driver","from":"2022-01-01""#,
        by: "clerk"),
      SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"stay","quantity":1500"#),
      SmallLedger.points(
        "h", "2022-02-02T09:00:00", "hold", #""points":300,"deadline":"2099-01-01T00:00:00+08:00""#),
    ])
    let ending = try ledger.run("show", "member", "m-1")
    #expect(ending.status == 0)
    for line in [
      "organisation  gz", "verified      yes", "available  1,200", "held         300",
      "job-1  occupation  courier                  2021-01-01  2022-01-01  past",
      "job-2  occupation  driver                   2022-01-01  open        current",
      "stay@1  2022-02-01  never          1,200",
      "h          2022-02-02 09:00:00  2099-01-01 00:00:00     300",
      "never              1,200   300",
    ] { #expect(ending.stdout.contains("\n" + line + "\n"), "\(line)\n\(ending.stdout)") }
    #expect(!ending.stdout.contains("recorded when"))

    let answer = try ledger.json("show", "member", "m-1")
    #expect(answer["organisation"].text == "gz")
    #expect(answer["verified"].truth == true)
    #expect(answer["facts"].list.map { $0["is"].text } == ["past", "current"])
    #expect(answer["points"]["available"].number == 1200)
    #expect(answer["points"]["held"].number == 300)
    #expect(answer["points"]["lots"][0]["rule"].text == "stay")
    #expect(answer["points"]["lots"][0]["expires"].isNull)
    #expect(answer["points"]["holds"][0]["hold"].text == "h")
    #expect(answer["points"]["counters"][0]["lifetime"].number == 1500)
    #expect(answer["asOf"]["view"].text == "now")
  }

  @Test("what has fallen due since counts as happened, and one line says that it is not recorded")
  func due() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"read","quantity":4"#),
      SmallLedger.points(
        "h", "2022-02-02T09:00:00", "hold", #""points":3,"deadline":"2022-02-03T09:00:00+08:00""#),
    ])
    let ending = try ledger.run("show", "member", "m-1")
    let remark =
      "8 points have expired and 1 hold has lapsed since and are recorded when the wallet is next touched"
    #expect(ending.stdout.contains("\n\(remark)\n"), "\(ending.stdout)")
    #expect(ending.stdout.contains("\navailable  0\nheld       0\n"))
    let answer = try ledger.json("show", "member", "m-1")
    #expect(answer["points"]["recorded"]["available"].number == 5)
    #expect(answer["points"]["recorded"]["held"].number == 3)
    #expect(answer["points"]["due"]["expired"].number == 8)
    #expect(answer["points"]["due"]["lapsedHolds"].number == 1)
    #expect(answer["points"]["lots"].list.isEmpty)
  }

  @Test("as of a position the record is shown as it stood, after that event and not one later")
  func asOfPosition() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e-1", "2022-02-01T09:00:00", "earn", #""rule":"stay","quantity":10"#),
      SmallLedger.command(
        "t", "2022-02-02T09:00:00", "member.transfer", #""member":"m-1","organisation":"gd""#, by: "clerk"),
      SmallLedger.points("s", "2022-02-03T09:00:00", "spend", #""points":4"#),
    ])
    // 11 events open the ledger; 12 earns, 13 and 14 transfer, 15 spends.
    for (position, organisation, available) in [
      (11, "gz", 0), (12, "gz", 10), (13, "gd", 10), (15, "gd", 6), (99, "gd", 6),
    ] {
      let answer = try ledger.json("show", "member", "m-1", "--as-of", "\(position)")
      #expect(answer["organisation"].text == organisation, "after \(position)")
      #expect(answer["points"]["available"].number == Int64(available), "after \(position)")
      #expect(answer["asOf"]["position"].number == Int64(min(position, 15)))
    }
    let ending = try ledger.run("show", "member", "m-1", "--as-of", "12")
    #expect(ending.stdout.hasPrefix("member m-1, as recorded after event 12\n"))
  }

  @Test("as of an instant what had been recorded before it is shown, that instant not included")
  func asOfInstant() throws {
    let ledger = try SmallLedger()
    let before = try recordedAt(ledger, position: 11)
    Thread.sleep(forTimeInterval: 0.01)
    try ledger.apply([
      SmallLedger.points("e-1", "2022-02-01T09:00:00", "earn", #""rule":"stay","quantity":10"#)
    ])
    let at = try recordedAt(ledger, position: 12)
    #expect(before < at)
    #expect(try ledger.json("show", "member", "m-1", "--as-of", at)["points"]["available"].number == 0)
    #expect(
      try ledger.json("show", "member", "m-1", "--as-of", "2099-01-01T00:00:00Z")["points"]["available"]
        .number == 10)
    // The enrolment's own instant is not before it.
    #expect(try ledger.run("show", "member", "m-1", "--as-of", before).status == 66)
  }

  private func recordedAt(_ ledger: SmallLedger, position: Int) throws -> String {
    let lines = try Tool.run(["export", ledger.path, "--format", "jsonl"]).stdout.split(separator: "\n")
    let record = try JSONSerialization.jsonObject(with: Data(lines[position - 1].utf8))
    return try #require(Answer(record)["recordedAt"].text)
  }

  @Test(
    "before it existed there was nothing, which ends with 66",
    arguments: ["member m-1", "organisation gz", "rule stay", "actor app", "actor owner"])
  func beforeItExisted(thing: String) throws {
    let ledger = try SmallLedger()
    let words = thing.split(separator: " ").map(String.init)
    let position = thing == "actor owner" ? "0" : "1"
    let ending = try ledger.run("show", words[0], words[1], "--as-of", position)
    #expect(ending.status == 66)
    #expect(ending.stdout == "")
    #expect(
      ending.stderr.contains("as recorded after event \(position) there was no \(words[0]) `\(words[1])`"))
    #expect(try ledger.run("show", words[0], words[1], "--as-of", "11").status == 0)
  }

  @Test("an unknown id ends with 66 and a sentence", arguments: ["member", "organisation", "actor", "rule"])
  func unknown(kind: String) throws {
    let ending = try SmallLedger().run("show", kind, "nobody")
    #expect(ending.status == 66)
    #expect(ending.stdout == "")
    #expect(ending.stderr == "benefits show: there is no \(kind) `nobody`; ids are compared byte by byte\n")
  }

  @Test("what cannot be an id is refused and not repeated")
  func noID() throws {
    let ending = try SmallLedger().run("show", "member", "Zhang San 13800138000")
    #expect(ending.status == 64)
    #expect(ending.stderr.contains("ID: expected the id of a member"))
    #expect(!ending.stderr.contains("Zhang"))
  }

  @Test(
    "a moment that is none is a wrong command line",
    arguments: ["yesterday", "-1", "2022-10-01", "2022-10-01T00:00:00"])
  func badMoment(text: String) throws {
    let ending = try SmallLedger().run("show", "member", "m-1", "--as-of=\(text)")
    #expect(ending.status == 64)
    #expect(ending.stderr.contains("--as-of: "))
  }

  @Test(
    "an organisation shows its members, totals and liability by month, and earlier only what its own events tell"
  )
  func organisation() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e-1", "2022-02-01T09:00:00", "earn", #""rule":"read","quantity":5"#),
      SmallLedger.points("e-2", "2022-02-01T10:00:00", "earn", #""rule":"stay","quantity":7"#),
      SmallLedger.points(
        "h", "2022-02-02T09:00:00", "hold", #""points":3,"deadline":"2022-02-20T09:00:00+08:00""#),
    ])
    let ending = try ledger.run("show", "organisation", "gz")
    #expect(
      ending.stdout.contains("\n2022-03                               7     3    10\n"), "\(ending.stdout)")
    #expect(ending.stdout.contains("\nnever                                 7     0     7\n"))
    #expect(ending.stdout.contains("\nmembers                   1\n"))
    let answer = try ledger.json("show", "organisation", "gz")
    #expect(answer["points"]["issued"].number == 17)
    #expect(answer["points"]["liability"].list.map { $0["held"].number } == [3, 0])
    #expect(try ledger.json("show", "organisation", "gd")["children"].number == 1)

    let earlier = try ledger.json("show", "organisation", "gz", "--as-of", "11")
    #expect(earlier["parent"].text == "gd")
    #expect(earlier["members"].isNull)
    #expect(earlier["points"].isNull)
    let words = try ledger.run("show", "organisation", "gz", "--as-of", "11").stdout
    #expect(words.contains("its own events do not tell how many members and points it had then"))
  }

  @Test("a transfer moves the liability with the member")
  func transfer() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"stay","quantity":7"#),
      SmallLedger.command(
        "t", "2022-02-02T09:00:00", "member.transfer", #""member":"m-1","organisation":"gd""#, by: "clerk"),
    ])
    #expect(try ledger.json("show", "organisation", "gz")["points"]["available"].number == 0)
    #expect(try ledger.json("show", "organisation", "gz")["points"]["liability"].list.isEmpty)
    #expect(try ledger.json("show", "organisation", "gd")["points"]["liability"][0]["available"].number == 7)
    #expect(try ledger.json("show", "organisation", "gd")["members"].number == 1)
  }

  @Test("an actor shows its roles with their days, and earlier the roles it had then")
  func actor() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.command(
        "end", "2022-03-01T00:00:00", "actor.revoke-role",
        #""actor":"app","role":"service","organisation":"gd","until":"2022-03-01""#, by: "owner")
    ])
    let ending = try ledger.run("show", "actor", "app")
    #expect(
      ending.stdout.contains("\nservice  gd           2022-01-01  2022-03-01  past\n"), "\(ending.stdout)")
    #expect(try ledger.json("show", "actor", "app")["roles"][0]["until"].text == "2022-03-01")
    #expect(try ledger.json("show", "actor", "app", "--as-of", "11")["roles"][0]["until"].isNull)
    #expect(try ledger.json("show", "actor", "app", "--as-of", "4")["roles"].list.isEmpty)
  }

  @Test("a rule shows its versions and grants, and earlier its versions without grants")
  func rule() throws {
    let ledger = try SmallLedger()
    try ledger.apply([SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"read","quantity":9"#)])
    let ending = try ledger.run("show", "rule", "read")
    #expect(ending.stdout.contains("\ncap per member and day  10\n"), "\(ending.stdout)")
    #expect(ending.stdout.contains("\ngranted so far          10\n"))
    #expect(try ledger.json("show", "rule", "read")["versions"][0]["granted"].number == 10)
    let earlier = try ledger.json("show", "rule", "read", "--as-of", "12")
    #expect(earlier["versions"][0]["capPerDay"].number == 10)
    #expect(earlier["versions"][0]["granted"].isNull)
  }

  @Test("a station is shown with its number and its visits by month, now and as recorded earlier")
  func station() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.command(
        "s-1", "2022-07-01T08:00:00", "station.open",
        #""station":"booth","organisation":"gz","number":"7","name":"市场东门""#, by: "clerk"),
      SmallLedger.command(
        "s-2", "2022-07-01T20:00:00", "station.record-visits",
        #""station":"booth","day":"2022-07-01","visits":1400"#),
      SmallLedger.command(
        "s-3", "2022-08-02T20:00:00", "station.record-visits",
        #""station":"booth","day":"2022-08-02","visits":30"#),
      SmallLedger.command(
        "s-4", "2022-08-03T08:00:00", "station.correct-visits",
        #""station":"booth","recording":"s-3","visits":3,"reason":"a zero too many""#, by: "clerk"),
    ])
    let ending = try ledger.run("show", "station", "booth")
    #expect(ending.status == 0)
    for line in [
      "organisation      gz", "number            7", "name              市场东门", "closed            no",
      "counts corrected  1", "2022-07     1,400", "2022-08         3", "all months  1,403",
    ] { #expect(ending.stdout.contains("\n" + line + "\n"), "\(line)\n\(ending.stdout)") }

    let answer = try ledger.json("show", "station", "booth")
    #expect(answer["visits"].number == 1403)
    #expect(answer["months"].list.map { $0["visits"].number } == [1400, 3])
    #expect(answer["corrected"][0].text == "s-3")

    // 11 events open the ledger; 12 opens the station, 13 and 14 count, 15 corrects.
    let before = try ledger.json("show", "station", "booth", "--as-of", "14")
    #expect(before["visits"].number == 1430)
    #expect(try ledger.run("show", "station", "booth", "--as-of", "11").status == 66)
  }

  @Test("an activity is shown with its terms, who took part, what was chosen and what is left in the pool")
  func activity() throws {
    let ledger = try SmallLedger()
    // SHA-256 of 32 zero bytes is the commitment to them.
    let (zeros, commitment) = (
      String(repeating: "0", count: 64), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
    )
    try ledger.apply([
      SmallLedger.command(
        "a", "2022-03-01T00:00:00", "activity.open",
        #""activity":"spring","organisation":"gd","name":"spring","mode":"vote","#
          + #""from":"2022-03-01T00:00:00+08:00","until":"2022-04-01T00:00:00+08:00","choices":["bridge","tunnel"],"#
          + #""reward":{"rule":"stay","quantity":3},"draw":{"kind":"instant","commitment":"\#(commitment)","#
          + #""holder":"clerk","draws":9,"prizes":[{"prize":"pen","pieces":2}]}"#, by: "clerk"),
      SmallLedger.command(
        "j", "2022-03-02T00:00:00", "activity.join",
        #""activity":"spring","member":"m-1","choice":"tunnel""#),
      SmallLedger.command(
        "d", "2022-03-02T00:00:00", "activity.draw",
        #""activity":"spring","draw":1,"secret":"\#(zeros)""#, by: "clerk"),
    ])
    let ending = try ledger.run("show", "activity", "spring")
    for line in [
      "organisation     gd", "window           from 2022-03-01 00:00:00 until 2022-04-01 00:00:00",
      "audience         members of gd and of all below it", "a member may join  once", "joins              1",
      "tunnel      1", "draws made   1 of 9", "holder of the secrets   clerk", "to be drawn yet   0",
      "pen          2        1     1  counted only",
    ] {
      let words = line.split(separator: " ").joined(separator: " +")
      let pattern = "(^|\n)" + words.replacing("(", with: "\\(")
      #expect(
        ending.stdout.range(of: pattern, options: .regularExpression) != nil, "\(line)\n\(ending.stdout)")
    }
    let answer = try ledger.json("show", "activity", "spring")
    #expect(answer["joins"].number == 1)
    #expect(answer["choices"][1]["joins"].number == 1)
    #expect(answer["draw"]["prizes"][0]["left"].number == 1)
    #expect(answer["draw"]["lastSecret"].text == zeros)
    // 11 events open the ledger; 12 opens the activity, 13 joins, 14 earns, 15 draws.
    let before = try ledger.json("show", "activity", "spring", "--as-of", "12")
    #expect(before["joins"].number == 0)
    #expect(before["draw"]["prizes"][0]["left"].number == 2)
    let waiting = try ledger.json("show", "activity", "spring", "--as-of", "14")
    #expect(waiting["draw"]["waiting"].number == 1)
    #expect(waiting["draw"]["made"].number == 0)
    #expect(try ledger.json("show", "activity", "spring", "--as-of", "15")["draw"]["made"].number == 1)
    #expect(try ledger.run("show", "activity", "spring", "--as-of", "11").status == 66)
    #expect(try ledger.json("show", "member", "m-1")["points"]["available"].number == 3)
    #expect(try Tool.run(["verify", ledger.path]).status == 0)
  }

  @Test(
    "a donated prize is shown in yuan for people and in fen for machines, and a public value with its form")
  func donatedPrize() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.command(
        "p", "2022-03-01T00:00:00", "party.register",
        #""party":"donor","kind":"donor","organisation":"gd""#, by: "clerk"),
      SmallLedger.command(
        "a", "2022-03-01T00:00:00", "activity.open",
        #""activity":"spring","organisation":"gd","mode":"lottery","from":"2022-03-01T00:00:00+08:00","#
          + #""until":"2022-04-01T00:00:00+08:00","draw":{"kind":"closing","#
          + #""commitment":"66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925","holder":"app","#
          + ##""publicValue":{"what":"the index at its close","day":"2022-04-01","form":"#,###.##"},"##
          + #""winnersPerDraw":1,"prizes":[{"prize":"kettle","pieces":2,"memoFen":123456,"contributor":"donor"}]}"#,
        by: "clerk"),
    ])
    let shown = try ledger.run("show", "activity", "spring").stdout
    #expect(shown.contains("worth 1,234.56 yuan each, from donor"), "\(shown)")
    #expect(shown.contains("the index at its close, of 2022-04-01, as #,###.##"), "\(shown)")
    #expect(shown.contains("not published yet"), "\(shown)")
    let answer = try ledger.json("show", "activity", "spring")
    #expect(answer["draw"]["prizes"][0]["memoFen"].number == 123_456)
    #expect(answer["draw"]["publicValue"]["form"].text == "#,###.##")
    try ledger.apply([
      SmallLedger.command(
        "v", "2022-04-01T15:30:00", "activity.publish-value",
        #""activity":"spring","value":"3,252.20""#, by: "clerk")
    ])
    let published = try ledger.run("show", "activity", "spring").stdout
    #expect(published.contains("3,252.20, published 2022-04-01 15:30:00"), "\(published)")
  }

  @Test("relatives are shown with both members, as of each event of either")
  func relatives() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.command(
        "m-2", "2022-01-02T00:00:00", "member.enrol", #""member":"m-2","organisation":"gz""#, by: "clerk"),
      SmallLedger.command(
        "k-1", "2022-01-03T00:00:00", "relative.declare",
        #""member":"m-1","relative":"m-2","kind":"child","dependant":true,"from":"2022-01-01""#, by: "clerk"),
      SmallLedger.command(
        "k-2", "2022-02-03T00:00:00", "relative.end",
        #""member":"m-1","relative":"m-2","until":"2022-02-01""#, by: "clerk"),
    ])
    for (member, line) in [
      ("m-1", "m-2       child  on this member  2022-01-01  2022-02-01  past"),
      ("m-2", "m-1       parent  the member on it  2022-01-01  2022-02-01  past"),
    ] {
      let ending = try ledger.run("show", "member", member)
      #expect(ending.stdout.contains("\n" + line + "\n"), "\(ending.stdout)")
    }
    // 11 events open the ledger; 12 enrols, 13 declares, 14 ends.
    let before = try ledger.json("show", "member", "m-2", "--as-of", "13")
    #expect(before["relatives"][0]["relative"].text == "m-1")
    #expect(before["relatives"][0]["dependant"].text == "m-2")
    #expect(before["relatives"][0]["until"].isNull)
    #expect(try ledger.json("show", "member", "m-2", "--as-of", "12")["relatives"].list.isEmpty)
  }

  @Test("a provisional member is shown as one, with the credential and the station, until verified")
  func provisional() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.command(
        "s-1", "2022-01-02T00:00:00", "station.open", #""station":"booth","organisation":"gz","number":"7""#,
        by: "clerk"),
      SmallLedger.command(
        "m-2", "2022-01-03T00:00:00", "member.enrol",
        #""member":"m-2","organisation":"gz","provisional":true,"#
          + #""credential":{"kind":"work permit","seenBy":"booth 7"},"station":"booth""#, by: "clerk"),
    ])
    let ending = try ledger.run("show", "member", "m-2")
    for line in [
      "provisional   yes; until verified or merged", "admitted on   work permit, seen by booth 7",
      "met at        booth",
    ] { #expect(ending.stdout.contains("\n" + line + "\n"), "\(line)\n\(ending.stdout)") }
    let answer = try ledger.json("show", "member", "m-2")
    #expect(answer["provisional"].truth == true)
    #expect(answer["credential"]["kind"].text == "work permit")
    #expect(answer["station"].text == "booth")
    try ledger.apply([
      SmallLedger.command("v", "2022-01-04T00:00:00", "member.verify", #""member":"m-2""#, by: "clerk")
    ])
    #expect(try ledger.json("show", "member", "m-2")["provisional"].truth == false)
    #expect(try !ledger.run("show", "member", "m-2").stdout.contains("provisional"))
  }
}
