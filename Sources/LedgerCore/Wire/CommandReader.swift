// A command's JSON, keys in any order, to values. Unknown fields are refused, not ignored. Stored records are read
// by RecordReader, which is stricter and faster.

/// Reads values from a parsed JSON line. It does not own the bytes or the tape: they must outlive it.
struct CommandReader: ValueReader {
  var version: Int64 { Int64.max }
  static var isReading: Bool { true }
  static var flow: ValueFlow { .inward }
  static var isCanonical: Bool { false }
  private let bytes: UnsafeBufferPointer<UInt8>
  private let nodes: UnsafeBufferPointer<JSONTape.Node>
  /// The node of the value to read next.
  private var current: Int
  /// The object whose fields are being read: its node, the key to look at first with its ordinal among the keys,
  /// and a bit for each key that was asked for.
  private var container = 0
  private var hint = 1
  private var ordinal = 0
  private var consumed: UInt64 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeBufferPointer<JSONTape.Node>, at node: Int = 0) {
    self.bytes = bytes
    self.nodes = nodes
    current = node
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    guard find(key) else { throw WireError(key.text, "is missing") }
    do throws(WireError) { value = try Value.read(&self) } catch { throw error.within(key.text) }
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    guard find(key) else {
      value = nil
      return
    }
    do throws(WireError) { value = try Value.read(&self) } catch { throw error.within(key.text) }
  }

  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    guard find(key) else { throw WireError(key.text, "is missing") }
    do throws(WireError) { value = Value(wireInteger: try integer(in: range)) } catch {
      throw error.within(key.text)
    }
  }

  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    guard find(key) else {
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

  mutating func integer(in range: ClosedRange<Int64>) throws(WireError) -> Int64 {
    let node = nodes[current]
    guard node.kind == .integer else { throw mismatch("an integer") }
    var reader = RecordReader(slice(node, bytes))
    return try reader.integer(in: range)
  }

  mutating func boolean() throws(WireError) -> Bool {
    switch nodes[current].kind {
    case .yes: return true
    case .no: return false
    case .object, .array, .text, .escapedText, .integer, .fraction, .null: throw mismatch("true or false")
    }
  }

  var longestNestedList: Int { longestList }

  var isTextAhead: Bool { nodes[current].kind == .text || nodes[current].kind == .escapedText }

  mutating func text<Value>(
    width: Int, _ expectation: @autoclosure () -> String, _ parse: (UnsafePointer<UInt8>) -> Value?
  ) throws(WireError) -> Value {
    try text(expectation()) { bytes in
      guard bytes.count == width, let start = bytes.baseAddress else { return nil }
      return parse(start)
    }
  }

  mutating func text<Value>(
    _ expectation: @autoclosure () -> String, _ parse: (UnsafeBufferPointer<UInt8>) -> Value?
  ) throws(WireError) -> Value {
    let node = nodes[current]
    let value: Value?
    if node.kind == .text {
      value = parse(slice(node, bytes))
    } else if node.kind == .escapedText {
      value = try unescaped(slice(node, bytes)).withUnsafeBufferPointer { parse($0) }
    } else {
      throw mismatch(expectation())
    }
    guard let value else { throw WireError(expected: expectation(), found: "another text") }
    return value
  }

  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    guard find(key) else { throw WireError(key.text, "is missing") }
    do throws(WireError) { try envelope(walk) } catch { throw error.within(key.text) }
  }

  mutating func object<Value: WireObject>() throws(WireError) -> Value {
    var value = Value()
    try envelope { (io: inout Self) throws(WireError) in try value.fields(&io) }
    return value
  }

  /// An object whose fields `walk` knows; any other field in it is refused.
  mutating func envelope(_ walk: (inout Self) throws(WireError) -> Void) throws(WireError) {
    guard nodes[current].kind == .object else { throw mismatch("an object") }
    let outer = (container, hint, ordinal, consumed)
    (container, hint, ordinal, consumed) = (current, current + 1, 0, 0)
    try walk(&self)
    try refuseUnknown()
    (container, hint, ordinal, consumed) = outer
  }

  mutating func list<Element: WireValue>(atMost count: Int) throws(WireError) -> [Element] {
    guard nodes[current].kind == .array else { throw mismatch("a list") }
    let list = nodes[current]
    var values: [Element] = []
    var element = current + 1
    while element < Int(list.next) {
      guard values.count < count else {
        throw WireError(expected: "at most \(count) elements", found: "more")
      }
      current = element
      do throws(WireError) { values.append(try Element.read(&self)) } catch {
        throw error.within(index: values.count)
      }
      element = Int(nodes[element].next)
    }
    return values
  }

  mutating func dictionary(
    _ entry: (String, inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    guard nodes[current].kind == .object else { throw mismatch("an object") }
    let end = Int(nodes[current].next)
    var key = current + 1
    while key < end {
      current = key + 1
      try entry(String(decoding: slice(nodes[key], bytes), as: UTF8.self), &self)
      key = Int(nodes[key + 1].next)
    }
  }

  /// The value of a field of the whole line, if it is there and well formed.
  func glance<Value: WireText>(_ key: StaticString) -> Value? {
    guard nodes.first?.kind == .object else { return nil }
    var copy = self
    guard copy.find(key) else { return nil }
    return try? Value.read(&copy)
  }

  /// Makes the value of `key` the current one. Keys that come in documented order are found at once.
  private mutating func find(_ key: StaticString) -> Bool {
    let end = Int(nodes[container].next)
    guard container + 1 < end else { return false }
    let name = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    if hint >= end { (hint, ordinal) = (container + 1, 0) }
    let start = hint
    repeat {
      let node = nodes[hint]
      let isFound = Int(node.end - node.start) == name.count && slice(node, bytes).elementsEqual(name)
      if isFound {
        current = hint + 1
        consumed |= 1 << UInt64(ordinal)
      }
      (hint, ordinal) = (Int(nodes[hint + 1].next), ordinal + 1)
      if isFound { return true }
      if hint >= end { (hint, ordinal) = (container + 1, 0) }
    } while hint != start
    return false
  }

  /// Every key of the object must have been asked for.
  private func refuseUnknown() throws(WireError) {
    var key = container + 1
    var ordinal: UInt64 = 0
    while key < Int(nodes[container].next) {
      guard consumed & (1 << ordinal) != 0 else {
        throw WireError(printableKey(slice(nodes[key], bytes)), "is not a field here")
      }
      key = Int(nodes[key + 1].next)
      ordinal += 1
    }
  }

  private func mismatch(_ expected: String) -> WireError {
    let node = nodes[current]
    let found: String =
      switch node.kind {
      case .object: "an object"
      case .array: "a list"
      case .text, .escapedText: "a text"
      case .integer: "an integer"
      case .fraction: "a number with a fraction or an exponent"
      case .yes, .no: "true or false"
      case .null: "null"
      }
    return WireError(expected: expected, found: found)
  }
}

/// The bytes a JSON text stands for. Escaped surrogates must come in pairs (RFC 8259 §8.2).
private func unescaped(_ text: UnsafeBufferPointer<UInt8>) throws(WireError) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(text.count)
  var index = 0
  while index < text.count {
    guard text[index] == UInt8(ascii: "\\") else {
      result.append(text[index])
      index += 1
      continue
    }
    // The tape has seen to it that a character follows the backslash.
    let kind = text[index + 1]
    index += 2
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(kind)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try fourHexDigits(text, &index)
      if (0xD800..<0xDC00).contains(scalar), index + 1 < text.count, text[index] == UInt8(ascii: "\\"),
        text[index + 1] == UInt8(ascii: "u")
      {
        index += 2
        let low = try fourHexDigits(text, &index)
        guard (0xDC00..<0xE000).contains(low) else { throw WireError("", "holds half of a surrogate pair") }
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let unicode = Unicode.Scalar(scalar) else {
        throw WireError("", "holds half of a surrogate pair")
      }
      result.append(contentsOf: UTF8.encode(unicode).map { Array($0) } ?? [])
    default: throw WireError("", "holds an escape that JSON does not have")
    }
  }
  return result
}

private func fourHexDigits(
  _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int
) throws(WireError) -> UInt32 {
  guard index + 4 <= text.count else { throw WireError("", "holds a \\u escape without four digits") }
  var value: UInt32 = 0
  for digit in text[index..<index + 4] {
    guard let number = Character(Unicode.Scalar(digit)).hexDigitValue else {
      throw WireError("", "holds a \\u escape without four digits")
    }
    value = value << 4 | UInt32(number)
  }
  index += 4
  return value
}
