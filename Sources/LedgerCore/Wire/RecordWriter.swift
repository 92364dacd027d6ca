// Values to canonical JSON bytes: fixed key order, no white space, the shortest escapes. The inverse is
// RecordReader, which accepts these bytes and no others.

/// Writes values as canonical JSON into a growing buffer, which can be reused from record to record.
package struct RecordWriter: ValueWriter {
  /// The bytes written so far, UTF-8.
  package private(set) var bytes: [UInt8] = []
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
    bytes.reserveCapacity(512)
  }

  /// Forgets the bytes and keeps the memory.
  package mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
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
    bytes.append(UInt8(ascii: isPacked ? "[" : "{"))
    isFirst = true
    do throws(WireError) { try walk(&self) } catch {
      preconditionFailure("a writer met a field it cannot write: \(error)")
    }
    bytes.append(UInt8(ascii: isPacked ? "]" : "}"))
    isFirst = false
    absent = 0
  }

  mutating func integer(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var magnitude = value.magnitude
    if magnitude < 10 {
      bytes.append(UInt8(truncatingIfNeeded: magnitude) &+ 48)
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = 20
      while magnitude > 0 {
        start &-= 1
        digits[start] = UInt8(truncatingIfNeeded: magnitude % 10) &+ 48
        magnitude /= 10
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start..<20]))
    }
  }

  mutating func null() { append("null") }

  mutating func boolean(_ value: Bool) { append(value ? "true" : "false") }

  mutating func plain(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 2) { buffer in
      guard let start = buffer.baseAddress else { return }
      start[0] = UInt8(ascii: "\"")
      fill(start + 1)
      start[count + 1] = UInt8(ascii: "\"")
      bytes.append(contentsOf: buffer)
    }
  }

  mutating func text(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    var value = value
    value.withUTF8 { utf8 in
      if utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
        for byte in utf8 { appendEscaped(byte) }
      } else {
        bytes.append(contentsOf: utf8)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func object<Value: WireObject>(_ value: Value) {
    var copy = value
    envelope { (io: inout Self) throws(WireError) in try copy.fields(&io) }
  }

  mutating func list<Element: WireValue>(_ values: [Element]) {
    bytes.append(UInt8(ascii: "["))
    var separate = false
    for value in values {
      if separate { bytes.append(UInt8(ascii: ",")) }
      separate = true
      value.write(&self)
    }
    bytes.append(UInt8(ascii: "]"))
    isFirst = false
  }

  mutating func dictionary(_ body: (inout Self) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    isFirst = true
    body(&self)
    bytes.append(UInt8(ascii: "}"))
    isFirst = false
  }

  mutating func key(_ key: String) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    text(key)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func begin(_ key: StaticString) {
    if isPacked {
      while absent > 0 {
        absent -= 1
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        append("null")
      }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      return
    }
    let count = key.utf8CodeUnitCount
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 4) { buffer in
      guard var cursor = buffer.baseAddress else { return }
      let start = cursor
      if !isFirst {
        cursor.pointee = UInt8(ascii: ",")
        cursor += 1
      }
      cursor.pointee = UInt8(ascii: "\"")
      cursor += 1
      cursor.update(from: key.utf8Start, count: count)
      cursor += count
      cursor[0] = UInt8(ascii: "\"")
      cursor[1] = UInt8(ascii: ":")
      bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: cursor + 2 - start))
    }
    isFirst = false
  }

  private mutating func append(_ literal: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
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
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 15))
    default: bytes.append(byte)
    }
  }
}

/// The lower-case hexadecimal digit of a value below 16.
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
