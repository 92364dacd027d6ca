// The tree against RFC 6962's test tree and a naive recursion, and the checkpoint text.
// Not here: the hash function itself; that is SHA256Tests.swift.

import Testing

@testable import BenefitsLedger

@Suite("The Merkle tree")
struct MerkleTreeTests {
  /// The eight leaves of the Certificate Transparency reference tests.
  static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
  ]

  /// The roots over the first 1, 2 … 8 of them.
  static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  /// RFC 6962 §2.1 word for word: split at the largest power of two strictly below n.
  static func naiveRoot(_ leaves: ArraySlice<Digest>) -> Digest {
    guard let first = leaves.first else { return SHA256.hash([]) }
    if leaves.count == 1 { return first }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return MerkleTree.nodeHash(naiveRoot(leaves[..<middle]), naiveRoot(leaves[middle...]))
  }

  static func leaf(_ index: Int) -> Digest {
    MerkleTree.leafHash(Array("record \(index)".utf8))
  }

  static func range(size: Int) -> CompactRange {
    var range = CompactRange()
    for index in 0..<size { range.append(leaf: leaf(index)) }
    return range
  }

  @Test("the empty tree has the hash of nothing as its root")
  func empty() {
    #expect(CompactRange().root == MerkleTree.emptyRoot)
    #expect(MerkleTree.emptyRoot.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("leaves and nodes are hashed with different first bytes")
  func domains() {
    let left = Self.leaf(0)
    let right = Self.leaf(1)
    let both = left.withUnsafeBytes { Array($0) } + right.withUnsafeBytes { Array($0) }
    #expect(MerkleTree.leafHash(both) == SHA256.hash([0x00] + both))
    #expect(MerkleTree.nodeHash(left, right) == SHA256.hash([0x01] + both))
  }

  @Test("the RFC 6962 test tree has the published roots at every size")
  func referenceTree() {
    var range = CompactRange()
    for (leaf, root) in zip(Self.leaves, Self.roots) {
      range.append(leaf: MerkleTree.leafHash(leaf))
      #expect(range.root.hex == root, "size \(range.size)")
    }
    #expect(range.size == 8)
  }

  @Test("every size from 0 to 130 has the root of the naive recursion")
  func smallSizes() {
    var leaves: [Digest] = []
    var range = CompactRange()
    for index in 0...130 {
      #expect(range.root == Self.naiveRoot(leaves[...]), "size \(index)")
      #expect(range.peaks.count == index.nonzeroBitCount)
      leaves.append(Self.leaf(index))
      range.append(leaf: Self.leaf(index))
    }
  }

  // The seed is an argument, so a failure names it and it can be run again alone.
  @Test("random sizes have the root of the naive recursion", arguments: UInt64(1)...12)
  func randomSizes(seed: UInt64) {
    var generator = Seeded(state: seed)
    let size = Int.random(in: 131...3_000, using: &generator)
    let leaves = (0..<size).map { _ in
      MerkleTree.leafHash((0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
    var range = CompactRange()
    for leaf in leaves { range.append(leaf: leaf) }
    #expect(range.root == Self.naiveRoot(leaves[...]), "size \(size)")
  }

  @Test("a range read back from its blob is equal and grows the same way")
  func blobRoundTrip() throws {
    for size in [0, 1, 2, 3, 7, 8, 200, 255, 256] {
      var stored = Self.range(size: size)
      var loaded = try #require(CompactRange(size: stored.size, bytes: stored.bytes))
      #expect(loaded == stored, "size \(size)")
      stored.append(leaf: Self.leaf(size))
      loaded.append(leaf: Self.leaf(size))
      #expect(loaded == stored, "size \(size) and one")
    }
  }

  @Test("the blob is the peaks, largest first, 32 bytes each")
  func blobLayout() {
    let leaves = (0..<3).map(Self.leaf)
    let first = MerkleTree.nodeHash(leaves[0], leaves[1]).withUnsafeBytes { Array($0) }
    let second = leaves[2].withUnsafeBytes { Array($0) }
    #expect(Self.range(size: 3).bytes == first + second)
  }

  @Test("a blob that does not fit the size is refused")
  func damagedBlobs() {
    let bytes = Self.range(size: 7).bytes
    #expect(CompactRange(size: 7, bytes: Array(bytes.dropLast())) == nil)
    #expect(CompactRange(size: 7, bytes: Array(bytes.dropLast(32))) == nil)
    #expect(CompactRange(size: 7, bytes: bytes + [0]) == nil)
    #expect(CompactRange(size: 7, bytes: []) == nil)
    #expect(CompactRange(size: 8, bytes: bytes) == nil)
    #expect(CompactRange(size: 0, bytes: Array(bytes.prefix(32))) == nil)
    #expect(CompactRange(size: -1, bytes: []) == nil)
    #expect(CompactRange(size: .min, bytes: Array(bytes.prefix(32))) == nil)
  }
}

@Suite("A checkpoint")
struct CheckpointTests {
  /// The root of the RFC 6962 test tree with all its eight leaves.
  static let root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
  static let text = "ledger.example.org/guangdong\n8\n\(root)\n"

  @Test("prints exactly three lines with the root in base64")
  func printed() throws {
    var range = CompactRange()
    for leaf in MerkleTreeTests.leaves { range.append(leaf: MerkleTree.leafHash(leaf)) }
    let origin = "ledger.example.org/guangdong"
    let checkpoint = try Checkpoint(origin: origin, size: range.size, root: range.root)
    #expect(checkpoint.text == Self.text)
  }

  @Test("comes back from its text", arguments: [0, 1, 8, Int64.max])
  func roundTrip(size: Int64) throws {
    let checkpoint = try Checkpoint(origin: "账本.example/广东 a", size: size, root: MerkleTreeTests.leaf(0))
    #expect(try Checkpoint(parsing: checkpoint.text.utf8) == checkpoint)
  }

  @Test("ignores what follows a blank line, signatures and any other bytes")
  func signed() throws {
    let plain = try Checkpoint(parsing: Self.text.utf8)
    #expect(plain.size == 8)
    #expect(try Checkpoint(parsing: (Self.text + "\n").utf8) == plain)
    #expect(try Checkpoint(parsing: (Self.text + "\n— ledger.example.org Az3grl\n").utf8) == plain)
    #expect(try Checkpoint(parsing: Array(Self.text.utf8) + [0x0a, 0xff, 0x00]) == plain)
  }

  static let refusals: [(text: String, error: CheckpointError)] = [
    ("", .lineNotEnded(.origin)),
    ("origin", .lineNotEnded(.origin)),
    ("origin\n8", .lineNotEnded(.size)),
    ("origin\n8\n\(root)", .lineNotEnded(.root)),
    ("\n8\n\(root)\n", .lineEmpty(.origin)),
    ("origin\n\n\(root)\n", .lineEmpty(.size)),
    ("origin\n8\n\n", .lineEmpty(.root)),
    ("ori\tgin\n8\n\(root)\n", .controlCharacter(.origin)),
    ("origin\n8\r\n\(root)\n", .controlCharacter(.size)),
    ("origin\n8\n\(root)\r\n", .controlCharacter(.root)),
    ("origin\n08\n\(root)\n", .sizeMalformed),
    ("origin\n00\n\(root)\n", .sizeMalformed),
    ("origin\n+8\n\(root)\n", .sizeMalformed),
    ("origin\n-8\n\(root)\n", .sizeMalformed),
    ("origin\n 8\n\(root)\n", .sizeMalformed),
    ("origin\n٨\n\(root)\n", .sizeMalformed),
    ("origin\n9223372036854775808\n\(root)\n", .sizeTooLarge),
    ("origin\n8\n\(root.dropLast())\n", .rootMalformed(characterCount: 43)),
    ("origin\n8\n\(root) \n", .rootMalformed(characterCount: 45)),
    ("origin\n8\n\(root.dropLast(2))h=\n", .rootMalformed(characterCount: 44)),
    ("origin\n8\n\(root)\nextension\n", .lineAfterRoot),
  ]

  @Test("is refused when its text is not exactly what would be printed", arguments: refusals)
  func refused(text: String, error: CheckpointError) {
    #expect(throws: error) { try Checkpoint(parsing: text.utf8) }
  }

  @Test("is refused when its origin is not UTF-8")
  func notUTF8() {
    #expect(throws: CheckpointError.originNotUTF8) {
      try Checkpoint(parsing: [0xff] + Array(Self.text.utf8))
    }
  }

  @Test("is not made from an origin or a size that could not be read back")
  func notMade() {
    let root = MerkleTree.emptyRoot
    #expect(throws: CheckpointError.lineEmpty(.origin)) { try Checkpoint(origin: "", size: 0, root: root) }
    #expect(throws: CheckpointError.controlCharacter(.origin)) {
      try Checkpoint(origin: "a\nb", size: 0, root: root)
    }
    #expect(throws: CheckpointError.sizeMalformed) { try Checkpoint(origin: "a", size: -1, root: root) }
  }

  @Test("says where it is damaged, what was expected and what to do")
  func message() {
    let expected =
      "checkpoint line 2 (size): expected digits without a leading zero, found something else; "
      + "print it again with 'benefits checkpoint LEDGER' or fetch the original"
    #expect(CheckpointError.sizeMalformed.description == expected)
  }
}

/// SplitMix64: small, and the same on every machine and Swift version.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
