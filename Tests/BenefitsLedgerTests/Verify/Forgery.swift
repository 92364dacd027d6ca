// The tools of a forger who can do everything but ask the rules: another value in a field of a record, and a ledger file
// made anew from records, with all hashes, the index and the rows. What is forged is in RedecideTests and FieldForgeryTests.

import Foundation

@testable import BenefitsLedger
@testable import LedgerCore

/// A record with one field changed.
struct Forgery: CustomStringConvertible {
  let record: EventRecord
  /// The field's path, such as `data.availableFen`.
  let field: String

  var description: String { "\(record.type.name) \(field)" }

  /// Every field of a record in turn: with another value; an absent one also given a value, an optional one also taken
  /// away. The names of types, which say what follows, stay.
  static func all(of record: EventRecord) -> [Forgery] {
    var forgeries: [Forgery] = []
    for isRemoval in [false, true] {
      var target = 0
      while true {
        var forged = record
        var forger = FieldForger(target: target, isRemoval: isRemoval)
        do throws(WireError) { try forged.fields(&forger) } catch { break }
        if forger.count <= target { break }
        if forged != record { forgeries.append(Forgery(record: forged, field: forger.path)) }
        target += 1
      }
    }
    return forgeries
  }
}

extension EventRecord {
  /// Forgeries of what was decided, in the event at `index` of a command: all fields but those that came in with the
  /// command, which stand in its first event (who, when, by what way) and in that which answers it (what was asked).
  static func forgeries(of events: [EventRecord], at index: Int) -> [Forgery] {
    let record = events[index]
    let answering = events.firstIndex { $0.isFirst }
    var inputs: Set<String> = ["command"]
    if index == 0 { inputs.formUnion(["position", "recordedAt", "via"]) }
    if index == answering {
      inputs.formUnion(["at", "actor", "channel", "group"])
      inputs.formUnion(record.event.request?.paths.map { "data." + $0 } ?? [])
    }
    // Where these keep a command as it was sent, with its type.
    let kept = [
      JobOpened.type.name: "data.data.", CommandRefused.type.name: "data.data.",
      ApprovalOpened.type.name: "data.request.data.",
    ]
    let command = index == answering ? kept[record.type.name] : nil
    return Forgery.all(of: record).filter { forgery in
      !inputs.contains(forgery.field) && !(command.map(forgery.field.hasPrefix) ?? false)
    }
  }
}

extension CommandBody {
  /// Every field that a command of this type may have.
  fileprivate var paths: [String] {
    var filled = self
    var sampler = SampleWriter(ordinal: 1)
    sampler.fill { (io: inout SampleWriter) throws(WireError) in try filled.fields(&io) }
    return filled.listed().map(\.path)
  }
}

/// Changes one field, found by its number in the walk.
private struct FieldForger: RecordIO {
  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .through }
  let target: Int
  let isRemoval: Bool
  private(set) var count = 0
  private(set) var path = ""
  private var prefix = ""

  init(target: Int, isRemoval: Bool) {
    self.target = target
    self.isRemoval = isRemoval
  }

  private func other<Value: WireValue>(than value: Value?) -> Value? {
    if value is TypeName || value is NamedType { return value }
    if let flag = value as? Bool { return !flag as? Value }
    for ordinal in 2..<12 {
      let sample = Value.sample(ordinal)
      guard let value, Self.bytes(value) == Self.bytes(sample) else { return sample }
    }
    return value
  }

  private static func bytes(_ value: some WireValue) -> [UInt8] {
    var writer = RecordWriter()
    value.write(&writer)
    return writer.bytes
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    defer { count += 1 }
    guard count == target, !isRemoval, let other = other(than: value) else { return }
    path = prefix + key.text
    value = other
  }
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    defer { count += 1 }
    guard count == target else { return }
    path = prefix + key.text
    value = isRemoval ? nil : other(than: value)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    defer { count += 1 }
    guard count == target, !isRemoval else { return }
    path = prefix + key.text
    value = Self.other(than: value, in: range)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    defer { count += 1 }
    guard count == target else { return }
    path = prefix + key.text
    value = isRemoval ? nil : Self.other(than: value ?? Value(wireInteger: range.upperBound), in: range)
  }
  private static func other<Value: WireInteger>(than value: Value, in range: ClosedRange<Int64>) -> Value {
    Value(wireInteger: value.wireInteger < range.upperBound ? value.wireInteger + 1 : range.lowerBound)
  }
  mutating func expect(_ condition: Bool, _ key: StaticString, _ expectation: StaticString) {}
  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    let outer = prefix
    prefix += key.text + "."
    try walk(&self)
    prefix = outer
  }
}

/// The records of a ledger, in order.
func readRecords(_ path: String) throws -> [EventRecord] {
  var records: [EventRecord] = []
  try LedgerReader(path: path).eachRecord(from: 1) { bytes in
    records.append(try EventRecord(bytes.bindMemory(to: UInt8.self)))
  }
  return records
}

extension [EventRecord] {
  /// The events of each command.
  var byCommand: [[EventRecord]] {
    reduce(into: []) { commands, record in
      if commands.last?.last?.command == record.command {
        commands[commands.count - 1].append(record)
      } else {
        commands.append([record])
      }
    }
  }

  /// The same with another record in a place.
  func replacing(_ index: Int, with record: EventRecord) -> [EventRecord] {
    var changed = self
    changed[index] = record
    return changed
  }
}

/// Makes a ledger file from records as they are, with hashes, head, index and rows that belong to them.
func forge(_ records: [EventRecord], at path: String) throws {
  try write(records, to: path)
  _ = try Rebuilder.rebuild(path)
}

private func write(_ records: [EventRecord], to path: String) throws {
  try LedgerFile.claim(path)
  let connection = try LedgerFile.create(path)
  let log = try EventLog(connection, path: path)
  try connection.beginImmediate()
  var last: CommandID?
  for (record, position) in zip(records, Int64(1)...) {
    try record.bytes.withUnsafeBytes { try log.append($0, at: position) }
    if record.command != last { try log.note(record.command, at: position) }
    last = record.command
  }
  try log.writeHead(recordedAt: records.map(\.recordedAt).max() ?? .earliest)
  try connection.commit()
  _ = try connection.checkpoint(.truncate)
}
