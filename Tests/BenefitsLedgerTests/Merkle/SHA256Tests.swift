// SHA-256 against the published vectors, and its two implementations against each other.
// Not here: the tree built from the hashes; that is MerkleTreeTests.swift.

import Testing

@testable import BenefitsLedger

@Suite("SHA-256")
struct SHA256Tests {
  /// FIPS 180-4 examples as published by NIST (CSRC, "Examples with Intermediate Values").
  static let vectors: [(message: String, hash: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]

  /// Deterministic bytes without a short period.
  static func message(count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 ^ $0 >> 3) }
  }

  static func hash(_ message: [UInt8], chunk: Int, portable: Bool) -> Digest {
    var hasher = SHA256(portable: portable)
    message.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        let end = min(start + chunk, bytes.count)
        hasher.update(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
    }
    return hasher.finish()
  }

  @Test("the short NIST vectors give the published hashes", arguments: [false, true])
  func shortVectors(portable: Bool) {
    for (message, expected) in Self.vectors {
      #expect(Self.hash(Array(message.utf8), chunk: 1_000, portable: portable).hex == expected)
    }
  }

  @Test("one million letters a give the published hash", arguments: [false, true])
  func millionLetters(portable: Bool) {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(Self.hash(message, chunk: 65_536, portable: portable).hex == expected)
  }

  // Machines without SHA instructions compare the Swift code with itself here, which is why the test says so.
  @Test(
    "the kernel and the Swift code agree on every length from 0 to 300",
    .enabled(if: SHA256.isAccelerated, "this processor has no SHA instructions"))
  func kernelAgreesWithSwift() {
    for count in 0...300 {
      let message = Self.message(count: count)
      #expect(SHA256.hash(message) == Self.hash(message, chunk: 1_000, portable: true), "\(count) bytes")
    }
  }

  @Test("a message hashed in chunks has the hash of the whole", arguments: [false, true])
  func chunks(portable: Bool) {
    for count in [0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 200, 300] {
      let message = Self.message(count: count)
      let whole = SHA256.hash(message)
      for chunk in [1, 3, 31, 32, 63, 64, 65, 128] {
        let hashed = Self.hash(message, chunk: chunk, portable: portable)
        #expect(hashed == whole, "\(count) bytes by \(chunk)")
      }
    }
  }

  @Test("bytes, digests and buffers are fed alike", arguments: [false, true])
  func feeds(portable: Bool) {
    let digest = SHA256.hash(Array("abc".utf8))
    for prefixCount in [0, 31, 32, 33, 62, 63, 64] {
      let prefix = Self.message(count: prefixCount)
      var hasher = SHA256(portable: portable)
      for byte in prefix { hasher.update(byte) }
      hasher.update(digest)
      let whole = prefix + digest.withUnsafeBytes { Array($0) }
      #expect(hasher.finish() == SHA256.hash(whole), "\(prefixCount) bytes before")
    }
  }

  @Test("blocks are read from any alignment")
  func alignment() {
    let message = Self.message(count: 400)
    message.withUnsafeBytes { bytes in
      for offset in 0..<16 {
        let slice = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + 300])
        #expect(SHA256.hash(slice) == Self.hash(Array(slice), chunk: 1_000, portable: true))
      }
    }
  }

  @Test("a finished hasher starts over", arguments: [false, true])
  func reuse(portable: Bool) {
    var hasher = SHA256(portable: portable)
    hasher.update(0x61)
    _ = hasher.finish()
    #expect(hasher.finish().hex == Self.vectors[0].hash)
  }
}

@Suite("A digest")
struct DigestTests {
  let digest = SHA256.hash(Array("abc".utf8))

  @Test("shows its bytes in the order of the hash")
  func bytes() {
    #expect(digest.withUnsafeBytes { Array($0.prefix(4)) } == [0xba, 0x78, 0x16, 0xbf])
    #expect(digest.prefix8 == 0xba78_16bf_8f01_cfea)
  }

  @Test("comes back from its bytes and refuses any other number of them")
  func fromBytes() {
    let bytes = digest.withUnsafeBytes { Array($0) }
    #expect(Digest(bytes: bytes) == digest)
    #expect(Digest(bytes: Array(bytes.dropLast())) == nil)
    #expect(Digest(bytes: bytes + [0]) == nil)
    #expect(Digest(bytes: []) == nil)
  }

  @Test("comes back from its base64 and refuses any other spelling of it")
  func fromBase64() {
    let text = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
    #expect(digest.base64 == text)
    #expect(Digest(base64: text.utf8) == digest)
    // "0" and "1" before the padding differ only in bits that no byte uses.
    for damaged in [
      "", "ungW", String(text.dropLast()), text + "=", text + "\n", "-" + text.dropFirst(),
      String(text.dropLast(2)) + "1=", String(text.dropLast(2)) + "==",
    ] {
      #expect(Digest(base64: damaged.utf8) == nil, "\(damaged)")
    }
  }
}
