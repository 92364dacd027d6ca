// Canonical JSON bytes to values: the strict, fast reader of stored records and of packed row columns. Keys must
// come in their documented order. Commands, whose keys may come in any order, are read by CommandReader.

/// Reads exactly what RecordWriter writes; any other spelling of the same value is an error.
///
/// It does not own the bytes: they must outlive it.
struct RecordReader: ValueReader {
  /// Depth of nested objects and lists that is read; records need five.
  static let deepest = 16

  private var cursor: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private let isPacked: Bool
  private var isFirst = true
  private var depth = 0
  /// The version of the type being read.
  private(set) var version: Int64 = 1
  static var isReading: Bool { true }
  static var flow: ValueFlow { .inward }
  static var isCanonical: Bool { true }

  init(_ bytes: UnsafeBufferPointer<UInt8>, packed: Bool = false) {
    // An empty buffer may have no address; any address will do, since nothing is read from it.
    cursor = bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    end = cursor + bytes.count
    isPacked = packed
  }

  /// Nothing may follow the value.
  func finish() throws(WireError) {
    guard cursor == end else { throw WireError("", "holds \(end - cursor) bytes after its end") }
  }

  // MARK: fields

  @inline(__always)
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    try expectKey(key)
    do throws(WireError) { value = try Value.read(&self) } catch { throw error.within(key.text) }
  }

  @inline(__always)
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    guard try skipToOptional(key) else {
      value = nil
      return
    }
    do throws(WireError) { value = try Value.read(&self) } catch { throw error.within(key.text) }
  }

  @inline(__always)
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    try expectKey(key)
    do throws(WireError) { value = Value(wireInteger: try integer(in: range)) } catch {
      throw error.within(key.text)
    }
  }

  @inline(__always)
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    guard try skipToOptional(key) else {
      value = nil
      return
    }
    do throws(WireError) { value = Value(wireInteger: try integer(in: range)) } catch {
      throw error.within(key.text)
    }
  }

  mutating func expect(
    _ condition: Bool, _ key: StaticString, _ expectation: StaticString
  ) throws(WireError) {
    if !condition { throw WireError(key.text, "expected \(expectation.text)") }
  }

  mutating func read(version: Int64) { self.version = version }

  mutating func data(of type: any EventData.Type, _ event: inout Event?) throws(WireError) {
    event = try type.read(&self)
  }

  @inline(__always)
  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    try expectKey(key)
    do throws(WireError) { try envelope(walk) } catch { throw error.within(key.text) }
  }

  /// An object whose fields `walk` knows.
  @inline(__always)
  mutating func envelope(_ walk: (inout Self) throws(WireError) -> Void) throws(WireError) {
    try enter(isPacked ? UInt8(ascii: "[") : UInt8(ascii: "{"), "an object")
    try walk(&self)
    try leave(isPacked ? UInt8(ascii: "]") : UInt8(ascii: "}"))
  }

  // MARK: values

  mutating func integer(in range: ClosedRange<Int64>) throws(WireError) -> Int64 {
    // The cursor stays until the digits are read: a local is kept in a register.
    var probe = cursor
    let isNegative = probe < end && probe.pointee == UInt8(ascii: "-")
    if isNegative { probe += 1 }
    let firstDigit = probe
    var magnitude: UInt64 = 0
    // Nineteen digits cannot overflow an unsigned 64-bit integer.
    let limit = end - firstDigit < 19 ? end : firstDigit + 19
    while probe < limit {
      let digit = probe.pointee &- 48
      guard digit <= 9 else { break }
      magnitude = magnitude &* 10 &+ UInt64(digit)
      probe += 1
    }
    let digits = probe - firstDigit
    if digits == 19, probe < end, probe.pointee &- 48 <= 9 { throw outside(range) }
    guard digits > 0 else { throw WireError(expected: "an integer", found: ahead) }
    cursor = probe
    if cursor < end, cursor.pointee == UInt8(ascii: ".") || cursor.pointee | 0x20 == UInt8(ascii: "e") {
      throw WireError(expected: "an integer", found: "a number with a fraction or an exponent")
    }
    guard firstDigit.pointee != 48 || (digits == 1 && !isNegative) else {
      throw WireError(expected: "an integer in its shortest form", found: "a leading zero")
    }
    // The least Int64 has no positive counterpart.
    guard magnitude <= (isNegative ? Int64.min : Int64.max).magnitude else { throw outside(range) }
    let value = Int64(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
    guard range.contains(value) else { throw outside(range) }
    return value
  }

  private func outside(_ range: ClosedRange<Int64>) -> WireError {
    WireError(expected: integerExpectation(range), found: "an integer outside of it")
  }

  mutating func boolean() throws(WireError) -> Bool {
    if skip("true") { return true }
    if skip("false") { return false }
    throw WireError(expected: "true or false", found: ahead)
  }

  var longestNestedList: Int { isPacked ? Int.max : longestList }

  var isTextAhead: Bool { cursor < end && cursor.pointee == UInt8(ascii: "\"") }

  @inline(__always)
  mutating func text<Value>(
    _ expectation: @autoclosure () -> String, _ parse: (UnsafeBufferPointer<UInt8>) -> Value?
  ) throws(WireError) -> Value {
    guard isTextAhead else { throw WireError(expected: expectation(), found: ahead) }
    cursor += 1
    let begin = cursor
    skipPlain()
    if cursor < end {
      let byte = cursor.pointee
      if byte == UInt8(ascii: "\"") {
        let value = parse(UnsafeBufferPointer(start: begin, count: cursor - begin))
        cursor += 1
        guard let value else { throw WireError(expected: expectation(), found: "another text") }
        return value
      }
      if byte < 0x20 { throw WireError("", "holds a control character that JSON must escape") }
    }
    return try escapedText(from: begin, expectation(), parse)
  }

  /// Moves over the bytes of a text that stand for themselves, eight at a time: to a quote, a backslash, a control
  /// character, or the end.
  @inline(__always)
  private mutating func skipPlain() {
    while end - cursor >= 8 {
      let word = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self)
      let stops =
        (Self.zeros(word ^ Self.quotes) | Self.zeros(word ^ Self.backslashes) | Self.controls(word))
        & Self.highBits
      if stops != 0 {
        cursor += UInt64(littleEndian: stops).trailingZeroBitCount / 8
        return
      }
      cursor += 8
    }
    while cursor < end, cursor.pointee >= 0x20, cursor.pointee != UInt8(ascii: "\""),
      cursor.pointee != UInt8(ascii: "\\")
    {
      cursor += 1
    }
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
  private static var highBits: UInt64 { ones &* 0x80 }
  private static var quotes: UInt64 { ones &* UInt64(UInt8(ascii: "\"")) }
  private static var backslashes: UInt64 { ones &* UInt64(UInt8(ascii: "\\")) }
  /// The high bit of the lowest byte that is zero; higher ones may be set without cause.
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
  /// Likewise of the lowest byte below 0x20.
  @inline(__always) private static func controls(_ word: UInt64) -> UInt64 { (word &- ones &* 0x20) & ~word }

  @inline(__always)
  mutating func text<Value>(
    width: Int, _ expectation: @autoclosure () -> String, _ parse: (UnsafePointer<UInt8>) -> Value?
  ) throws(WireError) -> Value {
    if end - cursor >= width + 2, cursor[0] == UInt8(ascii: "\""), cursor[width + 1] == UInt8(ascii: "\""),
      let value = parse(cursor + 1)
    {
      cursor += width + 2
      return value
    }
    return try text(expectation()) { _ in nil }
  }

  /// The rest of a text that has escapes; only the escapes that RecordWriter writes.
  private mutating func escapedText<Value>(
    from begin: UnsafePointer<UInt8>, _ expectation: String,
    _ parse: (UnsafeBufferPointer<UInt8>) -> Value?
  ) throws(WireError) -> Value {
    var unescaped = [UInt8](UnsafeBufferPointer(start: begin, count: cursor - begin))
    while cursor < end {
      let byte = cursor.pointee
      cursor += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let value = unescaped.withUnsafeBufferPointer(parse) else {
          throw WireError(expected: expectation, found: "another text")
        }
        return value
      case UInt8(ascii: "\\"): unescaped.append(try escape())
      case ..<0x20: throw WireError("", "holds a control character that JSON must escape")
      default: unescaped.append(byte)
      }
    }
    throw WireError("", "ends inside a text")
  }

  private mutating func escape() throws(WireError) -> UInt8 {
    let problem = WireError("", "holds an escape that a record never uses")
    guard cursor < end else { throw WireError("", "ends inside a text") }
    let kind = cursor.pointee
    cursor += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return kind
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      guard end - cursor >= 4, cursor[0] == 48, cursor[1] == 48, cursor[2] == 48 || cursor[2] == 49,
        let low = lowerHexValue(cursor[3])
      else { throw problem }
      let value = (cursor[2] - 48) << 4 | low
      guard value != 0x0A, value != 0x0D, value != 0x09 else { throw problem }
      cursor += 4
      return value
    default: throw problem
    }
  }

  mutating func object<Value: WireObject>() throws(WireError) -> Value {
    var value = Value()
    try envelope { (io: inout Self) throws(WireError) in try value.fields(&io) }
    return value
  }

  mutating func list<Element: WireValue>(atMost count: Int) throws(WireError) -> [Element] {
    try enter(UInt8(ascii: "["), "a list")
    var values: [Element] = []
    while cursor < end, cursor.pointee != UInt8(ascii: "]") {
      try separate()
      guard values.count < count else {
        throw WireError(expected: "at most \(count) elements", found: "more")
      }
      do throws(WireError) { values.append(try Element.read(&self)) } catch {
        throw error.within(index: values.count)
      }
    }
    try leave(UInt8(ascii: "]"))
    return values
  }

  mutating func dictionary(
    _ entry: (String, inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    try enter(UInt8(ascii: "{"), "an object")
    var last: String?
    while cursor < end, cursor.pointee != UInt8(ascii: "}") {
      try separate()
      let key = try text("a key") { String(validating: $0, as: UTF8.self) }
      guard last.map({ $0 < key }) ?? true else { throw WireError("", "has keys out of order or twice") }
      last = key
      guard skip(":") else { throw WireError(expected: "a colon", found: ahead) }
      do throws(WireError) { try entry(key, &self) } catch {
        throw error.within(Array(key.utf8).withUnsafeBufferPointer { printableKey($0) })
      }
    }
    try leave(UInt8(ascii: "}"))
  }

  // MARK: tokens

  private mutating func enter(_ opening: UInt8, _ what: String) throws(WireError) {
    guard cursor < end, cursor.pointee == opening else { throw WireError(expected: what, found: ahead) }
    guard depth < Self.deepest else { throw WireError("", "is nested deeper than \(Self.deepest)") }
    depth += 1
    cursor += 1
    isFirst = true
  }

  private mutating func leave(_ closing: UInt8) throws(WireError) {
    guard cursor < end, cursor.pointee == closing else {
      throw WireError("", "has a field too many, a field out of order, or ends too early")
    }
    cursor += 1
    depth -= 1
    isFirst = false
  }

  private mutating func separate() throws(WireError) {
    if isFirst {
      isFirst = false
    } else if !skip(",") {
      throw WireError(expected: "a comma", found: ahead)
    }
  }

  @inline(__always)
  private mutating func expectKey(_ key: StaticString) throws(WireError) {
    if isPacked { return try separate() }
    guard skipKey(key) else {
      throw WireError(key.text, "expected this field here, found another or none")
    }
  }

  /// Moves to the value of an optional field; false when it is absent.
  @inline(__always)
  private mutating func skipToOptional(_ key: StaticString) throws(WireError) -> Bool {
    if isPacked {
      // What is nil at the end is left out.
      if cursor < end, cursor.pointee == UInt8(ascii: "]") { return false }
      try separate()
      return !skip("null")
    }
    return skipKey(key)
  }

  @inline(__always)
  private mutating func skipKey(_ key: StaticString) -> Bool {
    let count = key.utf8CodeUnitCount
    var probe = cursor
    if !isFirst {
      guard probe < end, probe.pointee == UInt8(ascii: ",") else { return false }
      probe += 1
    }
    guard end - probe >= count + 3, probe.pointee == UInt8(ascii: "\"") else { return false }
    probe += 1
    let expected = key.utf8Start
    guard isSame(probe, expected, count: count) else { return false }
    probe += count
    guard probe[0] == UInt8(ascii: "\""), probe[1] == UInt8(ascii: ":") else { return false }
    cursor = probe + 2
    isFirst = false
    return true
  }

  private mutating func skip(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard end - cursor >= count else { return false }
    for index in 0..<count where cursor[index] != literal.utf8Start[index] { return false }
    cursor += count
    return true
  }

  /// The kind of thing that comes next, for error messages.
  private var ahead: String { cursor < end ? jsonKind(startingWith: cursor.pointee) : "the end" }
}

/// Whether two stretches of bytes are the same; eight at a time.
@inline(__always)
func isSame(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
  var index = 0
  while index &+ 8 <= count {
    guard
      UnsafeRawPointer(left + index).loadUnaligned(as: UInt64.self)
        == UnsafeRawPointer(right + index).loadUnaligned(as: UInt64.self)
    else { return false }
    index &+= 8
  }
  while index < count {
    guard left[index] == right[index] else { return false }
    index &+= 1
  }
  return true
}

func integerExpectation(_ range: ClosedRange<Int64>) -> String {
  range == Int64.min...Int64.max
    ? "an integer" : "an integer from \(range.lowerBound) to \(range.upperBound)"
}

/// What a JSON value that starts with `byte` is called in error messages.
func jsonKind(startingWith byte: UInt8) -> String {
  switch byte {
  case UInt8(ascii: "\""): "a text"
  case UInt8(ascii: "{"): "an object"
  case UInt8(ascii: "["): "a list"
  case UInt8(ascii: "-"), 48...57: "a number"
  case UInt8(ascii: "t"), UInt8(ascii: "f"): "true or false"
  case UInt8(ascii: "n"): "null"
  default: "something that is not JSON"
  }
}

private func lowerHexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 48...57: byte - 48
  case 97...102: byte - 87
  default: nil
  }
}
