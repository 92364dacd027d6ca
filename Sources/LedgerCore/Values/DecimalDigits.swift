// Fixed-width ASCII decimal numbers, as dates, times and offsets are made of.
// No signs, no separators and no calendar: CivilDay, Instant and Zone know what the numbers mean.

/// Reads and writes unsigned decimal numbers of a known width.
enum DecimalDigits {
  /// The digit an ASCII byte stands for, 0...9; nil for any other byte.
  static func digit(_ byte: UInt8) -> Int? {
    let value = byte &- UInt8(ascii: "0")
    return value <= 9 ? Int(value) : nil
  }

  /// The number written in the next `width` (1...9) bytes; nil when one of them is not a digit.
  static func read(_ bytes: UnsafePointer<UInt8>, width: Int) -> Int? {
    var number = 0
    for index in 0..<width {
      guard let digit = digit(bytes[index]) else { return nil }
      number = number &* 10 &+ digit
    }
    return number
  }

  /// Writes `number` (0..<100) as two bytes.
  static func writeTwo(_ number: Int, to bytes: UnsafeMutablePointer<UInt8>) {
    bytes[0] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10)
    bytes[1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10)
  }

  /// Writes `number` (0..<10,000) as four bytes.
  static func writeFour(_ number: Int, to bytes: UnsafeMutablePointer<UInt8>) {
    writeTwo(number / 100, to: bytes)
    writeTwo(number % 100, to: bytes + 2)
  }

  /// The string of `width` ASCII bytes that `fill` writes; it must write all of them.
  static func string(width: Int, fill: (UnsafeMutablePointer<UInt8>) -> Void) -> String {
    String(unsafeUninitializedCapacity: width) { buffer in
      guard let bytes = buffer.baseAddress else { return 0 }
      fill(bytes)
      return width
    }
  }
}
