// What an auditor signs and keeps: which ledger, how many events, which root, as C2SP tlog-checkpoint text.
// Not here: signatures, which ssh-keygen and openssl make and check, and the computing of the root (MerkleTree.swift).

/// The statement "the first `size` events of the ledger `origin` hash to `root`".
///
/// Its text is the body of a C2SP tlog-checkpoint: three lines, each ended by a newline.
///
/// ```
/// ledger.example.org/guangdong
/// 7
/// 3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=
/// ```
package struct Checkpoint: Sendable, Equatable {
  /// The name of the ledger: not empty, no control characters.
  package let origin: String
  /// How many events the root covers; never negative.
  package let size: Int64
  /// The Merkle root over those events.
  package let root: Digest

  /// A checkpoint to print. Refuses an origin or a size whose text could not be read back.
  package init(origin: String, size: Int64, root: Digest) throws(CheckpointError) {
    guard !origin.isEmpty else { throw .lineEmpty(.origin) }
    guard !origin.utf8.contains(where: isControlCharacter) else { throw .controlCharacter(.origin) }
    guard size >= 0 else { throw .sizeMalformed }
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Reads checkpoint text (UTF-8), strictly: only what `text` would print is accepted.
  ///
  /// A blank line ends the body. Whatever follows it, such as signatures, is ignored and not checked. C2SP allows
  /// extension lines after the root; our checkpoints have none, so they are refused.
  package init(parsing text: some Collection<UInt8>) throws(CheckpointError) {
    var rest = text[...]
    let origin = try takeLine(.origin, from: &rest)
    let sizeText = try takeLine(.size, from: &rest)
    let rootText = try takeLine(.root, from: &rest)
    guard rest.isEmpty || rest.first == newline else { throw .lineAfterRoot }

    guard let origin = String(validating: origin, as: UTF8.self) else { throw .originNotUTF8 }
    let size = try parseSize(sizeText)
    guard let root = Digest(base64: rootText) else { throw .rootMalformed(characterCount: rootText.count) }
    try self.init(origin: origin, size: size, root: root)
  }

  /// The three lines to sign, each ended by a newline.
  package var text: String {
    "\(origin)\n\(size)\n\(root.base64)\n"
  }
}

/// Why a text is not a checkpoint. Trying again cannot help; the text has to be fetched or exported anew.
package enum CheckpointError: Error, Equatable, Sendable {
  /// The lines of a checkpoint by their number.
  package enum Line: Int, Sendable {
    case origin = 1
    case size = 2
    case root = 3
  }

  /// The text ends before this line does.
  case lineNotEnded(Line)
  /// This line has no characters.
  case lineEmpty(Line)
  /// This line has a character below U+0020, most often a carriage return.
  case controlCharacter(Line)
  /// The origin is not UTF-8.
  case originNotUTF8
  /// The size is not a plain decimal number: digits only, no leading zero.
  case sizeMalformed
  /// The size is a number above 2^63 − 1.
  case sizeTooLarge
  /// The root is not the base64 of 32 bytes in its one canonical form.
  case rootMalformed(characterCount: Int)
  /// The root is followed by neither the end nor a blank line.
  case lineAfterRoot
}

extension CheckpointError: CustomStringConvertible {
  /// Where, what was expected, what was found, and what to do.
  package var description: String {
    "checkpoint \(finding); print it again with 'benefits checkpoint LEDGER' or fetch the original"
  }

  private var finding: String {
    switch self {
    case .lineNotEnded(let line):
      "line \(line.rawValue) (\(line)): expected a line ended by a newline, found the end of the text"
    case .lineEmpty(let line):
      "line \(line.rawValue) (\(line)): expected characters, found an empty line"
    case .controlCharacter(let line):
      "line \(line.rawValue) (\(line)): expected no control characters, found one (Windows line endings?)"
    case .originNotUTF8:
      "line 1 (origin): expected UTF-8, found other bytes"
    case .sizeMalformed:
      "line 2 (size): expected digits without a leading zero, found something else"
    case .sizeTooLarge:
      "line 2 (size): expected at most \(Int64.max), found a larger number"
    case .rootMalformed(let count):
      "line 3 (root): expected the 44 base64 characters of 32 bytes, found \(count) that are not"
    case .lineAfterRoot:
      "line 4: expected the end or a blank line, found more text (extension lines are not supported)"
    }
  }
}

private let newline = UInt8(ascii: "\n")

private func isControlCharacter(_ byte: UInt8) -> Bool { byte < 0x20 }

/// Removes the first line from `rest` and answers it without its newline.
private func takeLine<Text: Collection<UInt8>>(
  _ line: CheckpointError.Line, from rest: inout Text
) throws(CheckpointError) -> Text where Text.SubSequence == Text {
  guard let end = rest.firstIndex(of: newline) else { throw .lineNotEnded(line) }
  let content = rest[..<end]
  guard !content.isEmpty else { throw .lineEmpty(line) }
  guard !content.contains(where: isControlCharacter) else { throw .controlCharacter(line) }
  rest = rest[rest.index(after: end)...]
  return content
}

private func parseSize(_ text: some Collection<UInt8>) throws(CheckpointError) -> Int64 {
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  guard text.allSatisfy(digits.contains), text.first != UInt8(ascii: "0") || text.count == 1 else {
    throw .sizeMalformed
  }
  guard let size = Int64(String(decoding: text, as: UTF8.self)) else { throw .sizeTooLarge }
  return size
}
