// Command lines: any key order and any spelling of JSON, but no field unknown, missing, twice or of another kind, and
// an error that names the path and never repeats what the line holds.

import Foundation
import Testing

@testable import LedgerCore

@Suite("Command lines")
struct CommandReaderTests {
  private static let good =
    #"{"id":"c-1","type":"points.earn","at":"2022-10-01T09:00:00+08:00","actor":"app","#
    + #""data":{"member":"m-1","rule":"reading","quantity":1}}"#

  /// `good` with one part replaced.
  private func line(_ part: String, _ replacement: String) throws -> String {
    let text = Self.good.replacing(part, with: replacement)
    try #require(text != Self.good)
    return text
  }

  @Test("the example of the documentation is read")
  func example() throws {
    let command = try #require(parse(Self.good).command)
    #expect(command.id.text == "c-1")
    #expect(command.at.description == "2022-10-01T01:00:00.000Z")
    #expect(command.actor.text == "app")
    #expect(command.group == nil)
    #expect(command.body.type.name == "points.earn")
  }

  @Test("a command of every type is read back from its canonical line", arguments: Command.examples.indices)
  func everyType(index: Int) {
    let command = Command.examples[index]
    #expect(parse(command.line).command == command)
    #expect(parse(command.line).command?.line == command.line)
  }

  @Test("keys may come in any order and with any white space", arguments: Command.examples.indices)
  func anyOrder(index: Int) throws {
    let command = Command.examples[index]
    let object = try fields(of: command)
    for options in [[.sortedKeys], [.prettyPrinted], []] as [JSONSerialization.WritingOptions] {
      let line = [UInt8](try JSONSerialization.data(withJSONObject: object, options: options))
      #expect(parse(line).command == command)
    }
    let reversed = object.keys.sorted(by: >).map { key in
      "\"\(key)\" : " + String(decoding: (try? encoded(object[key])) ?? [], as: UTF8.self)
    }
    #expect(parse("\t{ \(reversed.joined(separator: "\r\n,")) } ").command == command)
  }

  @Test("every field of every type is required, or may be left out, as the schema says")
  func missingFields() throws {
    for command in Command.examples {
      let object = try fields(of: command)
      for field in Command.schema {
        var less = object
        #expect(less.removeValue(forKey: field.key) != nil, "an example has every field")
        let outcome = parse(try encoded(less))
        if field.isRequired {
          #expect(outcome.error?.description == "\(field.key): is missing")
        } else {
          #expect(outcome.command != nil)
        }
      }
      guard case .object(let inner) = command.body.shape else { continue }
      for field in inner {
        var data = try #require(object["data"] as? [String: Any])
        // Fields that only go with others are missing from some examples.
        guard data.removeValue(forKey: field.key) != nil else { continue }
        var less = object
        less["data"] = data
        let outcome = parse(try encoded(less))
        if field.isRequired {
          #expect(outcome.error?.description == "data.\(field.key): is missing", "\(command.body.type.name)")
        } else if let error = outcome.error {
          #expect(error.reason.hasPrefix("expected "), "\(command.body.type.name) \(field.key)")
        }
      }
    }
  }

  @Test("a field of another kind of JSON is refused at its path, and no value is repeated")
  func wrongKinds() throws {
    let secret = "ZQSECRETZQ"
    let values: [(kind: String, json: String)] = [
      ("text", "\"\(secret)\u{1F}\""), ("text", "\"\(secret) \(secret)\\u0000\""),
      ("integer", "-77777777777777777"),
      ("fraction", "7777777.5"), ("fraction", "7777777e1"), ("boolean", "true"), ("null", "null"),
      ("object", "{\"\(secret)1\":\"\(secret)\"}"), ("list", "[\"\(secret)\",[]]"),
    ]
    for command in Command.examples {
      let object = try fields(of: command)
      let data = try #require(object["data"] as? [String: Any])
      for (path, key, isData) in object.keys.map({ ($0, $0, false) })
        + data.keys.map({ ("data." + $0, $0, true) })
      {
        for value in values {
          let marker = "\"REPLACE-ME\""
          var changed = object
          if isData {
            var inner = data
            inner[key] = "REPLACE-ME"
            changed["data"] = inner
          } else {
            changed[key] = "REPLACE-ME"
          }
          let text = String(decoding: try encoded(changed), as: UTF8.self)
          guard case .invalid(_, _, let error) = parse(text.replacing(marker, with: value.json)) else {
            // Only a field that takes this kind of value lets it pass.
            #expect(value.kind == "boolean", "\(path) took \(value.json)")
            continue
          }
          #expect(!error.description.contains(secret), "\(error)")
          #expect(!error.description.contains("7777777"), "\(error)")
          let isSyntax = error.path.isEmpty && error.reason.hasPrefix("is not JSON")
          #expect(
            isSyntax || error.path == path || error.path.hasPrefix(path + ".")
              || error.path.hasPrefix(path + "["),
            "\(path) given \(value.json): \(error)")
        }
      }
    }
  }

  @Test(
    "a malformed line is refused with the path and the reason",
    arguments: [
      (#""actor":"app""#, #""actor":"app","note":1"#, "note: is not a field here"),
      (
        #""actor":"app""#, #""actor":"app","wei she me":1"#,
        "(a key that is no field's name): is not a field here"
      ),
      (#""quantity":1"#, #""quantity":1,"amount":1"#, "data.amount: is not a field here"),
      (#""actor":"app""#, #""actor":"app","actor":"app""#, "actor: stands twice in the same object"),
      (#""quantity":1"#, #""quantity":1,"quantity":1"#, "data.quantity: stands twice in the same object"),
      (
        #""quantity":1"#, #""quantity":[1,{"a":1,"a":1}]"#,
        "data.quantity[1].a: stands twice in the same object"
      ),
      (#""quantity":1"#, #""quantity":0"#, "data.quantity: expected an integer from 1 to 1000000"),
      (#""quantity":1"#, #""quantity":1000001"#, "data.quantity: expected an integer from 1 to 1000000"),
      (
        #""quantity":1"#, #""quantity":1.0"#,
        "data.quantity: expected an integer, found a number with a fraction"
      ),
      (
        #""quantity":1"#, #""quantity":1e2"#,
        "data.quantity: expected an integer, found a number with a fraction"
      ),
      (#""quantity":1"#, #""quantity":-0"#, "data.quantity: expected an integer in its shortest form"),
      (#""quantity":1"#, #""quantity":01"#, "is not JSON: found a number with a leading zero"),
      (#""quantity":1"#, #""quantity":null"#, "data.quantity: expected an integer, found null"),
      (#""quantity":1"#, #""quantity":"1""#, "data.quantity: expected an integer, found a text"),
      (#""quantity":1"#, #""quantity":[1]"#, "data.quantity: expected an integer, found a list"),
      (#""member":"m-1""#, #""member":1"#, "data.member: expected a member id of 1 to 64 characters"),
      (#""member":"m-1""#, #""member":"m 1""#, "data.member: expected a member id of 1 to 64 characters"),
      (#""member":"m-1""#, #""member":"""#, "data.member: expected a member id of 1 to 64 characters"),
      (#""member":"m-1""#, #""member":"\ud800""#, "data.member: holds half of a surrogate pair"),
      (#""member":"m-1""#, #""member":"\udc00""#, "data.member: holds half of a surrogate pair"),
      (#""member":"m-1""#, #""member":"\ud800\ud800""#, "data.member: holds half of a surrogate pair"),
      (#""member":"m-1""#, #""member":"\ud800\n""#, "data.member: holds half of a surrogate pair"),
      (#""member":"m-1""#, #""member":"\ud800x""#, "data.member: holds half of a surrogate pair"),
      (#""member":"m-1""#, #""member":"\x""#, "data.member: holds an escape that JSON does not have"),
      (#""member":"m-1""#, #""member":"\u12g4""#, "data.member: holds a \\u escape without four digits"),
      (#""member":"m-1""#, #""member":"\u12""#, "data.member: holds a \\u escape without four digits"),
      (#""member":"m-1""#, #""member":"\u0000""#, "data.member: expected a member id"),
      (#""member":"m-1""#, "\"member\":\"m\t1\"", "is not JSON: found a control character in a text"),
      ("+08:00", "", "at: expected an instant with a zone"),
      ("+08:00", "", "The time has no zone"),
      ("+08:00", "+19:00", "at: expected an instant with a zone"),
      ("09:00:00", "09:00:00.0001", "The time has more than three decimals"),
      ("09:00:00", "24:00:00", "The time does not exist"),
      (#""points.earn""#, #""points.steal""#, "type: is not a command type that this program knows"),
      (#""points.earn""#, #""points.earned""#, "type: is not a command type that this program knows"),
      (#""member":"#, #""m\u0065mber":"#, "is not JSON: found an escape in a key"),
      (#"{"id""#, #"[{"id""#, "is not JSON"),
      (#"1}}"#, #"1}}}"#, "is not JSON: found something after the end of the object"),
      (#"1}}"#, #"1}"#, "is not JSON: found the end"),
      (#"1}}"#, #"1,}}"#, "is not JSON: found no key where one should be"),
      (#""id":"#, #""id""#, "is not JSON: found no colon"),
      (#""actor":"app","#, #""actor":"app""#, "is not JSON: found no comma"),
      (#""app""#, "tru", "is not JSON: found an unexpected word"),
      (#""app""#, "NaN", "is not JSON: found an unexpected character"),
      (#""app""#, "1.", "is not JSON: found a number without digits after its point"),
      (#""app""#, "1e", "is not JSON: found a number without digits in its exponent"),
      (#""app""#, "'app'", "is not JSON: found an unexpected character"),
    ])
  func malformed(part: String, replacement: String, message: String) throws {
    let error = try #require(parse(try line(part, replacement)).error)
    #expect(error.description.contains(message), "\(error)")
  }

  @Test(
    "what is no object is refused",
    arguments: ["", " ", "[]", "1", "null", "\"x\"", "true", "\u{FEFF}{}", "{}"])
  func notAnObject(text: String) {
    #expect(parse(text).command == nil)
  }

  @Test(
    "escapes are understood",
    arguments: [
      (#"\u5de5\u4F1A"#, "工会"), (#"\ud83d\ude00"#, "😀"), (#"\uDBFF\uDFFF"#, "\u{10FFFF}"),
      (#"\"\\\/"#, "\"\\/"),
      (#"a\u0041b"#, "aAb"), ("工会", "工会"), (#"\ue000"#, "\u{E000}"), (#"\ud7ff"#, "\u{D7FF}"),
    ])
  func escapes(spelling: String, text: String) throws {
    let body = try #require(
      parse(try line(#""quantity":1"#, "\"reference\":\"\(spelling)\",\"quantity\":1")).command?.body)
    guard case .points(.earn(let data)) = body else {
      Issue.record("\(body)")
      return
    }
    #expect(data.reference.map { Array($0.text.utf8) } == Array(text.utf8))
  }

  @Test("the same instant in another spelling is the same command, and the same letter in other bytes is not")
  func equality() throws {
    let command = try #require(parse(Self.good).command)
    for spelling in ["2022-10-01T01:00:00Z", "2022-10-01T01:00:00.000Z", "2022-09-30T19:30:00.0-05:30"] {
      #expect(parse(try line("2022-10-01T09:00:00+08:00", spelling)).command == command)
    }
    let one = try #require(
      parse(try line(#""quantity":1"#, "\"quantity\":1,\"reference\":\"\u{E9}\"")).command)
    let two = try #require(
      parse(try line(#""quantity":1"#, "\"quantity\":1,\"reference\":\"e\u{301}\"")).command)
    #expect(one != two)
    #expect(one.firstDifference(from: two) == "data.reference")
  }

  @Test("a line of 64 KiB is read, and one byte more is not")
  func longLines() throws {
    let padding = String(repeating: " ", count: EventRecord.longest - Self.good.utf8.count)
    #expect(parse(Self.good + padding).command != nil)
    #expect(parse(Self.good + padding + " ").error == .tooLong)
  }

  @Test(
    "a command whose record would not fit into 64 KiB is refused, and one that just fits is recorded whole")
  func longRecords() throws {
    func rule(_ count: Int, _ last: Int) -> Command {
      var rule = DefineRule(
        rule: .sample(1), organisation: .sample(2), pointsPerUnit: Points(count: 1), validity: .unlimited,
        from: .sample(3))
      let lengths = [Int](repeating: FreeText.longest, count: count) + [last]
      rule.occupations = lengths.compactMap { FreeText(String(repeating: "x", count: $0)) }
      return Command(id: .sample(1), at: .sample(2), actor: .sample(3), .points(.defineRule(rule)))
    }
    let tooLong = rule(320, 100)
    #expect(tooLong.line.utf8.count < EventRecord.longest)
    #expect(try #require(parse(tooLong.line).error).reason.hasPrefix("is longer than 61440 bytes"))

    let fitting = (1...FreeText.longest).map { rule(300, $0) }.last { $0.line.utf8.count <= Command.longest }
    let command = try #require(fitting)
    #expect(command.line.utf8.count > Command.longest - FreeText.longest)
    #expect(parse(command.line).command == command)
    let word = Refusal.Detail(name: "organisation", value: .word(String(repeating: "会", count: 64)))
    let refused = CommandRefused(
      request: command.body, code: .organisationClosed, details: RefusalDetails(list: [word]))
    let record = EventRecord.example(.commandRefused(refused))
    #expect(try readRecord(record.bytes) == record)
  }

  @Test("nesting deeper than 16 is refused without exhausting the stack", arguments: ["[", "{\"a\":"])
  func deepNesting(opening: String) throws {
    for count in [17, 30, 10_000] {
      let error = try #require(parse(String(repeating: opening, count: count)).error)
      #expect(error.description.contains("nesting deeper than 16"))
    }
  }

  @Test("an object of 64 keys is looked through, and one of 65 is not")
  func manyKeys() throws {
    let extra = (1...59).map { "\"x\(String(repeating: "y", count: $0))\":\($0)," }.joined()
    let error = try #require(parse(try line(#"{"id":"#, "{\(extra)\"id\":")).error)
    #expect(error.description.hasSuffix("is not a field here"))
    let oneMore = try #require(parse(try line(#"{"id":"#, "{\(extra)\"z\":0,\"id\":")).error)
    #expect(oneMore.description.contains("more than 64 keys in one object"))
  }

  @Test(
    "an unknown field is refused wherever it stands",
    arguments: [(#"{"id":"#, #"{"zz":1,"id":"#), ("1}}", #"1},"zz":1}"#)])
  func unknownField(part: String, replacement: String) throws {
    #expect(parse(try line(part, replacement)).error?.path == "zz")
  }

  @Test("the id and group of a malformed line are told when they could be read")
  func glance() throws {
    guard case .invalid(let id, let group, _) = parse(try line(#""actor":"app""#, #""group":"g""#)) else {
      Issue.record("was read")
      return
    }
    #expect(id == "c-1")
    #expect(group?.text == "g")
    guard case .invalid(nil, nil, _) = parse(try line(#""id":"c-1""#, #""id":"c 1""#)),
      case .invalid(nil, nil, _) = parse(try line("1}}", "1}"))
    else {
      Issue.record("an id that is none was told")
      return
    }
  }

  @Test("a parser remembers nothing of the line before")
  func reuse() throws {
    var parser = CommandParser()
    let lines = try [
      Self.good, line("1}}", "1}"), Self.good, line(#""id":"c-1""#, #""id":7"#), "[]", Self.good,
    ]
    for text in lines {
      let bytes = Array(text.utf8)
      let reused = bytes.withUnsafeBufferPointer { parser.parse($0) }
      #expect("\(reused)" == "\(parse(bytes))")
    }
  }

  private func fields(of command: Command) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(command.line.utf8)) as? [String: Any])
  }

  private func encoded(_ value: Any?) throws -> [UInt8] {
    let value = try #require(value)
    return [UInt8](try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed]))
  }
}

extension CommandBody {
  /// Its data, as the schema shows it.
  fileprivate var shape: Shape {
    var io = SchemaWriter()
    var copy = self
    io.collect { (io: inout SchemaWriter) throws(WireError) in try copy.fields(&io) }
    return .object(io.fields)
  }
}
