// Any JSON line to a flat list of nodes, strictly (RFC 8259, valid UTF-8, no key twice). What the nodes mean is
// CommandReader's affair.

/// The structure of one JSON text: its values in the order they stand, each knowing where its subtree ends.
///
/// The memory is reused from line to line.
struct JSONTape {
  static let deepest = 16
  static let mostKeys = 64

  enum Kind: UInt8 { case object, array, text, escapedText, integer, fraction, yes, no, null }

  struct Node {
    var kind: Kind
    /// Where its bytes start and end; for texts without the quotes.
    var start: Int32
    var end: Int32
    /// Index of the first node after this value. An object's children are key, value, key, value.
    var next: Int32
  }

  private(set) var nodes: [Node] = []
  private var position = 0
  /// Whether the last text was read to its end.
  private(set) var isWhole = false

  /// Reads `bytes`, which hold one JSON value and white space around it.
  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    nodes.removeAll(keepingCapacity: true)
    position = 0
    isWhole = false
    skipSpace(bytes)
    try value(bytes, depth: 0)
    skipSpace(bytes)
    guard position == bytes.count else { throw problem("something after the end of the object") }
    isWhole = true
  }

  private func problem(_ found: String) -> WireError {
    WireError("", "is not JSON: found \(found) at byte \(position + 1)")
  }

  private mutating func skipSpace(_ bytes: UnsafeBufferPointer<UInt8>) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func value(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) throws(WireError) {
    guard position < bytes.count else { throw problem("the end") }
    switch bytes[position] {
    case UInt8(ascii: "{"): try object(bytes, depth: depth)
    case UInt8(ascii: "["): try array(bytes, depth: depth)
    case UInt8(ascii: "\""): try text(bytes)
    case UInt8(ascii: "-"), 48...57: try number(bytes)
    case UInt8(ascii: "t"): try literal("true", .yes, bytes)
    case UInt8(ascii: "f"): try literal("false", .no, bytes)
    case UInt8(ascii: "n"): try literal("null", .null, bytes)
    default: throw problem("an unexpected character")
    }
  }

  private mutating func open(_ kind: Kind, depth: Int) throws(WireError) -> Int {
    guard depth < Self.deepest else { throw problem("nesting deeper than \(Self.deepest)") }
    nodes.append(Node(kind: kind, start: Int32(position), end: 0, next: 0))
    position += 1
    return nodes.count - 1
  }

  private mutating func close(_ index: Int) {
    position += 1
    nodes[index].end = Int32(position)
    nodes[index].next = Int32(nodes.count)
  }

  private mutating func object(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) throws(WireError) {
    let index = try open(.object, depth: depth)
    var keys = 0
    skipSpace(bytes)
    if position < bytes.count, bytes[position] == UInt8(ascii: "}") { return close(index) }
    while true {
      skipSpace(bytes)
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw problem(position < bytes.count ? "no key where one should be" : "the end")
      }
      let key = nodes.count
      try text(bytes)
      guard nodes[key].kind == .text else { throw problem("an escape in a key, before it,") }
      keys += 1
      guard keys <= Self.mostKeys else { throw problem("more than \(Self.mostKeys) keys in one object") }
      try refuseRepeated(key, in: index, bytes)
      skipSpace(bytes)
      guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw problem("no colon") }
      position += 1
      skipSpace(bytes)
      do throws(WireError) { try value(bytes, depth: depth + 1) } catch {
        // A syntax error says at which byte; only a key that stands twice has a path.
        throw error.path.isEmpty ? error : error.within(printableKey(slice(nodes[key], bytes)))
      }
      skipSpace(bytes)
      guard position < bytes.count else { throw problem("the end") }
      if bytes[position] == UInt8(ascii: "}") { return close(index) }
      guard bytes[position] == UInt8(ascii: ",") else { throw problem("no comma") }
      position += 1
    }
  }

  private func refuseRepeated(
    _ key: Int, in object: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) {
    let new = slice(nodes[key], bytes)
    var other = object + 1
    while other < key {
      if slice(nodes[other], bytes).elementsEqual(new) {
        throw WireError(printableKey(new), "stands twice in the same object")
      }
      other = Int(nodes[other + 1].next)
    }
  }

  private mutating func array(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) throws(WireError) {
    let index = try open(.array, depth: depth)
    var elements = 0
    skipSpace(bytes)
    if position < bytes.count, bytes[position] == UInt8(ascii: "]") { return close(index) }
    while true {
      skipSpace(bytes)
      do throws(WireError) { try value(bytes, depth: depth + 1) } catch {
        throw error.path.isEmpty ? error : error.within(index: elements)
      }
      elements += 1
      skipSpace(bytes)
      guard position < bytes.count else { throw problem("the end") }
      if bytes[position] == UInt8(ascii: "]") { return close(index) }
      guard bytes[position] == UInt8(ascii: ",") else { throw problem("no comma") }
      position += 1
    }
  }

  private mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    position += 1
    let start = position
    var isEscaped = false
    var isASCII = true
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        if !isASCII, !isValidUTF8(UnsafeBufferPointer(rebasing: bytes[start..<position])) {
          throw problem("a text that is not UTF-8, before it,")
        }
        nodes.append(
          Node(
            kind: isEscaped ? .escapedText : .text, start: Int32(start), end: Int32(position),
            next: Int32(nodes.count + 1)))
        position += 1
        return
      }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        position += 1
        guard position < bytes.count else { break }
      } else if byte < 0x20 {
        throw problem("a control character in a text")
      } else if byte >= 0x80 {
        isASCII = false
      }
      position += 1
    }
    position = bytes.count
    throw problem("the end inside a text")
  }

  private mutating func number(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let digits = position
    skipDigits(bytes)
    guard position > digits, bytes[digits] != 48 || position == digits + 1 else {
      throw problem("a number with a leading zero or without digits")
    }
    var kind = Kind.integer
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      kind = .fraction
      position += 1
      let fraction = position
      skipDigits(bytes)
      guard position > fraction else { throw problem("a number without digits after its point") }
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      kind = .fraction
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      let exponent = position
      skipDigits(bytes)
      guard position > exponent else { throw problem("a number without digits in its exponent") }
    }
    nodes.append(
      Node(kind: kind, start: Int32(start), end: Int32(position), next: Int32(nodes.count + 1)))
  }

  private mutating func skipDigits(_ bytes: UnsafeBufferPointer<UInt8>) {
    while position < bytes.count, bytes[position] &- 48 <= 9 { position += 1 }
  }

  private mutating func literal(
    _ word: StaticString, _ kind: Kind, _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count,
      bytes[position..<end].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    else { throw problem("an unexpected word") }
    nodes.append(Node(kind: kind, start: Int32(position), end: Int32(end), next: Int32(nodes.count + 1)))
    position = end
  }
}

/// The bytes of a node.
func slice(_ node: JSONTape.Node, _ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
}

/// Whether the bytes are well-formed UTF-8 (no surrogates, no overlong forms; Unicode table 3-7).
func isValidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  String(validating: bytes, as: UTF8.self) != nil
}

/// A key that may be shown: an unknown key can hold anything, so only what looks like a field's name is repeated.
func printableKey(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  let isName =
    (1...40).contains(bytes.count)
    && bytes.allSatisfy { (97...122).contains($0 | 0x20) || $0 == 45 || $0 == 95 }
  return isName ? String(decoding: bytes, as: UTF8.self) : "(a key that is no field's name)"
}
