// What RecordReader refuses: every spelling of a value but the canonical one, and where the error says it stands.
// That it refuses every such spelling is tried at random in MutationTests.

import Testing

@testable import LedgerCore

/// One field of every kind.
private struct Example: WireObject {
  var count: Int64 = 0
  var name: FreeText?
  var day: CivilDay = .blank
  var done = false
  var list: [Int64] = []
  var inner = Inner()
  var rest: Int64?

  struct Inner: WireObject {
    var points: Points = .zero
    mutating func fields(_ io: inout some RecordIO) throws(WireError) {
      try io.field("points", &points, in: 1...10, "")
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("count", &count)
    try io.field("name", &name)
    try io.field("day", &day)
    try io.field("done", &done)
    try io.field("list", &list)
    try io.field("inner", &inner)
    try io.field("rest", &rest)
  }
}

@Suite("Records, strictly")
struct RecordStrictnessTests {
  private static let good =
    #"{"count":1,"name":"n","day":"2022-10-01","done":true,"list":[1,2],"inner":{"points":3},"rest":4}"#

  /// The error for `good` with one part of it replaced.
  private func error(_ part: String, _ replacement: String) throws -> WireError {
    let text = Self.good.replacing(part, with: replacement)
    try #require(text != Self.good)
    do throws(WireError) {
      _ = try readRecordValue(text, as: Example.self)
    } catch { return error }
    Issue.record("\(text) was read")
    return .tooLong
  }

  @Test("the canonical text is read, with and without its optional fields")
  func canonical() throws {
    #expect(written(try readRecordValue(Self.good, as: Example.self)) == Self.good)
    let less = Self.good.replacing(#","name":"n""#, with: "").replacing(#","rest":4"#, with: "")
    #expect(written(try readRecordValue(less, as: Example.self)) == less)
  }

  @Test(
    "a text that is not canonical is refused, and the error names the field",
    arguments: [
      // Keys.
      (#""count":1,"name":"n""#, #""name":"n","count":1"#, "count"),
      (#""name":"n","day":"2022-10-01""#, #""day":"2022-10-01","name":"n""#, "done"),
      (#""count":1,"#, #""count":1,"count":1,"#, "day"),
      (#""count":1,"#, #""count":1,"other":1,"#, "day"),
      (#""rest":4"#, #""rest":4,"rest":4"#, ""),
      (#""rest":4"#, #""rest":4,"more":1"#, ""),
      (#""day":"2022-10-01","#, "", "day"),
      (#"{"count":1,"#, "{", "count"),
      (#""count""#, #""co\u0075nt""#, "count"),
      (#""count""#, #""Count""#, "count"),
      (#""count""#, "count", "count"),
      (#""points":3"#, #""points":3,"points":3"#, "inner"),
      (#""points":3"#, "", "inner.points"),
      // White space.
      (#"{"count""#, #" {"count""#, ""),
      (#"{"count""#, #"{ "count""#, "count"),
      (#""count":1"#, #""count" :1"#, "count"),
      (#""count":1"#, #""count": 1"#, "count"),
      (#""count":1,"#, #""count":1 ,"#, "day"),
      (#""count":1,"#, "\"count\":1,\n", "day"),
      ("[1,2]", "[1, 2]", "list[1]"),
      ("[1,2]", "[1,2 ]", "list"),
      (#""rest":4}"#, #""rest":4 }"#, ""),
      (#""rest":4}"#, "\"rest\":4}\n", ""),
      // Integers.
      (#""count":1"#, #""count":01"#, "count"),
      (#""count":1"#, #""count":00"#, "count"),
      (#""count":1"#, #""count":-0"#, "count"),
      (#""count":1"#, #""count":-01"#, "count"),
      (#""count":1"#, #""count":+1"#, "count"),
      (#""count":1"#, #""count":-"#, "count"),
      (#""count":1"#, #""count":1.0"#, "count"),
      (#""count":1"#, #""count":1."#, "count"),
      (#""count":1"#, #""count":1e0"#, "count"),
      (#""count":1"#, #""count":1E0"#, "count"),
      (#""count":1"#, #""count":0x1"#, "day"),
      (#""count":1"#, #""count":9223372036854775808"#, "count"),
      (#""count":1"#, #""count":-9223372036854775809"#, "count"),
      (#""count":1"#, #""count":18446744073709551617"#, "count"),
      (#""count":1"#, #""count":99999999999999999999999999"#, "count"),
      (#""count":1"#, #""count":"1""#, "count"),
      (#""count":1"#, #""count":true"#, "count"),
      (#""count":1"#, #""count":null"#, "count"),
      (#""count":1"#, #""count":"#, "count"),
      (#""count":1"#, #""count":１"#, "count"),
      (#""points":3"#, #""points":0"#, "inner.points"),
      (#""points":3"#, #""points":11"#, "inner.points"),
      (#""points":3"#, #""points":-1"#, "inner.points"),
      // Texts.
      (#""name":"n""#, #""name":null"#, "name"),
      (#""name":"n""#, #""name":"""#, "name"),
      (#""name":"n""#, "\"name\":\"n\u{1}\"", "name"),
      (#""name":"n""#, "\"name\":\"n\n\"", "name"),
      (#""name":"n""#, #""name":"n\n""#, "name"),
      (#""name":"n""#, #""name":"\u006e""#, "name"),
      (#""name":"n""#, #""name":"\/""#, "name"),
      (#""name":"n""#, #""name":"\b""#, "name"),
      (#""name":"n""#, #""name":"\x""#, "name"),
      (#""name":"n""#, #""name":"\u00""#, "name"),
      (#""name":"n""#, #""name":"\u001F""#, "name"),
      (#""name":"n""#, #""name":"\u000a""#, "name"),
      (#""name":"n""#, #""name":"\ud83d\ude00""#, "name"),
      (#""name":"n""#, #""name":"\ud83d""#, "name"),
      (#""name":"n""#, #""name":'n'"#, "name"),
      (#""day":"2022-10-01""#, #""day":"2022-10-1""#, "day"),
      (#""day":"2022-10-01""#, #""day":"2022-02-30""#, "day"),
      (#""day":"2022-10-01""#, #""day":"2022\u002d10-01""#, "day"),
      (#""done":true"#, #""done":True"#, "done"),
      (#""done":true"#, #""done":1"#, "done"),
      (#""done":true"#, #""done":tru"#, "done"),
      (#""done":true"#, #""done":truee"#, "list"),
      // Lists and objects.
      ("[1,2]", "[1,2,]", "list[2]"),
      ("[1,2]", "[,1]", "list[0]"),
      ("[1,2]", "[1,,2]", "list[1]"),
      ("[1,2]", "[1 2]", "list"),
      ("[1,2]", "[1,2", "list[2]"),
      ("[1,2]", "{}", "list"),
      ("[1,2]", "null", "list"),
      (#"{"points":3}"#, "[3]", "inner"),
      (#"{"points":3}"#, "{}", "inner.points"),
      // The ends.
      (#""rest":4}"#, #""rest":4"#, ""),
      (#""rest":4}"#, #""rest":4}}"#, ""),
      (#""rest":4}"#, #""rest":4},"#, ""),
      (#""rest":4}"#, "\"rest\":4}\0", ""),
    ])
  func notCanonical(part: String, replacement: String, path: String) throws {
    #expect(try error(part, replacement).path == path)
  }

  @Test(
    "every beginning of a record is refused", arguments: [EventRecord.examples[0], EventRecord.examples[9]])
  func cutOff(record: EventRecord) {
    let bytes = record.bytes
    for length in 0..<bytes.count {
      #expect(throws: WireError.self) { try readRecord(Array(bytes[..<length])) }
    }
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xC3], [0xE5, 0xB7], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0xAF],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let quoted = [0x22] + bytes + [0x22]
    #expect(throws: WireError.self) { try readRecordValue(quoted, as: FreeText.self) }
    #expect(throws: WireError.self) { try readRecordValue(quoted, as: MemberID.self) }
    #expect(throws: WireError.self) { try readRecordValue(quoted, as: Role.self) }
    #expect(throws: WireError.self) { try readRecordValue(quoted, as: TypeName.self) }
    #expect(throws: WireError.self) { try readCommandValue(quoted, as: FreeText.self) }
    let details = Array(#"{"word":"#.utf8) + quoted + [0x7D]
    #expect(throws: WireError.self) { try readRecordValue(details, as: RefusalDetails.self) }
  }

  @Test(
    "an instant in a record has 24 bytes, and no other spelling",
    arguments: [
      "2022-10-01T01:00:00Z", "2022-10-01T01:00:00.0Z", "2022-10-01T01:00:00.00Z",
      "2022-10-01T09:00:00+08:00",
      "2022-10-01T09:00:00.000+08:00", "2022-10-01T01:00:00+00:00", "2022-10-01t01:00:00.000Z",
      "2022-10-01T01:00:00.000z",
    ])
  func instants(text: String) {
    #expect(throws: WireError.self) { try readRecordValue("\"\(text)\"", as: Instant.self) }
  }

  @Test("a zone in a record has one spelling", arguments: ["Z", "-00:00", "+8:00", "+08", "+19:00"])
  func zones(text: String) {
    #expect(throws: WireError.self) { try readRecordValue("\"\(text)\"", as: Zone.self) }
  }

  @Test(
    "the keys of a refusal's numbers stand in order, each once, and an odd key is not repeated in the error")
  func dictionaryKeys() throws {
    for text in [
      #"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#, #"{"a":1,}"#, #"{"a" :1}"#, #"{"a":1 }"#, #"{"a":null}"#,
    ] {
      #expect(throws: WireError.self) { try readRecordValue(text, as: RefusalDetails.self) }
    }
    do throws(WireError) {
      _ = try readRecordValue(#"{"330106 1990":1.5}"#, as: RefusalDetails.self)
      Issue.record("was read")
    } catch {
      #expect(!error.description.contains("330106"))
      #expect(error.path == "(a key that is no field's name)")
    }
  }

  @Test("a list has at most 500 elements")
  func longLists() throws {
    let list = [Int64](repeating: 7, count: longestList)
    #expect(try readRecordValue(written(list)) == list)
    #expect(try readCommandValue(Array(written(list).utf8)) == list)
    #expect(throws: WireError.self) { try readRecordValue(written(list + [7]), as: [Int64].self) }
    #expect(throws: WireError.self) {
      try readCommandValue(Array(written(list + [7]).utf8), as: [Int64].self)
    }
  }

  @Test("lists deeper than 16 are refused without exhausting the stack")
  func deepNesting() {
    let text = String(repeating: "[", count: 40_000)
    #expect(throws: WireError.self) { try readRecordValue(text, as: [[[Int64]]].self) }
    #expect(throws: WireError.self) { try readCommandValue(Array(text.utf8), as: [Int64].self) }
  }

  @Test("a record of more than 64 KiB is not read")
  func tooLong() {
    let bytes = [UInt8](repeating: 0x20, count: EventRecord.longest + 1)
    #expect(throws: WireError.tooLong) { try readRecord(bytes) }
  }

  @Test("a type and a version that the program does not know are refused, and are not repeated in the error")
  func unknownTypes() throws {
    let text = String(decoding: EventRecord.examples[0].bytes, as: UTF8.self)
    for (old, new, path) in [
      (#""type":"ledger.opened""#, #""type":"ledger.secret""#, "type"),
      (#""version":1"#, #""version":999"#, "version"), (#""version":1"#, #""version":0"#, "version"),
      (#""position":7"#, #""position":0"#, "position"), (#""position":7"#, #""position":-7"#, "position"),
    ] {
      let changed = text.replacing(old, with: new)
      try #require(changed != text)
      do throws(WireError) {
        _ = try readRecord(Array(changed.utf8))
        Issue.record("was read")
      } catch {
        #expect(error.path == path)
        #expect(!error.description.contains("secret"))
        #expect(!error.description.contains("999"))
      }
    }
  }
}
