// What a type's fields are, collected from its one description: for `benefits schema`, and the samples from which
// golden files are made. Nothing here reads or writes data of a ledger.

/// The shape of a value, as the schema shows it.
package indirect enum Shape: Equatable, Sendable {
  case integer(ClosedRange<Int64>, unit: String)
  case boolean
  /// The text completes "expected …"; the pattern (ECMA-262, as JSON Schema has it) may accept a little more than the
  /// reader does.
  case text(String, pattern: String? = nil)
  case words([String])
  case object([SchemaField])
  case list(Shape)
  /// An object whose keys are not fixed; the text says what they are.
  case dictionary(String)
}

/// One field of an object.
package struct SchemaField: Equatable, Sendable {
  package let key: String
  package let shape: Shape
  package let isRequired: Bool
  /// A remark for people; may be empty.
  package let note: String
}

/// Notes down the fields instead of their values.
struct SchemaWriter: RecordIO {
  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .outward }
  private(set) var fields: [SchemaField] = []

  mutating func collect(_ walk: (inout SchemaWriter) throws(WireError) -> Void) {
    do throws(WireError) { try walk(&self) } catch { preconditionFailure("a schema cannot fail: \(error)") }
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    add(key, Value.shape, isRequired: true, note)
  }
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    add(key, Value.shape, isRequired: false, note)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    add(key, .integer(range, unit: Value.unit), isRequired: true, note)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    add(key, .integer(range, unit: Value.unit), isRequired: false, note)
  }
  mutating func expect(_ condition: Bool, _ key: StaticString, _ expectation: StaticString) {}
  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    var inner = SchemaWriter()
    try walk(&inner)
    fields.append(SchemaField(key: key.text, shape: .object(inner.fields), isRequired: true, note: ""))
  }

  mutating func nestedAny(
    _ key: StaticString, _ note: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    add(key, .dictionary(note.text), isRequired: true, "")
  }

  private mutating func add(_ key: StaticString, _ shape: Shape, isRequired: Bool, _ note: StaticString) {
    fields.append(SchemaField(key: key.text, shape: shape, isRequired: isRequired, note: note.text))
  }
}

/// Fills every field, the optional ones too, with a plausible value.
struct SampleWriter: RecordIO {
  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .inward }
  private var ordinal: Int

  init(ordinal: Int) { self.ordinal = ordinal }

  mutating func fill(_ walk: (inout SampleWriter) throws(WireError) -> Void) {
    do throws(WireError) { try walk(&self) } catch { preconditionFailure("a sample cannot fail: \(error)") }
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    value = Value.sample(next())
  }
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    value = Value.sample(next())
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    value = Value(wireInteger: sample(in: range))
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    value = Value(wireInteger: sample(in: range))
  }
  mutating func expect(_ condition: Bool, _ key: StaticString, _ expectation: StaticString) {}
  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    try walk(&self)
  }

  private mutating func sample(in range: ClosedRange<Int64>) -> Int64 {
    min(range.upperBound, max(range.lowerBound, 1) + Int64(next()))
  }
  private mutating func next() -> Int {
    ordinal += 1
    return ordinal
  }
}
