// The one description of each event, command and row: a type lists its fields once, and that list is its
// encoder, its strict decoder, its schema and its sample. How bytes look is in RecordWriter and RecordReader.

/// Something that walks the fields of a value in their fixed, documented order.
///
/// Writers emit each field, readers fill it in, the schema notes it down. A type therefore cannot encode a field
/// it does not decode, nor decode one that its schema does not show.
///
/// A stored record never changes, so a type grows in one of two ways:
/// - By an optional field whose absence means what older records meant. It needs no version. A command grows only
///   in this way, because `command.refused` holds commands under its own version.
/// - By raising `EventType.version`: the new field has the default that older records imply (`var months: Int64 = 1`)
///   and is walked `if io.version >= 2`. It stands wherever it belongs; the fixed order is per version. The golden
///   record of version 1 stays in Fixtures/golden, beside the new one. UpcastingTests shows it on a small type.
protocol RecordIO {
  /// The version of the record being read; writers and the schema use the newest. A field that came later is
  /// walked only `if io.version >= 2`, and keeps the default an older record implies: that is upcasting.
  var version: Int64 { get }

  /// Whether values come in rather than go out.
  static var isReading: Bool { get }

  /// What becomes of the values that are walked.
  static var flow: ValueFlow { get }

  /// A reader has met the version of the type whose data comes next.
  mutating func read(version: Int64)

  /// An object whose fields `walk` knows: data whose type another field names.
  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError)

  /// The fields of an event; a reader makes the event, of this type.
  mutating func data(of type: any EventData.Type, _ event: inout Event?) throws(WireError)

  /// An object whose fields depend on a type that another field names; `note` says what they are.
  mutating func nestedAny(
    _ key: StaticString, _ note: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError)

  /// A required field.
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError)

  /// An optional field: absent when nil, and never `null`.
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError)

  /// A required integer held to a narrower range than its type's.
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError)

  /// An optional integer held to a narrower range than its type's.
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError)

  /// A condition between fields, checked by readers: `expectation` completes "expected …".
  mutating func expect(_ condition: Bool, _ key: StaticString, _ expectation: StaticString) throws(WireError)
}

/// A JSON object described by its fields. `init()` is the blank that a reader fills in.
protocol WireObject: WireValue, Fielded, Equatable {
  init()
  mutating func fields(_ io: inout some RecordIO) throws(WireError)
}

/// Anything that stands after a key: a scalar, an object or a list.
protocol WireValue {
  static var blank: Self { get }
  /// What the schema says of it.
  static var shape: Shape { get }
  /// A plausible value for golden files; `ordinal` makes neighbours differ.
  static func sample(_ ordinal: Int) -> Self
  static func read(_ reader: inout some ValueReader) throws(WireError) -> Self
  func write(_ writer: inout some ValueWriter)
}

/// A value that is one JSON integer.
protocol WireInteger: WireValue {
  static var range: ClosedRange<Int64> { get }
  static var unit: String { get }
  init(wireInteger: Int64)
  var wireInteger: Int64 { get }
}

/// A value that is one JSON string.
protocol WireText: WireValue {
  /// Completes "expected …".
  static var expectation: String { get }
  /// What the schema says to machines; nil when the expectation must do.
  static var pattern: String? { get }
  /// Which numbers of a person no text of this type may hold (L8). Every type decides for itself.
  static var guarding: Guarding { get }
  /// The value these bytes (valid UTF-8, unescaped) spell, or nil.
  init?(wireText: UnsafeBufferPointer<UInt8>)
  func writeText(_ writer: inout some ValueWriter)
}

/// The primitives of reading one value. Both readers (strict records, free-order commands) have them.
protocol ValueReader: RecordIO {
  /// Whether a value is read in its canonical spelling only, as in records.
  static var isCanonical: Bool { get }
  mutating func integer(in range: ClosedRange<Int64>) throws(WireError) -> Int64
  mutating func boolean() throws(WireError) -> Bool
  mutating func text<Value>(
    _ expectation: @autoclosure () -> String, _ parse: (UnsafeBufferPointer<UInt8>) -> Value?
  ) throws(WireError) -> Value
  /// A text of exactly `width` bytes; `parse` accepts no quote, escape or control character among them.
  mutating func text<Value>(
    width: Int, _ expectation: @autoclosure () -> String, _ parse: (UnsafePointer<UInt8>) -> Value?
  ) throws(WireError) -> Value
  mutating func object<Value: WireObject>() throws(WireError) -> Value
  mutating func list<Element: WireValue>(atMost count: Int) throws(WireError) -> [Element]
  /// An object whose keys are not fixed: calls `entry` with each key, which must read the value.
  mutating func dictionary(
    _ entry: (String, inout Self) throws(WireError) -> Void
  ) throws(WireError)
  /// How many elements a list may have: what is sent or recorded is bounded, a row's column is not.
  var longestNestedList: Int { get }
  /// Whether the value ahead is a string; for values that are an integer or a string.
  var isTextAhead: Bool { get }
}

/// The primitives of writing one value.
protocol ValueWriter: RecordIO {
  mutating func integer(_ value: Int64)
  mutating func boolean(_ value: Bool)
  /// `value` holds no character that JSON must escape and is ASCII.
  mutating func plain(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void)
  mutating func text(_ value: String)
  /// A text, which writes itself.
  mutating func text<Value: WireText>(of value: Value)
  mutating func object<Value: WireObject>(_ value: Value)
  mutating func list<Element: WireValue>(_ values: [Element])
  mutating func dictionary(_ body: (inout Self) -> Void)
  /// One key of a `dictionary`, followed by its value.
  mutating func key(_ key: String)
}

/// How many elements a list in a record or command may have.
package let longestList = 500

/// What becomes of values while their fields are walked.
enum ValueFlow {
  /// They are looked at and stay: writers, the schema.
  case outward
  /// They are filled in from nothing: readers, samples.
  case inward
  /// They are changed where they stand.
  case through
}

/// Fields that a sum of events or commands hands on to the case at hand.
protocol Fielded: Sendable {
  mutating func fields(_ io: inout some RecordIO) throws(WireError)
  /// A value of the same case to be filled in.
  var emptied: Self { get }
}

extension Fielded {
  /// A sum stays as it is: its case is emptied in turn.
  var emptied: Self { self }
}

extension WireObject {
  var emptied: Self { Self() }
}

extension RecordIO {
  /// Walks the fields of one case of a sum, and puts the result in its place. What is filled in from nothing starts
  /// from a fresh value, so that nothing is copied only to be overwritten.
  @inline(__always)
  mutating func walk<Data: Fielded>(_ data: Data, _ put: (Data) -> Void) throws(WireError) {
    switch Self.flow {
    case .outward:
      var copy = data
      try copy.fields(&self)
    case .inward:
      var fresh = data.emptied
      try fresh.fields(&self)
      put(fresh)
    case .through:
      var copy = data
      try copy.fields(&self)
      put(copy)
    }
  }

  mutating func read(version: Int64) {}
  @inline(__always)
  mutating func nestedAny(
    _ key: StaticString, _ note: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    try nested(key, walk)
  }
  mutating func data(of type: any EventData.Type, _ event: inout Event?) throws(WireError) {
    try event?.fields(&self)
  }
  @inline(__always)
  mutating func field<Value: WireValue>(_ key: StaticString, _ value: inout Value) throws(WireError) {
    try field(key, &value, "")
  }
  @inline(__always)
  mutating func field<Value: WireValue>(_ key: StaticString, _ value: inout Value?) throws(WireError) {
    try field(key, &value, "")
  }
}

extension ValueWriter {
  mutating func text<Value: WireText>(of value: Value) { value.writeText(&self) }
}

extension WireObject {
  static var blank: Self { Self() }
  static var shape: Shape {
    var schema = SchemaWriter()
    var blank = Self()
    schema.collect { (io: inout SchemaWriter) throws(WireError) in try blank.fields(&io) }
    return .object(schema.fields)
  }
  static func sample(_ ordinal: Int) -> Self {
    var sampler = SampleWriter(ordinal: ordinal)
    var value = Self()
    sampler.fill { (io: inout SampleWriter) throws(WireError) in try value.fields(&io) }
    return value
  }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> Self { try reader.object() }
  func write(_ writer: inout some ValueWriter) { writer.object(self) }
}
