// Values to canonical JSON bytes: fixed key order, no white space, the shortest escapes. The inverse is
// RecordReader, which accepts these bytes and no others.

/// Writes values as canonical JSON into a growing buffer, which can be reused from record to record.
package struct RecordWriter: ValueWriter {
  /// Room for bytes, of which the first `count` are written. Appending to an array piece by piece costs more than
  /// what is appended.
  private var room = [UInt8](repeating: 0, count: 512)
  /// How many bytes were written so far.
  package private(set) var count = 0
  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .outward }
  /// In packed form objects are arrays of their values in field order, nil is `null` and left out at the end: for
  /// columns of rows.
  let isPacked: Bool
  private var isFirst = true
  /// Fields in a row that were nil, in packed form: written as `null` only when another field follows them.
  private var absent = 0

  package init() { self.init(packed: false) }

  init(packed: Bool) {
    isPacked = packed
  }

  /// The bytes written so far, UTF-8.
  package var bytes: [UInt8] { Array(room[..<count]) }
  /// The same as a string.
  var string: String { String(decoding: room[..<count], as: UTF8.self) }
  /// Lends the same.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try room.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  /// Forgets the bytes and keeps the memory.
  package mutating func reset() {
    count = 0
    isFirst = true
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    begin(key)
    value.write(&self)
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    if let present = value {
      begin(key)
      present.write(&self)
    } else if isPacked {
      absent += 1
    }
  }

  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    begin(key)
    integer(value.wireInteger)
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
    begin(key)
    envelope(walk)
  }

  /// An object whose fields `walk` knows.
  mutating func envelope(_ walk: (inout Self) throws(WireError) -> Void) {
    put(UInt8(ascii: isPacked ? "[" : "{"))
    isFirst = true
    do throws(WireError) { try walk(&self) } catch {
      preconditionFailure("a writer met a field it cannot write: \(error)")
    }
    put(UInt8(ascii: isPacked ? "]" : "}"))
    isFirst = false
    absent = 0
  }

  mutating func integer(_ value: Int64) {
    write(atMost: 20) { start in
      var cursor = start
      if value < 0 {
        cursor.pointee = UInt8(ascii: "-")
        cursor += 1
      }
      var digits = 1
      var rest = value.magnitude / 10
      while rest > 0 {
        digits += 1
        rest /= 10
      }
      rest = value.magnitude
      for place in (0..<digits).reversed() {
        cursor[place] = UInt8(truncatingIfNeeded: rest % 10) &+ 48
        rest /= 10
      }
      return cursor + digits
    }
  }

  mutating func null() { append("null") }

  mutating func boolean(_ value: Bool) { append(value ? "true" : "false") }

  mutating func plain(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    write(atMost: count + 2) { start in
      start[0] = UInt8(ascii: "\"")
      fill(start + 1)
      start[count + 1] = UInt8(ascii: "\"")
      return start + count + 2
    }
  }

  mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      if utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
        put(UInt8(ascii: "\""))
        for byte in utf8 { appendEscaped(byte) }
        put(UInt8(ascii: "\""))
      } else {
        plain(count: utf8.count) { start in
          if let source = utf8.baseAddress { start.update(from: source, count: utf8.count) }
        }
      }
    }
  }

  mutating func object<Value: WireObject>(_ value: Value) {
    var copy = value
    envelope { (io: inout Self) throws(WireError) in try copy.fields(&io) }
  }

  mutating func list<Element: WireValue>(_ values: [Element]) {
    put(UInt8(ascii: "["))
    var separate = false
    for value in values {
      if separate { put(UInt8(ascii: ",")) }
      separate = true
      value.write(&self)
    }
    put(UInt8(ascii: "]"))
    isFirst = false
  }

  mutating func dictionary(_ body: (inout Self) -> Void) {
    put(UInt8(ascii: "{"))
    isFirst = true
    body(&self)
    put(UInt8(ascii: "}"))
    isFirst = false
  }

  mutating func key(_ key: String) {
    if !isFirst { put(UInt8(ascii: ",")) }
    isFirst = false
    text(key)
    put(UInt8(ascii: ":"))
  }

  private mutating func begin(_ key: StaticString) {
    if isPacked {
      while absent > 0 {
        absent -= 1
        if !isFirst { put(UInt8(ascii: ",")) }
        isFirst = false
        append("null")
      }
      if !isFirst { put(UInt8(ascii: ",")) }
      isFirst = false
      return
    }
    let length = key.utf8CodeUnitCount
    let separates = !isFirst
    write(atMost: length + 4) { start in
      var cursor = start
      if separates {
        cursor.pointee = UInt8(ascii: ",")
        cursor += 1
      }
      cursor[0] = UInt8(ascii: "\"")
      (cursor + 1).update(from: key.utf8Start, count: length)
      cursor += length + 1
      cursor[0] = UInt8(ascii: "\"")
      cursor[1] = UInt8(ascii: ":")
      return cursor + 2
    }
    isFirst = false
  }

  private mutating func append(_ literal: StaticString) {
    let length = literal.utf8CodeUnitCount
    write(atMost: length) { start in
      start.update(from: literal.utf8Start, count: length)
      return start + length
    }
  }

  private mutating func put(_ byte: UInt8) {
    if count == room.count { makeRoom(1) }
    room[count] = byte
    count += 1
  }

  /// Lets `fill` write behind what is there, at most so many bytes; it says where it stopped.
  @inline(__always)
  private mutating func write(
    atMost most: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
  ) {
    if room.count - count < most { makeRoom(most) }
    let before = count
    count = room.withUnsafeMutableBufferPointer { room in
      guard let start = room.baseAddress else { return before }
      return fill(start + before) - start
    }
  }

  @inline(never)
  private mutating func makeRoom(_ most: Int) {
    room += [UInt8](repeating: 0, count: max(room.count, most))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case ..<0x20:
      append("\\u00")
      put(hexDigit(byte >> 4))
      put(hexDigit(byte & 15))
    default: put(byte)
    }
  }
}

/// The lower-case hexadecimal digit of a value below 16.
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
