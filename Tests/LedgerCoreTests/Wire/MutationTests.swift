// 20,000 damaged command lines and as many damaged records, by a printed seed: none may end the process, and a record
// that is still read must have exactly the bytes that today's encoder writes.

import Foundation
import Testing

@testable import LedgerCore

@Suite("Damaged lines")
struct MutationTests {
  private static let count = 20_000

  /// `WIRE_SEED=…` replays a failure; otherwise the same every time.
  private static let seed =
    ProcessInfo.processInfo.environment["WIRE_SEED"].flatMap { UInt64($0) } ?? 20_221_001

  @Test("a damaged record is refused, or is the canonical record of what it says")
  func records() {
    print("seed of the damaged records: WIRE_SEED=\(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed)
    let originals = EventRecord.examples.map(\.bytes)
    var readable = 0
    for number in 0..<Self.count {
      let bytes = damaged(originals, &generator)
      guard let record = try? readRecord(bytes) else { continue }
      readable += 1
      #expect(record.bytes == bytes, "number \(number) of seed \(Self.seed)")
      if let command = record.rebuiltCommand {
        #expect(command.firstDifference(from: command) == nil)
        #expect(parse(command.line).command == command, "number \(number) of seed \(Self.seed)")
      }
    }
    #expect(readable > 100, "damage that nothing survives proves little")
    #expect(readable < Self.count / 2)
  }

  @Test("a damaged command line is refused, or is a command that survives being written and read")
  func commands() {
    print("seed of the damaged command lines: WIRE_SEED=\(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed)
    let originals = Command.examples.map { Array($0.line.utf8) }
    var parser = CommandParser()
    var readable = 0
    for number in 0..<Self.count {
      let bytes = damaged(originals, &generator)
      guard case .command(let command) = bytes.withUnsafeBufferPointer({ parser.parse($0) }) else { continue }
      readable += 1
      #expect(parse(command.line).command == command, "number \(number) of seed \(Self.seed)")
      let record = EventRecord.example(.commandRefused(CommandRefused(request: command.body)))
      #expect((try? readRecord(record.bytes)) == record, "number \(number) of seed \(Self.seed)")
    }
    #expect(readable > 100, "damage that nothing survives proves little")
    #expect(readable < Self.count / 2)
  }

  private static let pieces: [[UInt8]] =
    [
      "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-", "0", "00", "1e9", "1.5", "-0",
      "9223372036854775807",
      "9223372036854775808", "-9223372036854775808", "\\u0041", "\\ud800", "\\ud83d\\ude00", "\\n", "\\/",
      " ", "\n", "\0",
      "é", "工", "😀", "{}", "[]", "\"\"", "Z", "+08:00", "\"data\":", "\"type\":\"points.earn\"", "2022-10-01",
    ].map { Array($0.utf8) } + [[0xFF], [0x80], [0xC3], [0xED, 0xA0, 0x80]]

  /// One of the lines with one to three accidents.
  private func damaged(_ originals: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = originals[Int.random(in: originals.indices, using: &generator)]
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 1...12, using: &generator))
      let piece = Self.pieces[Int.random(in: Self.pieces.indices, using: &generator)]
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes[place] = UInt8.random(in: 0x30...0x7A, using: &generator)
      case 3: bytes.removeSubrange(place..<end)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 5: bytes.insert(contentsOf: piece, at: place)
      case 6: bytes.replaceSubrange(place..<end, with: piece)
      default:
        let other = originals[Int.random(in: originals.indices, using: &generator)]
        bytes.replaceSubrange(place..., with: other.suffix(from: min(other.count, place)))
      }
    }
    return bytes
  }
}
