// One canonical record of every event type and version, in Fixtures/golden: wire names and bytes are pinned there for
// ever; Fixtures/golden-first holds those of the first release. `UPDATE_GOLDEN=1 swift test --filter Golden` writes the files of today's versions; those of older ones stay.

import Foundation
import Testing

@testable import LedgerCore

@Suite("Golden records")
struct GoldenTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/golden")

  private static func name(_ type: String, _ version: Int64) -> String { "\(type).v\(version).json" }

  /// Writes the files anew when asked to, before any test reads them.
  private static let files: [String: [UInt8]] = {
    let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    if isUpdate {
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for record in EventRecord.examples {
          let file = folder.appending(path: name(record.type.name, record.type.version))
          try Data(record.bytes + [0x0A]).write(to: file)
        }
      } catch { Issue.record("\(error)") }
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, (try? Data(contentsOf: folder.appending(path: name))).map { [UInt8]($0) } ?? [])
      })
  }()

  /// The bytes of a record, without the newline that ends its file.
  private func record(_ type: String, _ version: Int64) throws -> [UInt8] {
    let name = Self.name(type, version)
    let bytes = try #require(
      Self.files[name], "Fixtures/golden/\(name) is missing; UPDATE_GOLDEN=1 writes it")
    try #require(bytes.last == 0x0A)
    return bytes.dropLast()
  }

  @Test("every event type has a file for each of its versions, and every file belongs to one")
  func complete() {
    let expected = Event.blanks.flatMap { event in
      (1...event.type.version).map { Self.name(event.type.name, $0) }
    }
    #expect(Self.files.keys.sorted() == expected.sorted())
  }

  @Test("a golden record is read, and written as it was", arguments: Event.blanks.map(\.type.name))
  func readAndWritten(type: String) throws {
    let version = try #require(Event.blank(type)).type.version
    for version in 1...version {
      let bytes = try record(type, version)
      let read = try readRecord(bytes)
      #expect(read.type.name == type)
      // An older record is upcast: what is written is today's version, and that is read as the same.
      if version == read.type.version { #expect(read.bytes == bytes) }
      #expect(try readRecord(read.bytes) == read)
    }
  }

  @Test(
    "a record written before its type or the envelope grew optional fields is read, and written as it was")
  func beforeOptionalFields() throws {
    let folder = Self.folder.deletingLastPathComponent().appending(path: "golden-first")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count == 26, "the event types of the first release")
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)).dropLast())
      #expect(try readRecord(bytes).bytes == bytes, "\(name)")
    }
  }

  @Test("today's encoder writes the golden bytes", arguments: EventRecord.examples.indices)
  func pinned(index: Int) throws {
    let example = EventRecord.examples[index]
    let golden = try record(example.type.name, example.type.version)
    #expect(
      String(decoding: example.bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self),
      "a record in a log would be written otherwise than before; stored bytes never change")
  }

  @Test("a golden record has every field of the envelope", arguments: Event.blanks.indices)
  func envelope(index: Int) throws {
    let type = Event.blanks[index].type
    let text = String(decoding: try record(type.name, type.version), as: UTF8.self)
    for field in EventRecord.schema { #expect(text.contains("\"\(field.key)\":"), "\(field.key)") }
  }
}
