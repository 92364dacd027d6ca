// Numbers that look like a person's, made when a test runs: none stands in the repository. Their check digits are
// computed as the standards print it, not as the guard does it.

@testable import LedgerCore

enum InventedNumbers {
  /// An identity card of a person who was never born: the check character by the table of GB 11643.
  static func identityCard(
    _ birth: String = "19" + "900307", place: String = "110105", person: String = "002"
  ) -> String {
    let body = place + birth + person
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits(body), weights).reduce(0) { $0 + $1.0 * $1.1 }
    return body + String(Array("10X98765432")[sum % 11])
  }

  /// An identity card whose check character is this one.
  static func identityCard(endingWith check: Character, birth: String = "19" + "900307") -> String {
    let cards = (0...999).lazy.map { identityCard(birth, person: String("00\($0)".suffix(3))) }
    guard let card = cards.first(where: { $0.last == check }) else { preconditionFailure("no such card") }
    return card
  }

  /// A card number of so many digits, made valid by its last one (ISO/IEC 7812-1 annex B: double every second digit
  /// of the payload from the right).
  static func bankCard(_ prefix: String = "62", length: Int = 16, filler: String = "20371648059273615")
    -> String
  {
    let payload = (prefix + filler).prefix(length - 1)
    return payload + String(luhn(String(payload)))
  }

  static func luhn(_ payload: String) -> Int {
    let sum = digits(payload).reversed().enumerated().reduce(0) { sum, place in
      let value = place.element * (place.offset % 2 == 0 ? 2 : 1)
      return sum + value / 10 + value % 10
    }
    return (10 - sum % 10) % 10
  }

  static func mobile(_ prefix: String = "13") -> String { prefix + String(repeating: "0", count: 9) }

  /// One of a kind.
  static func number(_ kind: PersonalNumber) -> String {
    switch kind {
    case .identityCard: identityCard()
    case .mobile: mobile()
    case .bankCard: bankCard()
    }
  }

  /// With every digit and X in its full width.
  static func fullWidth(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
  }

  /// With its last digit raised by one.
  static func damaged(_ number: String) -> String {
    guard let last = number.last?.wholeNumberValue else { return number.dropLast() + "0" }
    return number.dropLast() + String((last + 1) % 10)
  }

  private static func digits(_ text: String) -> [Int] { text.compactMap(\.wholeNumberValue) }
}
