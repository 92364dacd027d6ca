// Reading and writing fixed-width numbers.
// What the numbers mean is tested with CivilDay, Instant and Zone.

import Testing

@testable import LedgerCore

@Suite("Decimal digits")
struct DecimalDigitsTests {
  @Test("are the ten ASCII bytes and no other")
  func digits() {
    let found = (UInt8.min...UInt8.max).compactMap { DecimalDigits.digit($0) }
    #expect(found == Array(0...9))
    #expect(DecimalDigits.digit(UInt8(ascii: "0")) == 0)
  }

  @Test("of two and four places survive writing and reading")
  func roundTrip() {
    for number in 0..<10_000 {
      let text = DecimalDigits.string(width: 6) { bytes in
        DecimalDigits.writeFour(number, to: bytes)
        DecimalDigits.writeTwo(number % 100, to: bytes + 4)
      }
      let read = Array(text.utf8).withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map {
          (
            DecimalDigits.read($0, width: 4), DecimalDigits.read($0 + 4, width: 2),
            DecimalDigits.read($0, width: 6)
          )
        }
      }
      #expect(read?.0 == number && read?.1 == number % 100 && read?.2 == number * 100 + number % 100)
    }
  }

  @Test(
    "are not read when one byte is something else", arguments: ["a123", "1a23", "123 ", "12-3", "-123", "１2"])
  func notDigits(text: String) {
    let read = Array(text.utf8).withUnsafeBufferPointer {
      $0.baseAddress.flatMap { DecimalDigits.read($0, width: 4) }
    }
    #expect(read == nil)
  }
}
