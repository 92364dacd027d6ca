// The answer of a verb under --json, and how it is written.
// Only for answers. Commands, results and event records have their exact bytes from LedgerCore.

/// A JSON value with integers only, whose objects keep the order in which they were built.
///
/// Literals build it: `["verb": "apply", "accepted": .integer(count), "repeated": false, "breaks": []]`.
enum JSONAnswer: Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONAnswer])
  case object([(name: String, value: JSONAnswer)])

  /// Text or null.
  static func string(_ text: String?) -> JSONAnswer { text.map { .string($0) } ?? .null }
  /// A number or null.
  static func integer(_ number: Int64?) -> JSONAnswer { number.map { .integer($0) } ?? .null }
  /// A number that is no Int64 yet, such as a count.
  static func integer(_ number: Int) -> JSONAnswer { .integer(Int64(number)) }

  /// Adds a field at the end of an object. The names in an object are the verb's to keep different.
  mutating func add(_ name: String, _ value: JSONAnswer) {
    guard case .object(let fields) = self else { preconditionFailure("only an object has fields") }
    self = .object(fields + [(name, value)])
  }

  /// The value on one line, without whitespace. Cost: the size of the value.
  var text: String {
    var text = ""
    append(to: &text)
    return text
  }

  private func append(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let number): text += String(number)
    case .string(let string): Self.append(quoted: string, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.append(to: &text)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { text += "," }
        Self.append(quoted: field.name, to: &text)
        text += ":"
        field.value.append(to: &text)
      }
      text += "}"
    }
  }

  /// RFC 8259 §7: escapes the quote, the backslash and the control characters, DEL too for the sake of terminals.
  private static func append(quoted string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JSONAnswer: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(nilLiteral: ()) { self = .null }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(stringLiteral value: String) { self = .string(value) }
  init(arrayLiteral elements: JSONAnswer...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONAnswer)...) {
    self = .object(elements.map { (name: $0.0, value: $0.1) })
  }
}
