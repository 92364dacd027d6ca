// The numbers of a person that the ledger must not hold (domain.md L8), and how a text is searched for them. Which
// fields are searched is decided by their types; PersonalNumberGuard walks them.

/// A number by which a person can be found.
///
/// Sought in maximal runs of digits, ASCII or full-width (U+FF10…U+FF19), wherever they stand in a text: a run that is
/// one digit longer or shorter is another number. Not found is what is not such a run: digits parted by spaces, hyphens
/// or other marks, a mobile number with its country code in the same run, identity cards of 15 digits, digits of other
/// scripts, numbers written out in words, and names and addresses. The guard is a net against accidents; it does not
/// take the place of a client that sends opaque ids.
package enum PersonalNumber: String, CaseIterable, Sendable {
  /// A resident identity card (GB 11643): 17 digits and a check character, a digit or X (ISO 7064 MOD 11-2), with a day
  /// of birth that the calendar has, in 1900…2099.
  case identityCard = "identity-card"
  /// 11 digits, of which the first two are 13…19.
  case mobile
  /// 16 to 19 digits that begin with 62, 4 or 5 and pass the check of ISO/IEC 7812-1 (Luhn).
  case bankCard = "bank-card"

  /// How messages call it.
  var words: String {
    switch self {
    case .identityCard: "an identity-card number"
    case .mobile: "a mobile number"
    case .bankCard: "a bank-card number"
    }
  }
}

/// Which personal numbers are sought in the texts of a type.
package enum Guarding: Sendable {
  /// People write in it: every kind.
  case everyNumber
  /// An id made for a person: identity cards only, since mobile and bank-card numbers look like other ids too often.
  case identityCards
  /// Others made it, for a thing, or it is no text of the client's.
  case nothing

  /// The fewest bytes that can hold such a number.
  fileprivate var shortest: Int {
    switch self {
    case .everyNumber: 11
    case .identityCards: 18
    case .nothing: Int.max
    }
  }
}

extension PersonalNumber {
  /// The first personal number in a text that is guarded so; nil when there is none. O(length), without allocation.
  package static func first(in text: String, _ guarding: Guarding) -> PersonalNumber? {
    // Most texts end here: they are too short.
    guard text.utf8.count >= guarding.shortest else { return nil }
    if let found = text.utf8.withContiguousStorageIfAvailable({ first(in: $0, guarding) }) { return found }
    var copy = text
    return copy.withUTF8 { first(in: $0, guarding) }
  }

  private static func first(in bytes: UnsafeBufferPointer<UInt8>, _ guarding: Guarding) -> PersonalNumber? {
    var run = DigitRun()
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte &- 48 <= 9 {
        run.append(byte &- 48)
        index += 1
      } else if byte == 0xEF, let digit = fullWidthDigit(bytes, at: index) {
        run.append(digit)
        index += 3
      } else {
        if run.length >= 11, let found = run.kind(before: bytes, at: index, guarding) { return found }
        run = DigitRun()
        index += 1
      }
    }
    return run.length >= 11 ? run.kind(before: bytes, at: index, guarding) : nil
  }
}

/// A maximal run of digits: how many, and the number they write, of which digits beyond the nineteenth are lost.
private struct DigitRun {
  var length = 0
  private var number: UInt64 = 0

  mutating func append(_ digit: UInt8) {
    length += 1
    number = number &* 10 &+ UInt64(digit)
  }

  /// What number of a person the run is; `index` is the place after it.
  func kind(
    before bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ guarding: Guarding
  ) -> PersonalNumber? {
    if isIdentityCard(bytes, index) { return .identityCard }
    switch guarding {
    case .identityCards, .nothing: return nil
    case .everyNumber: return isMobile ? .mobile : isBankCard ? .bankCard : nil
    }
  }

  private var isMobile: Bool { length == 11 && (13_000_000_000...19_999_999_999).contains(number) }

  private var isBankCard: Bool {
    guard (16...19).contains(length) else { return false }
    let firstTwo = (16..<length).reduce(number / 100_000_000_000_000) { shorter, _ in shorter / 10 }
    guard firstTwo == 62 || firstTwo / 10 == 4 || firstTwo / 10 == 5 else { return false }
    // From the right, every second digit counts twice, and a product of two digits counts as their sum.
    var (rest, sum, isDoubled) = (number, UInt64(0), false)
    while rest > 0 {
      let digit = rest % 10
      sum += isDoubled ? (digit < 5 ? digit * 2 : digit * 2 - 9) : digit
      (rest, isDoubled) = (rest / 10, !isDoubled)
    }
    return sum % 10 == 0
  }

  private func isIdentityCard(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    switch length {
    case 18: return isIdentityCard(number / 10, check: number % 10)
    case 17: return isLastX(bytes, index) && isIdentityCard(number, check: 10)
    default: return false
    }
  }

  private func isIdentityCard(_ body: UInt64, check: UInt64) -> Bool {
    // Six digits of a place, eight of a day, three of a person.
    let day = Int(body / 1000 % 100_000_000)
    guard (1900...2099).contains(day / 10_000),
      CivilDay.exists(year: day / 10_000, month: day / 100 % 100, day: day % 100)
    else { return false }
    // The weights, from the right, are the powers of two modulo 11; the whole is congruent to 1.
    var (rest, sum, weight) = (body, check, UInt64(2))
    while rest > 0 {
      sum += rest % 10 * weight
      (rest, weight) = (rest / 10, weight * 2 % 11)
    }
    return sum % 11 == 1
  }
}

/// Whether an X stands here as the last character of a number: no digit follows it.
private func isLastX(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
  guard index < bytes.count else { return false }
  if bytes[index] | 0x20 == UInt8(ascii: "x") { return !isDigit(bytes, at: index + 1) }
  // Full-width X and x are U+FF38 and U+FF58.
  guard index + 2 < bytes.count, bytes[index] == 0xEF else { return false }
  let isX =
    (bytes[index + 1], bytes[index + 2]) == (0xBC, 0xB8)
    || (bytes[index + 1], bytes[index + 2]) == (0xBD, 0x98)
  return isX && !isDigit(bytes, at: index + 3)
}

private func isDigit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
  guard index < bytes.count else { return false }
  return bytes[index] &- 48 <= 9 || fullWidthDigit(bytes, at: index) != nil
}

/// The full-width digit that begins here: U+FF10…U+FF19 are the bytes EF BC 90…99.
private func fullWidthDigit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
  guard index + 2 < bytes.count, bytes[index] == 0xEF, bytes[index + 1] == 0xBC else { return nil }
  let digit = bytes[index + 2] &- 0x90
  return digit <= 9 ? digit : nil
}
