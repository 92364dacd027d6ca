// Where two commands of one id differ, for the answer to a conflict, and where two records do, for an auditor. Only asked
// when they do.

/// Notes down each field's canonical bytes by its path.
private struct FieldLister: RecordIO {
  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .outward }
  private(set) var fields: [(path: String, bytes: [UInt8])] = []
  private var prefix = ""

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    var writer = RecordWriter()
    value.write(&writer)
    fields.append((prefix + key.text, writer.bytes))
  }
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    guard var present = value else { return }
    try field(key, &present, note)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    try field(key, &value, note)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    try field(key, &value, note)
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

extension CommandBody {
  /// The first field that differs or that only one of them has; nil when there is none.
  func firstDifferentField(from other: CommandBody) -> String? {
    let mine = listed()
    let theirs = other.listed()
    let different = mine.first { field in
      !theirs.contains { $0.path == field.path && $0.bytes == field.bytes }
    }
    return (different ?? theirs.first { field in !mine.contains { $0.path == field.path } })?.path
  }

  func listed() -> [(path: String, bytes: [UInt8])] {
    var lister = FieldLister()
    var copy = self
    do throws(WireError) { try copy.fields(&lister) } catch { return [] }
    return lister.fields
  }
}

extension EventRecord {
  /// The fields that differ or that only one of them has, in order, each with its JSON in this record and in the other.
  func differences(from other: EventRecord) -> [(path: String, mine: String?, theirs: String?)] {
    let mine = listed()
    let theirs = other.listed()
    func text(_ fields: [(path: String, bytes: [UInt8])], _ path: String) -> String? {
      fields.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
    let changed = mine.map { ($0.path, text(mine, $0.path), text(theirs, $0.path)) }
    let added = theirs.filter { field in !mine.contains { $0.path == field.path } }
      .map { ($0.path, nil as String?, text(theirs, $0.path)) }
    return (changed + added).filter { $0.1 != $0.2 }
  }

  func listed() -> [(path: String, bytes: [UInt8])] {
    var lister = FieldLister()
    var copy = self
    do throws(WireError) { try copy.fields(&lister) } catch { return [] }
    return lister.fields
  }
}
