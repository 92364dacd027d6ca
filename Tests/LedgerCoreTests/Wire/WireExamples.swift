// What the wire tests share: one filled-in example of every command and event type, reading from texts, and a seeded
// generator. What is expected of them stands in the tests.

import Foundation

@testable import LedgerCore

/// Calls `body` with the bytes, and keeps the type of the error.
func lending<Result>(
  _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
) throws(WireError) -> Result {
  try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in try body(buffer) }
}

/// Reads a value from canonical bytes, as records hold it; nothing may follow.
func readRecordValue<Value: WireValue>(
  _ text: String, as type: Value.Type = Value.self
) throws(WireError) -> Value {
  try readRecordValue(Array(text.utf8), as: type)
}

func readRecordValue<Value: WireValue>(
  _ bytes: [UInt8], as type: Value.Type = Value.self
) throws(WireError) -> Value {
  try lending(bytes) { (buffer) throws(WireError) in
    var reader = RecordReader(buffer)
    let value = try Value.read(&reader)
    try reader.finish()
    return value
  }
}

/// Reads a value from any JSON, as commands hold it.
func readCommandValue<Value: WireValue>(
  _ bytes: [UInt8], as type: Value.Type = Value.self
) throws(WireError) -> Value {
  var tape = JSONTape()
  try lending(bytes) { (buffer) throws(WireError) in try tape.parse(buffer) }
  let nodes = tape.nodes
  return try lending(bytes) { (buffer) throws(WireError) in
    var result: Swift.Result<Value, WireError> = .failure(.tooLong)
    nodes.withUnsafeBufferPointer { nodes in
      var reader = CommandReader(buffer, nodes)
      do throws(WireError) { result = .success(try Value.read(&reader)) } catch { result = .failure(error) }
    }
    return try result.get()
  }
}

/// The canonical text of a value.
func written(_ value: some WireValue) -> String {
  var writer = RecordWriter()
  value.write(&writer)
  return String(decoding: writer.bytes, as: UTF8.self)
}

func readRecord(_ bytes: [UInt8]) throws(WireError) -> EventRecord {
  try lending(bytes) { (buffer) throws(WireError) in try EventRecord(buffer) }
}

/// What a command line is read as.
func parse(_ bytes: [UInt8]) -> CommandParser.Outcome {
  var parser = CommandParser()
  return bytes.withUnsafeBufferPointer { parser.parse($0) }
}

func parse(_ line: String) -> CommandParser.Outcome { parse(Array(line.utf8)) }

extension CommandParser.Outcome {
  var command: Command? {
    if case .command(let command) = self { command } else { nil }
  }
  var error: WireError? {
    if case .invalid(_, _, let error) = self { error } else { nil }
  }
}

extension CommandBody {
  /// Every command type with every field filled in. Fields that depend on each other are filled by trying.
  static let examples: [CommandBody] = blanks.map { blank in
    for ordinal in 0..<60 {
      var body = blank
      var sampler = SampleWriter(ordinal: ordinal)
      sampler.fill { (io: inout SampleWriter) throws(WireError) in try body.fields(&io) }
      if parse(Command.example(body).line).command?.body == body { return body }
    }
    preconditionFailure("no sample of \(blank.type.name) can be read")
  }
}

extension Command {
  /// A command with every field of its envelope.
  static func example(_ body: CommandBody) -> Command {
    Command(
      id: .sample(1), at: .sample(2), actor: .sample(3), body, group: .sample(4), channel: .sample(5))
  }

  static let examples: [Command] = CommandBody.examples.map(example)
}

extension Event {
  /// The blank of a type, by its name.
  static func blank(_ name: String) -> Event? {
    Array(name.utf8).withUnsafeBufferPointer { NamedType(wireText: $0)?.data.init().asEvent() }
  }
}

extension EventRecord {
  /// A record with every field of its envelope.
  static func example(_ event: Event) -> EventRecord {
    var record = EventRecord()
    record.position = 7
    record.recordedAt = .sample(9)
    record.at = .sample(2)
    record.command = .sample(1)
    record.actor = .sample(3)
    record.via = .sample(6)
    record.channel = .sample(5)
    record.group = .sample(4)
    record.reverses = 5
    record.corrects = 6
    record.event = event
    record.previous = event.subjects.indices.map { Int64($0 * 2) }
    return record
  }

  /// A record of every event type with every field filled in.
  static let examples: [EventRecord] = Event.blanks.map { blank in
    for ordinal in 0..<60 {
      var event = blank
      var sampler = SampleWriter(ordinal: ordinal)
      sampler.fill { (io: inout SampleWriter) throws(WireError) in try event.fields(&io) }
      let record = example(event)
      if (try? readRecord(record.bytes)) == record { return record }
    }
    preconditionFailure("no sample of \(blank.type.name) can be read")
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
