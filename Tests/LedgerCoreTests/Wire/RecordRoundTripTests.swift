// What RecordWriter writes, RecordReader reads back: every event type, every scalar at its edges, packed columns.
// What the reader refuses is in RecordStrictnessTests.

import Testing

@testable import LedgerCore

@Suite("Records, there and back")
struct RecordRoundTripTests {
  @Test(
    "a record of every event type is read back as it was written", arguments: EventRecord.examples.indices)
  func everyType(index: Int) throws {
    let record = EventRecord.examples[index]
    let read = try readRecord(record.bytes)
    #expect(read == record)
    #expect(read.bytes == record.bytes)
  }

  @Test(
    "a record without its optional fields is read back as it was written", arguments: Event.blanks.indices)
  func leastRecord(index: Int) throws {
    var record = EventRecord.examples[index]
    record.via = nil
    record.channel = nil
    record.group = nil
    record.previous = []
    #expect(try readRecord(record.bytes) == record)
  }

  @Test(
    "an integer at the edges of Int64 is read back",
    arguments: [Int64.min, Int64.min + 1, -10, -9, -1, 0, 1, 9, 10, 99, 100, Int64.max - 1, Int64.max])
  func integers(value: Int64) throws {
    #expect(written(value) == "\(value)")
    #expect(try readRecordValue(written(value)) == value)
    #expect(try readCommandValue(Array(written(value).utf8)) == value)
  }

  @Test(
    "a text with any character is read back",
    arguments: [
      "工会积分", "\"", "\\", "a\\\"b", "/", "\u{7E}", "é", "e\u{301}", "😀", "\u{FFFD}", "\u{2028}", "\u{10FFFF}",
    ])
  func texts(text: String) throws {
    let value = try #require(FreeText(text))
    #expect(try readRecordValue(written(value)) == value)
    #expect(try readCommandValue(Array(written(value).utf8)) == value)
  }

  @Test("control characters in the words of a refusal are escaped in one way and read back")
  func controlCharacters() throws {
    let word = String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar($0) }))
    let details = RefusalDetails(list: [Refusal.Detail(name: "word", value: .word(word))])
    let text = written(details)
    #expect(text.hasPrefix(#"{"word":"\u0000\u0001"#))
    #expect(text.contains(#"\u0008\t\n\u000b\u000c\r\u000e"#))
    #expect(try readRecordValue(text) == details)
  }

  @Test("instants, days, months, zones and words are read back")
  func scalars() throws {
    for value in [Instant.earliest, .latest, .sample(1)] {
      #expect(try readRecordValue(written(value)) == value)
    }
    for value in [CivilDay.earliest, .latest, .sample(1)] {
      #expect(try readRecordValue(written(value)) == value)
    }
    for value in [CivilDay.earliest.civilMonth, CivilDay.latest.civilMonth] {
      #expect(try readRecordValue(written(value)) == value)
    }
    for minutes in [-1080, -1, 0, 1, 480, 1080] {
      let value = Zone(offsetMinutes: minutes)
      #expect(try readRecordValue(written(value)) == value)
    }
    for value in Role.allCases { #expect(try readRecordValue(written(value)) == value) }
    for value in [true, false] { #expect(try readRecordValue(written(value)) == value) }
  }

  @Test("a packed list, as columns of rows hold it, is read back with its missing fields missing")
  func packed() throws {
    let lots = [LotShare.sample(1), LotShare(.sample(2), points: Points(count: 5), expires: nil)]
    let text = RecordWriter.list(lots)
    #expect(text.hasPrefix("[[\""))
    #expect(text.contains(",null,"))
    #expect(try RecordReader.list(text) == lots)
    #expect(try RecordReader.list("[]") == [LotShare]())
  }

  @Test("a writer that is reset starts again")
  func reset() {
    var writer = RecordWriter()
    for record in EventRecord.examples {
      writer.reset()
      record.write(&writer)
      #expect(writer.bytes == record.bytes)
    }
  }
}
