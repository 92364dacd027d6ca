// The append-only Merkle tree over the ledger's records (RFC 6962 §2.1): its hashes and its growing edge.
// Not here: storing tiles, proofs, and the text an auditor signs (Checkpoint.swift).

/// The hashes of RFC 6962 §2.1, which keep leaves and nodes apart by their first byte.
package enum MerkleTree {
  /// The root of a tree without leaves: SHA-256 of nothing.
  package static let emptyRoot = SHA256.hash([])

  /// SHA-256(0x00 ‖ record bytes). The record comes without its newline.
  package static func leafHash(_ record: UnsafeRawBufferPointer) -> Digest {
    var hasher = SHA256()
    hasher.update(0x00)
    hasher.update(record)
    return hasher.finish()
  }

  /// SHA-256(0x00 ‖ record bytes). The record comes without its newline.
  package static func leafHash(_ record: [UInt8]) -> Digest {
    record.withUnsafeBytes { leafHash($0) }
  }

  /// SHA-256(0x01 ‖ left ‖ right).
  package static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
    var hasher = SHA256()
    hasher.update(0x01)
    hasher.update(left)
    hasher.update(right)
    return hasher.finish()
  }
}

/// Everything a tree needs to grow: its size and the roots of its perfect subtrees, the peaks.
///
/// A tree of `size` leaves falls into one perfect subtree per set bit of `size`, the largest and oldest first. Seven
/// leaves are subtrees of four, two and one, so three peaks. Appending the eighth leaf merges all of them into one.
/// Two ranges are equal exactly when they were grown from the same leaves.
package struct CompactRange: Sendable, Equatable {
  /// How many leaves were appended; never negative.
  package private(set) var size: Int64
  /// The roots of the perfect subtrees, largest first: one for each set bit of `size`.
  package private(set) var peaks: [Digest]

  /// The tree without leaves.
  package init() {
    size = 0
    peaks = []
  }

  /// The tree whose peaks were stored as `bytes`.
  ///
  /// Nil when `size` is negative or `bytes` is not 32 bytes for each set bit of `size`. Damage that keeps the length
  /// cannot be seen here: compare `root` with one computed from the records.
  package init?(size: Int64, bytes: UnsafeRawBufferPointer) {
    guard size >= 0, bytes.count == size.nonzeroBitCount * Digest.byteCount else { return nil }
    self.size = size
    peaks = stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap { start in
      Digest(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<start + Digest.byteCount]))
    }
  }

  /// The tree whose peaks were stored as `bytes`; nil under the same conditions.
  package init?(size: Int64, bytes: [UInt8]) {
    guard let range = bytes.withUnsafeBytes({ CompactRange(size: size, bytes: $0) }) else { return nil }
    self = range
  }

  /// The peaks for storage beside `size`: 32 bytes each, largest first.
  package var bytes: [UInt8] {
    peaks.flatMap { $0.withUnsafeBytes { Array($0) } }
  }

  /// Adds the next leaf. One node hash on average, log2(size) at most.
  package mutating func append(leaf: Digest) {
    size += 1
    // Adding one to a binary number carries through its trailing ones; each carry joins two subtrees of equal size.
    var subtree = leaf
    for _ in 0..<size.trailingZeroBitCount {
      subtree = MerkleTree.nodeHash(peaks.removeLast(), subtree)
    }
    peaks.append(subtree)
  }

  /// The root of the whole tree. One node hash for each peak but one, so O(log size).
  package var root: Digest {
    guard let smallest = peaks.last else { return MerkleTree.emptyRoot }
    return peaks.dropLast().reversed().reduce(smallest) { right, left in MerkleTree.nodeHash(left, right) }
  }
}
