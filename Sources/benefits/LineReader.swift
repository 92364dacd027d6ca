// Lines of a file or of standard input, read in pieces: a line that is too long is reported and skipped, never held
// in memory. What the lines say is for others to read.

import Foundation

/// Reads lines of at most `longest` bytes, in constant memory. A byte order mark at the very beginning, which some
/// editors write, is passed over.
struct LineReader {
  enum Line {
    /// Without its newline and without a carriage return before it.
    case text(UnsafeBufferPointer<UInt8>)
    /// Longer than the limit; its bytes were skipped.
    case tooLong
  }

  private static let pieceLength = 256 * 1024
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let descriptor: Int32
  private let name: String
  private let longest: Int
  /// Made once; what was read and not yet given stands in `start..<filled`.
  private var buffer: [UInt8]
  private var start = 0
  private var filled = 0
  private var isAtEnd = false
  /// Of the last line given; the first is 1.
  private var number: Int64 = 0

  /// The most bytes a line can have with what is not counted: a byte order mark and a carriage return.
  private var longestRaw: Int { longest + Self.byteOrderMark.count + 1 }

  /// Opens a file; `-` is standard input.
  init(_ path: String, longest: Int) throws {
    self.longest = longest
    buffer = [UInt8](repeating: 0, count: longest + 8 + Self.pieceLength)
    guard path != "-" else {
      (descriptor, name) = (STDIN_FILENO, "standard input")
      return
    }
    name = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw Failure(code == ENOENT ? .noInput : .ioError, "\(path): \(String(cString: strerror(code)))")
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw Failure(.noInput, "\(path) is a folder, not a file of commands")
    }
  }

  func end() { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// Calls `body` with the next line and its number, from 1; false at the end of the file.
  mutating func next(_ body: (Line, _ number: Int64) throws -> Void) throws -> Bool {
    var searched = start
    while true {
      if let newline = newline(from: searched) {
        number += 1
        defer { start = newline + 1 }
        try give(start..<newline, body)
        return true
      }
      if isAtEnd {
        guard start < filled else { return false }
        number += 1
        defer { start = filled }
        try give(start..<filled, body)
        return true
      }
      if filled - start > longestRaw {
        number += 1
        try skipLine()
        try body(.tooLong, number)
        return true
      }
      let unread = filled - start
      try readMore()
      searched = unread
    }
  }

  private func newline(from index: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, index < filled else { return nil }
      return memchr(base + index, Int32(UInt8(ascii: "\n")), filled - index).map {
        UnsafeRawPointer($0) - base
      }
    }
  }

  private func give(_ range: Range<Int>, _ body: (Line, _ number: Int64) throws -> Void) throws {
    var (begin, end) = (range.lowerBound, range.upperBound)
    if end > begin, buffer[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    if number == 1, buffer[begin..<end].starts(with: Self.byteOrderMark) { begin += Self.byteOrderMark.count }
    guard end - begin <= longest else { return try body(.tooLong, number) }
    try buffer.withUnsafeBufferPointer {
      try body(.text(UnsafeBufferPointer(rebasing: $0[begin..<end])), number)
    }
  }

  /// Moves what is left to the front and fills the rest of the buffer with one read.
  private mutating func readMore() throws {
    let unread = filled - start
    var count = -1
    buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      if start > 0 { memmove(base, base + start, unread) }
      repeat {
        count = read(descriptor, base + unread, bytes.count - unread)
      } while count < 0 && errno == EINTR
    }
    (start, filled) = (0, unread)
    guard count >= 0 else { throw Failure(.ioError, "\(name): \(String(cString: strerror(errno)))") }
    filled += count
    isAtEnd = count == 0
  }

  /// Drops the rest of a line that is too long, piece by piece.
  private mutating func skipLine() throws {
    while true {
      if let newline = newline(from: start) {
        start = newline + 1
        return
      }
      start = filled
      if isAtEnd { return }
      try readMore()
    }
  }
}
