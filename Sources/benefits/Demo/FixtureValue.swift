// Any JSON of a fixture, read strictly: no fractions in it (L1). Only for Fixtures; commands and records have their own
// readers in LedgerCore, and answers are written by JSONAnswer.

import Foundation

/// A JSON value of a fixture.
indirect enum FixtureValue: Decodable, Equatable {
  case null
  case truth(Bool)
  case number(Int64)
  case word(String)
  case list([FixtureValue])
  case object([String: FixtureValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? container.decode(Int64.self) {
      self = .number(number)
    } else if let word = try? container.decode(String.self) {
      self = .word(word)
    } else if let list = try? container.decode([FixtureValue].self) {
      self = .list(list)
    } else if let object = try? container.decode([String: FixtureValue].self) {
      self = .object(object)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a number is not a whole number of 64 bits")
    }
  }

  /// Reads a file of a fixture.
  ///
  /// - Throws: `Failure` with `.dataError` that names the file and says what is wrong with it.
  static func read(_ file: URL) throws -> FixtureValue {
    let data = try Data(contentsOf: file)
    do { return try JSONDecoder().decode(FixtureValue.self, from: data) } catch let error as DecodingError {
      throw Failure(.dataError, "\(file.path): \(Self.reason(error))")
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    switch error {
    case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      let cause = (context.underlyingError as? CocoaError)?.userInfo["NSDebugDescription"] as? String
      return "no JSON that can be used\(place.isEmpty ? "" : " at \(place)"): "
        + (cause ?? context.debugDescription)
    @unknown default: return "no JSON that can be used"
    }
  }

  /// The value on one line, the keys of objects in alphabetical order.
  var text: String { answer.text }

  private var answer: JSONAnswer {
    switch self {
    case .null: .null
    case .truth(let truth): .boolean(truth)
    case .number(let number): .integer(number)
    case .word(let word): .string(word)
    case .list(let list): .array(list.map(\.answer))
    case .object(let fields):
      .object(fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value.answer) })
    }
  }

  /// Whether this is what is wanted. An object may have more than is wanted; a list may not.
  func holds(_ wanted: FixtureValue) -> Bool {
    switch (self, wanted) {
    case (.object(let found), .object(let wanted)):
      wanted.allSatisfy { key, value in found[key]?.holds(value) ?? false }
    case (.list(let found), .list(let wanted)):
      found.count == wanted.count && zip(found, wanted).allSatisfy { $0.holds($1) }
    case _: self == wanted
    }
  }
}

/// A JSON object of a fixture, each of whose fields must be asked for: what nobody asks for is a slip of the pen.
struct FixtureFields {
  private let place: String
  private let file: URL
  private var fields: [String: FixtureValue]

  /// - Parameter place: where in the file, for messages; empty for the whole file.
  init(_ value: FixtureValue, at place: String = "", of file: URL) throws {
    (self.place, self.file) = (place, file)
    guard case .object(let fields) = value else {
      throw Failure(.dataError, "\(file.path): \(place.isEmpty ? "it" : place) is no object")
    }
    self.fields = fields
  }

  func wrong(_ name: String, _ problem: String) -> Failure {
    Failure(.dataError, "\(file.path): \(place.isEmpty ? "" : place + ".")\(name) \(problem)")
  }

  mutating func take(_ name: String) -> FixtureValue? { fields.removeValue(forKey: name) }

  mutating func number(_ name: String, in range: ClosedRange<Int64>) throws -> Int64? {
    guard let value = take(name) else { return nil }
    guard case .number(let number) = value, range.contains(number) else {
      throw wrong(name, "is no whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  mutating func word(_ name: String) throws -> String? {
    guard let value = take(name) else { return nil }
    guard case .word(let word) = value else { throw wrong(name, "is no text") }
    return word
  }

  mutating func truth(_ name: String) throws -> Bool? {
    guard let value = take(name) else { return nil }
    guard case .truth(let truth) = value else { throw wrong(name, "is neither true nor false") }
    return truth
  }

  /// The fields of an object in here, by name in alphabetical order; none when it is absent.
  mutating func object(_ name: String) throws -> [(key: String, value: FixtureValue)] {
    guard let value = take(name) else { return [] }
    guard case .object(let fields) = value else { throw wrong(name, "is no object") }
    return fields.sorted { $0.key < $1.key }
  }

  /// Nothing may be left over.
  func end(known: [String]) throws {
    guard let name = fields.keys.sorted().first else { return }
    throw wrong(name, "is not known here" + Nearest.suggestion(for: name, among: known))
  }
}
