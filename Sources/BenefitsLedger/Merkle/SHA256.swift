// SHA-256 (FIPS 180-4), streaming, without heap use: the C kernel where the processor has one, else Swift.
// Not here: what the ledger hashes and how hashes form a tree; that is MerkleTree.swift.

private import CSHA256
import LedgerCore

/// A SHA-256 hasher fed in pieces of any length.
///
/// A value of about 110 bytes that never touches the heap. The padding and the buffering exist once; only the
/// compression of whole blocks has two implementations, and tests hold one against the other.
package struct SHA256: Sendable {
  private typealias State = SHA256Digest.State
  private typealias Block = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// Whether this machine runs the C kernel. Asked of the processor once per process.
  package static let isAccelerated = csha256_accelerated() != 0

  private var state = SHA256Digest.initialState
  /// The start of a block whose end has not come yet: the first `byteCount % 64` bytes count.
  private var block: Block = (0, 0, 0, 0, 0, 0, 0, 0)
  private var byteCount: UInt64 = 0
  private let usesKernel: Bool

  /// An empty hasher on the fastest implementation this machine has.
  package init() {
    usesKernel = SHA256.isAccelerated
  }

  /// An empty hasher; `portable` forces the Swift implementation, the oracle the kernel is tested against.
  package init(portable: Bool) {
    usesKernel = !portable && SHA256.isAccelerated
  }

  /// Hashes one message in memory.
  package static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.finish()
  }

  /// Hashes one message in memory.
  package static func hash(_ bytes: [UInt8]) -> Digest {
    bytes.withUnsafeBytes { hash($0) }
  }

  /// Appends bytes to the message. Whole blocks are read in place, only the rest is copied.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return }
    let filled = Int(byteCount % 64)
    byteCount += UInt64(bytes.count)

    var consumed = 0
    if filled > 0 {
      consumed = min(64 - filled, bytes.count)
      withUnsafeMutableBytes(of: &block) { block in
        block.baseAddress?.advanced(by: filled).copyMemory(from: start, byteCount: consumed)
      }
      if filled + consumed < 64 { return }
      compressBlock()
    }
    let wholeBlocks = (bytes.count - consumed) / 64
    if wholeBlocks > 0 {
      SHA256.compress(&state, start + consumed, count: wholeBlocks, usesKernel: usesKernel)
      consumed += wholeBlocks * 64
    }
    if consumed < bytes.count {
      withUnsafeMutableBytes(of: &block) { block in
        block.baseAddress?.copyMemory(from: start + consumed, byteCount: bytes.count - consumed)
      }
    }
  }

  /// Appends one byte to the message.
  package mutating func update(_ byte: UInt8) {
    let filled = Int(byteCount % 64)
    byteCount += 1
    withUnsafeMutableBytes(of: &block) { $0[filled] = byte }
    if filled == 63 { compressBlock() }
  }

  /// Appends the 32 bytes of a digest to the message.
  package mutating func update(_ digest: Digest) {
    digest.withUnsafeBytes { update($0) }
  }

  /// Ends the message and answers its hash; the hasher is then empty and ready for the next message.
  package mutating func finish() -> Digest {
    let bitCount = byteCount << 3
    let filled = Int(byteCount % 64)
    withUnsafeMutableBytes(of: &block) { block in
      block[filled] = 0x80
      UnsafeMutableRawBufferPointer(rebasing: block[(filled + 1)...])
        .initializeMemory(as: UInt8.self, repeating: 0)
    }
    if filled >= 56 {
      compressBlock()
      block = (0, 0, 0, 0, 0, 0, 0, 0)
    }
    block.7 = bitCount.bigEndian
    compressBlock()

    let digest = Digest(
      word(state.0, state.1), word(state.2, state.3), word(state.4, state.5), word(state.6, state.7))
    state = SHA256Digest.initialState
    byteCount = 0
    return digest
  }

  /// Two state words as the eight bytes they stand for, in memory order.
  private func word(_ high: UInt32, _ low: UInt32) -> UInt64 {
    (UInt64(high) << 32 | UInt64(low)).bigEndian
  }

  private mutating func compressBlock() {
    withUnsafeMutableBytes(of: &block) { block in
      guard let start = block.baseAddress else { return }
      SHA256.compress(&state, UnsafeRawPointer(start), count: 1, usesKernel: usesKernel)
    }
  }

  private static func compress(
    _ state: inout State, _ blocks: UnsafeRawPointer, count: Int, usesKernel: Bool
  ) {
    guard usesKernel else { return SHA256Digest.compress(&state, blocks, count: count) }
    withUnsafeMutablePointer(to: &state) { state in
      state.withMemoryRebound(to: UInt32.self, capacity: 8) { words in
        csha256_compress(words, blocks.assumingMemoryBound(to: UInt8.self), count)
      }
    }
  }
}
