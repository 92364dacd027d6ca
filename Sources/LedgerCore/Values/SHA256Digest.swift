// SHA-256 (FIPS 180-4) in plain Swift: the digest of a message that is in memory, and the compression function.
// Streaming, and the kernel of processors that have instructions for it, are in BenefitsLedger/Merkle.

/// The SHA-256 of short messages: codes of coupons and the outcomes of draws.
package enum SHA256Digest {
  package typealias State = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

  /// FIPS 180-4 §5.3.3.
  package static let initialState: State = (
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
  )

  /// The 32 bytes of the digest of `message`.
  package static func of(_ message: [UInt8]) -> [UInt8] {
    var padded = message
    padded.append(0x80)
    while padded.count % 64 != 56 { padded.append(0) }
    let bitCount = UInt64(message.count) << 3
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    var state = initialState
    padded.withUnsafeBytes { blocks in
      if let start = blocks.baseAddress { compress(&state, start, count: blocks.count / 64) }
    }
    let words = [state.0, state.1, state.2, state.3, state.4, state.5, state.6, state.7]
    return words.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// FIPS 180-4 §6.2.2 for `count` blocks of 64 bytes. `blocks` needs no alignment.
  package static func compress(_ state: inout State, _ blocks: UnsafeRawPointer, count: Int) {
    // The schedule lives on the stack: 64 words are far below the size from which the heap would be used.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      roundConstants.withUnsafeBufferPointer { constants in
        for index in 0..<count {
          fillSchedule(words, from: blocks + index * 64)
          mix(&state, words, constants)
        }
      }
    }
  }
}

private func fillSchedule(_ words: UnsafeMutableBufferPointer<UInt32>, from block: UnsafeRawPointer) {
  for t in 0..<16 {
    words[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: t * 4, as: UInt32.self))
  }
  for t in 16..<64 {
    let w2 = words[t &- 2]
    let w15 = words[t &- 15]
    let sigma1 = rotateRight(w2, 17) ^ rotateRight(w2, 19) ^ (w2 >> 10)
    let sigma0 = rotateRight(w15, 7) ^ rotateRight(w15, 18) ^ (w15 >> 3)
    words[t] = sigma1 &+ words[t &- 7] &+ sigma0 &+ words[t &- 16]
  }
}

private func mix(
  _ state: inout SHA256Digest.State, _ words: UnsafeMutableBufferPointer<UInt32>,
  _ constants: UnsafeBufferPointer<UInt32>
) {
  var (a, b, c, d, e, f, g, h) = state
  for t in 0..<64 {
    let sum1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25)
    let choice = (e & f) ^ (~e & g)
    let first = h &+ sum1 &+ choice &+ constants[t] &+ words[t]
    let sum0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22)
    let majority = (a & b) ^ (a & c) ^ (b & c)
    let second = sum0 &+ majority
    (h, g, f, e) = (g, f, e, d &+ first)
    (d, c, b, a) = (c, b, a, first &+ second)
  }
  state = (
    state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d,
    state.4 &+ e, state.5 &+ f, state.6 &+ g, state.7 &+ h
  )
}

@inline(__always)
private func rotateRight(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 &- count)
}

/// FIPS 180-4 §4.2.2.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
