// What is wrong with a line, and where: the path of the field, what was expected, what kind of thing was found.
// It never repeats the value: a malformed line may hold anything, also a person's number.

/// A record or command that does not have the shape its schema gives, or a command that holds a personal number (L8).
package struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The field's path from the top of the line, such as `data.quantity` or `data.lots[2].day`; empty for the line.
  package private(set) var path: String
  /// Completes a sentence that begins with the path: "expected …, found …".
  package let reason: String
  /// The kind of number that a field holds; nil when the shape is wrong.
  package let personalNumber: PersonalNumber?

  init(_ path: String = "", _ reason: String) {
    self.path = path
    self.reason = reason
    personalNumber = nil
  }

  /// A text in which the guard has found something.
  init(holding number: PersonalNumber) {
    path = ""
    reason = "holds \(number.words), and the ledger keeps no personal data; send an opaque id or text instead"
    personalNumber = number
  }

  init(expected: String, found: String) { self.init("", "expected \(expected), found \(found)") }

  /// A job in a group or in an atomic file.
  package static let jobInGroup = WireError(
    "type", "opens a job, which cannot happen all or none with others")

  /// A line over the limit, which is not read.
  package static let tooLong = WireError("", "is longer than \(EventRecord.longest) bytes")

  /// The stable code of an `invalid` answer.
  package var code: String { personalNumber == nil ? "command.malformed" : "command.personal-data" }

  package var description: String { path.isEmpty ? reason : "\(path): \(reason)" }

  /// The same error seen from one level up.
  func within(_ key: String) -> WireError {
    var outer = self
    outer.path = path.isEmpty ? key : path.first == "[" ? key + path : key + "." + path
    return outer
  }

  func within(index: Int) -> WireError { within("[\(index)]") }
}

extension StaticString {
  /// The key as text.
  var text: String { withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }
}
