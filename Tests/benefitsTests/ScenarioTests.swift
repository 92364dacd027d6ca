// The scenarios of Fixtures through `benefits demo --scenario`, and what the verb says of books and crowds that are wrong.
// Scenarios with large crowds are told by `.ci/run` in release.

import Foundation
import Testing

@Suite("Scenarios")
struct ScenarioTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/scenarios")

  private struct Crowd: Decodable {
    struct Command: Decodable {}
    var `repeat`: Int
    var commands: [Command]
  }

  private static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0 != "README.md" }.sorted()
  }()

  private static let small: [String] = names.filter { name in
    let place = folder.appending(path: name)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    let crowds = files.filter { $0.hasSuffix(".crowd.json") }.compactMap { file in
      try? JSONDecoder().decode(Crowd.self, from: Data(contentsOf: place.appending(path: file)))
    }
    return crowds.reduce(0) { $0 + $1.repeat * $1.commands.count } <= 5_000
  }

  @Test("give the book worked out by hand", arguments: small)
  func told(name: String) throws {
    let ending = try Tool.run(["demo", "--scenario", name])
    #expect(ending.status == 0, "\(ending.stdout)\(ending.stderr)")
    #expect(ending.stdout.contains("the book is as expected"))
    #expect(ending.stdout.contains("the stored rows are what the log gives"))
    #expect(ending.stdout.contains("verified: "))
  }

  @Test("have a title, and are listed with it")
  func listed() throws {
    #expect(Self.small.count > 0)
    let list = try Tool.run(["demo", "--list"]).stdout
    for name in Self.names {
      let text = try String(contentsOf: Self.folder.appending(path: "\(name)/README.md"), encoding: .utf8)
      let heading = try #require(text.split(separator: "\n").first)
      #expect(heading.hasPrefix("# \(name): "))
      #expect(list.contains("\(name) "))
      #expect(list.contains(heading.dropFirst(name.count + 4)))
    }
  }

  @Test("a name that is nearly right is told the right one")
  func nearName() throws {
    let ending = try Tool.run(["demo", "--scenario", "guangdong-point"])
    #expect(ending.status == 66)
    #expect(ending.stderr.contains("did you mean `guangdong-points`?"))
  }

  // MARK: Scenarios of the test's own

  private static let commands = """
    {"id":"o-1","type":"organisation.register","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"organisation":"city"}}
    {"id":"o-2","type":"organisation.register","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"organisation":"city"}}
    """

  private static let crowd = """
    {"repeat":12,"from":3,"everySeconds":60,"interleave":true,"commands":[
      {"id":"a-{n:4}","type":"organisation.register","at":"2022-01-02T00:00:00+08:00","actor":"owner",
       "data":{"organisation":"u-{n}","parent":"city"}},
      {"id":"b-{n%7}-{n}","type":"organisation.rename","at":"2022-01-02T00:00:30+08:00","actor":"owner",
       "data":{"organisation":"u-{n}","name":"union {n%5:2}"}}]}
    """

  private static let book = """
    {"answers":{"o-1":"accepted","o-2":"organisation.exists"},"refused":{"organisation.exists":1},
     "rows":{"organisation":{"u-2":null,"u-15":null,
       "u-3":{"since":"2022-01-01T16:00:00.000Z","name":"union 03","position":5,"parent":"city"},
       "u-14":{"since":"2022-01-01T16:11:00.000Z","name":"union 04","position":27}}},
     "sums":{"organisation.children":12,"organisation.position[parent=city]":192},
     "counts":{"organisation":13,"organisation[name=union 03]":3},
     "after":{"01-city.jsonl":{"counts":{"organisation":1},"rows":{"organisation":{"u-3":null}}}}}
    """

  /// Tells scenarios from a folder Fixtures of their own, beside which the tool believes itself to be.
  private static func tell(
    _ scenario: String, _ files: [String: String], name: String = "own"
  ) throws -> Tool.Ending {
    let place = FileManager.default.temporaryDirectory.appending(path: "benefits-own-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    let own = place.appending(path: "Fixtures/scenarios/\(name)")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    let all = ["README.md": "# \(name): a story of the test's own\n", "01-city.jsonl": commands]
    for (file, text) in all.merging(files, uniquingKeysWith: { _, own in own }) {
      try text.write(to: own.appending(path: file), atomically: true, encoding: .utf8)
    }
    return try Tool.run(shell: "exec -a '\(place.path)/benefits' benefits demo --scenario \(scenario)")
  }

  @Test("a crowd numbers its commands, and the book is compared after a step and at the end")
  func crowds() throws {
    let files = ["02-unions.crowd.json": Self.crowd, "expected.json": Self.book]
    let ending = try Self.tell("own", files)
    #expect(ending.status == 0, "\(ending.stdout)\(ending.stderr)")
    #expect(ending.stdout.contains("the book is as expected: 26 commands, 18 lines"))
    #expect(ending.stdout.contains("own: a story of the test's own"))
    let all = try Self.tell("all", files)
    #expect(all.status == 0)
    #expect(all.stdout.contains("as expected"))
    let apart = try Self.tell(
      "own",
      files.merging(
        [
          "02-unions.crowd.json": Self.crowd.replacing("\"interleave\":true", with: "\"interleave\":false"),
          "expected.json": Self.book.replacing("\"position\":5", with: "\"position\":16")
            .replacing("city]\":192", with: "city]\":258"),
        ], uniquingKeysWith: { _, new in new }))
    #expect(apart.status == 0, "\(apart.stdout)")
  }

  @Test("with perDay the times begin again on the next day")
  func days() throws {
    let crowd = Self.crowd.replacing("\"everySeconds\":60", with: "\"everySeconds\":60,\"perDay\":5")
    // n = 14 is the twelfth: the second of the third day.
    let book = Self.book.replacing("2022-01-01T16:11:00", with: "2022-01-03T16:01:00")
    let ending = try Self.tell("own", ["02-unions.crowd.json": crowd, "expected.json": book])
    #expect(ending.status == 0, "\(ending.stdout)")
  }

  @Test("links of a hash chain are those that anyone makes from the seed")
  func secrets() throws {
    // `printf fish | sha256sum` is link 2; the SHA-256 of its 32 bytes is link 1.
    let crowd = """
      {"repeat":2,"secrets":{"seed":"fish","length":2},"commands":[
        {"id":"{n}","type":"organisation.rename","at":"2022-01-02T00:00:00+08:00","actor":"owner",
         "data":{"organisation":"city","name":"{secret}"}}]}
      """
    let last = "b474a99a2705e23cf905a484ec6d14ef58b56bbe62e9292783466ec363b5072d"
    let book = { (name: String) in
      """
      {"refused":{"organisation.exists":1},"rows":{"organisation":{"city":{"name":"\(name)"}}}}
      """
    }
    let ending = try Self.tell("own", ["02-draw.crowd.json": crowd, "expected.json": book(last)])
    #expect(ending.status == 0, "\(ending.stdout)")
    let one = try Self.tell(
      "own",
      [
        "02-draw.crowd.json": crowd.replacing("\"repeat\":2", with: "\"repeat\":1"),
        "expected.json": book("092aa4f4851b7110d6ed8d6c2f9d1a204249f152786cc0dae8b1edd98c43fc23"),
      ])
    #expect(one.status == 0, "\(one.stdout)")
  }

  @Test("rows, sums and counts of views are compared too")
  func views() throws {
    let folder = Self.folder.appending(path: "guangdong-points")
    let story = try String(
      contentsOf: folder.appending(path: "01-a-year-of-reading.jsonl"), encoding: .utf8)
    let book = """
      {"refused":{"points.balance-too-low":1,"time.before-cause":1},
       "views":{"points_lot":[{"member":"m-other","left":4,"day":"2023-01-06"},{"member":"m-reader","left":2}],
         "points_liability":[{"month":"2023-12","available":6}]},
       "sums":{"points_lot.left":6},"counts":{"points_lot":2,"points_hold":0}}
      """
    let tell = { (book: String) in
      try Self.tell("own", ["01-city.jsonl": story, "expected.json": book])
    }
    let ending = try tell(book)
    #expect(ending.status == 0, "\(ending.stdout)\(ending.stderr)")
    let wrong = try tell(book.replacing("\"left\":4", with: "\"left\":5"))
    #expect(wrong.status == 1)
    let line = try #require(wrong.stdout.split(separator: "\n").first { $0.hasSuffix("DIFFERS") })
    #expect(line.contains("view points_lot"))
    #expect(line.contains("left 5") && line.contains("left 4"))
  }

  @Test(
    "what differs is printed with both values, and ends with 1",
    arguments: [
      ("\"position\":27", "\"position\":25", "position", "25", "27"),
      ("\"organisation.children\":12", "\"organisation.children\":11", "sum of organisation", "11", "12"),
      ("\"organisation\":13", "\"organisation\":9", "rows of organisation", "9", "13"),
      ("[parent=city]\":192", "[parent=city]\":193", "position[parent=city]", "193", "192"),
      ("[name=union 03]\":3", "[name=union 03]\":4", "rows of organisation[name=union 03]", "4", "3"),
      ("\"o-1\":\"accepted\"", "\"o-1\":\"organisation.unknown\"", "o-1", "organisation.unknown", "accepted"),
      ("\"o-1\":\"accepted\"", "\"o-9\":\"accepted\"", "o-9", "an answer", "no command has this id"),
      ("\"u-15\":null", "\"u-4\":null", "organisation u-4", "no row", "a row"),
      ("\"counts\":{\"organisation\":1}", "\"counts\":{\"organisation\":2}", "rows of", "2", "1"),
    ])
  func differences(old: String, new: String, place: String, expected: String, found: String) throws {
    let book = Self.book.replacing(old, with: new)
    try #require(book != Self.book)
    let files = ["02-unions.crowd.json": Self.crowd, "expected.json": book]
    let ending = try Self.tell("own", files)
    #expect(ending.status == 1)
    let line = try #require(ending.stdout.split(separator: "\n").first { $0.hasSuffix("DIFFERS") })
    for word in [place, expected, found] { #expect(line.contains(word)) }
    #expect(ending.stdout.contains("the book is NOT as expected: 1 of"))
    let all = try Self.tell("all", files)
    #expect(all.status == 1)
    #expect(all.stdout.contains("expected \(expected), found \(found)"))
  }

  @Test("a refusal that the book does not name does not pass unnoticed")
  func surprise() throws {
    let ending = try Self.tell("own", ["expected.json": "{\"counts\":{\"organisation\":1}}"])
    #expect(ending.status == 1)
    #expect(ending.stdout.contains("not in the book: o-2 is refused as organisation.exists"))
  }

  @Test(
    "a file that cannot be used is named with the reason, and ends with 65",
    arguments: [
      ("expected.json", "{\"rows\":", "no JSON"),
      ("expected.json", "{\"row\":{}}", "row is not known here; did you mean `rows`?"),
      ("expected.json", "{\"rows\":{\"organization\":{}}}", "did you mean `organisation`?"),
      ("expected.json", "{\"rows\":{\"organisation\":{\"city\":{\"nam\":1}}}}", "did you mean `name`?"),
      ("expected.json", "{\"views\":{\"points_lots\":[]}}", "did you mean `points_lot`?"),
      ("expected.json", "{\"views\":{\"points_lot\":[{\"lft\":1}]}}", "did you mean `left`?"),
      ("expected.json", "{\"sums\":{\"organisation\":1}}", "not `table.column`"),
      ("expected.json", "{\"sums\":{\"organisation.members\":1.5}}", "no JSON that can be used"),
      (
        "expected.json", "{\"answers\":{\"o-1\":\"organisation.exist\"}}",
        "did you mean `organisation.exists`?"
      ),
      ("expected.json", "{\"refused\":{\"no.code\":1}}", "which is no code of a refusal"),
      ("expected.json", "{\"after\":{\"01-cit.jsonl\":{}}}", "did you mean `01-city.jsonl`?"),
      ("expected.json", "{\"rows\":{\"organisation\":{\"\":null}}}", "which is no key of that table"),
      ("02-c.crowd.json", "[]", "is no object"),
      ("02-c.crowd.json", "{\"commands\":[]}", "repeat is missing"),
      ("02-c.crowd.json", "{\"repeat\":0,\"commands\":[{}]}", "repeat is no whole number from 1"),
      ("02-c.crowd.json", "{\"repeat\":1,\"commands\":[]}", "is no list of command templates"),
      ("02-c.crowd.json", "{\"repeat\":1,\"commands\":[{\"at\":\"2022\"}]}", "no instant with a zone"),
      (
        "02-c.crowd.json",
        "{\"repeat\":1,\"commands\":[{\"at\":\"2022-01-01T00:00:00+08:00\",\"id\":\"{n%}\"}]}", "says {n%}"
      ),
      (
        "02-c.crowd.json",
        "{\"repeat\":1,\"commands\":[{\"at\":\"2022-01-01T00:00:00+08:00\",\"id\":\"{n}\"}]}",
        "type: is missing"
      ),
      (
        "02-c.crowd.json",
        "{\"repeat\":1,\"commands\":[{\"at\":\"2022-01-01T00:00:00+08:00\",\"id\":\"{secret}\"}]}",
        "secrets is missing"
      ),
      ("02-c.txt", "", "a step is a file"),
      ("01-city.jsonl", "{}", "is missing"),
    ])
  func broken(file: String, text: String, reason: String) throws {
    var files = ["expected.json": "{\"refused\":{\"organisation.exists\":1}}"]
    files[file] = text
    let ending = try Self.tell("own", files)
    #expect(ending.status == 65, "\(ending.stdout)")
    #expect(ending.stderr.contains(file.prefix(7)))
    #expect(ending.stderr.contains(reason), "\(ending.stderr)")
  }
}
