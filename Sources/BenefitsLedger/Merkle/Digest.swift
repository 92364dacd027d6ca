// The 32 bytes of a SHA-256 hash, and their hex and base64 forms.
// Not here: how they are computed; that is SHA256.swift.

/// A SHA-256 hash: 32 bytes held in place, without heap use.
package struct Digest: Hashable, Sendable {
  /// How many bytes a digest has.
  package static let byteCount = 32

  // The bytes in memory order: `word0` holds bytes 0 to 7 as a load from memory would give them on this machine.
  private let word0: UInt64
  private let word1: UInt64
  private let word2: UInt64
  private let word3: UInt64

  init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
    self.word0 = word0
    self.word1 = word1
    self.word2 = word2
    self.word3 = word3
  }

  /// The digest with these bytes; nil unless there are exactly 32. The pointer needs no alignment.
  package init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Digest.byteCount else { return nil }
    self.init(
      bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
  }

  /// The digest with these bytes; nil unless there are exactly 32.
  package init?(bytes: [UInt8]) {
    guard let digest = bytes.withUnsafeBytes({ Digest(bytes: $0) }) else { return nil }
    self = digest
  }

  /// The digest written as padded base64 (RFC 4648 §4).
  ///
  /// Nil unless the text is exactly what `base64` gives for these bytes, so one digest has one text: 44 characters, no
  /// white space, the unused bits zero.
  package init?(base64: some Collection<UInt8>) {
    guard let bytes = Digest.bytes(base64: base64), let digest = Digest(bytes: bytes),
      digest.base64.utf8.elementsEqual(base64)
    else { return nil }
    self = digest
  }

  /// Lends the 32 bytes; the pointer is good only inside `body`.
  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try Swift.withUnsafeBytes(of: (word0, word1, word2, word3), body)
  }

  /// The first eight bytes as a big-endian number.
  package var prefix8: UInt64 { UInt64(bigEndian: word0) }

  /// 64 lower-case hexadecimal digits.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return withUnsafeBytes { bytes in
      String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
  }

  /// 44 characters of padded base64 (RFC 4648 §4).
  package var base64: String {
    let text: [UInt8] = withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 3).flatMap { start in
        let byte = { (offset: Int) in start + offset < bytes.count ? UInt32(bytes[start + offset]) : 0 }
        let group = byte(0) << 16 | byte(1) << 8 | byte(2)
        return [18, 12, 6, 0].map { base64Alphabet[Int(group >> $0 & 63)] }
      }
    }
    // 32 bytes are ten groups of three and two bytes over, so the last of the 44 characters is padding.
    return String(decoding: text.dropLast(), as: UTF8.self) + "="
  }

  /// The bytes that 43 base64 characters and one "=" stand for; nil for any other text.
  private static func bytes(base64: some Collection<UInt8>) -> [UInt8]? {
    let text = Array(base64)
    guard text.count == 44, text.last == UInt8(ascii: "=") else { return nil }
    var bytes: [UInt8] = []
    var pending: UInt32 = 0
    var pendingBits = 0
    for character in text.dropLast() {
      guard let value = base64Alphabet.firstIndex(of: character) else { return nil }
      pending = pending << 6 | UInt32(value)
      pendingBits += 6
      if pendingBits >= 8 {
        pendingBits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(pendingBits)))
      }
    }
    return bytes
  }
}

extension Digest: CustomStringConvertible {
  /// The same as `hex`.
  package var description: String { hex }
}

private let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
