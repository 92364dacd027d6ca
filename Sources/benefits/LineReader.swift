// Lines of a file or of standard input, read in pieces: a line that is too long is reported and skipped, never held
// in memory.

import Foundation

/// Reads lines of at most `longest` bytes.
struct LineReader {
  enum Line {
    /// Without its newline and without a carriage return before it.
    case text(UnsafeBufferPointer<UInt8>)
    /// Longer than the limit; its bytes were skipped.
    case tooLong
  }

  private static let pieceLength = 256 * 1024

  private let descriptor: Int32
  private let name: String
  private let longest: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// Of the last line given; the first is 1.
  private var number: Int64 = 0

  /// Opens a file; `-` is standard input.
  init(_ path: String, longest: Int) throws {
    self.longest = longest
    guard path != "-" else {
      (descriptor, name) = (STDIN_FILENO, "standard input")
      return
    }
    name = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(errno == ENOENT ? .noInput : .ioError, "\(path): \(String(cString: strerror(errno)))")
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
      if let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        let end = newline
        defer { start = newline + 1 }
        try give(start..<end, body)
        return true
      }
      searched = buffer.count
      if isAtEnd {
        guard start < buffer.count else { return false }
        number += 1
        defer { start = buffer.count }
        try give(start..<buffer.count, body)
        return true
      }
      if buffer.count - start > longest + 1 {
        number += 1
        try skipLine()
        try body(.tooLong, number)
        return true
      }
      try readMore(&searched)
    }
  }

  private func give(_ range: Range<Int>, _ body: (Line, _ number: Int64) throws -> Void) throws {
    var end = range.upperBound
    if end > range.lowerBound, buffer[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    guard end - range.lowerBound <= longest else { return try body(.tooLong, number) }
    try buffer.withUnsafeBufferPointer {
      try body(.text(UnsafeBufferPointer(rebasing: $0[range.lowerBound..<end])), number)
    }
  }

  private mutating func readMore(_ searched: inout Int) throws {
    buffer.removeSubrange(..<start)
    searched -= start
    start = 0
    let filled = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.pieceLength))
    var count = -1
    repeat {
      count = buffer.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress.map { $0 + filled }, Self.pieceLength)
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw Failure(.ioError, "\(name): \(String(cString: strerror(errno)))") }
    buffer.removeSubrange((filled + count)...)
    isAtEnd = count == 0
  }

  /// Drops the rest of a line that is too long, piece by piece.
  private mutating func skipLine() throws {
    while true {
      if let newline = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        start = newline + 1
        return
      }
      start = buffer.count
      if isAtEnd { return }
      var searched = start
      try readMore(&searched)
    }
  }
}
