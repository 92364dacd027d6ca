// The guard against personal data (domain.md L8) as a Swift caller meets it: an error, and nothing on disk. What is a
// personal number is tested with the core, JSON lines with the tool.

import Foundation
import Testing

@testable import BenefitsLedger
@testable import LedgerCore

@Suite("The guard, for Swift callers")
struct GuardTests {
  private let folder: DatabaseFolder
  private let ledger: Ledger
  private let clock = HistoryClock(Instant(milliseconds: 1_664_600_000_000))

  /// Eleven digits that begin with 13, made here so that none stand in the tree.
  private static let mobile = "13" + String(repeating: "0", count: 9)
  /// The one of eleven check digits that is right.
  private static let card = (0...9).lazy.map { "110105" + "19900307" + "00" + "\($0)" + "7" }
    .first { PersonalNumber.first(in: $0, .identityCards) != nil }

  init() throws {
    folder = try DatabaseFolder()
    ledger = try Ledger.create(at: folder.file("test.ledger"), Self.opening("test"), clock: clock)
  }

  private static func opening(
    _ name: String, origin: String = "test", owner: String = "owner"
  ) throws -> OpenLedger {
    OpenLedger(
      name: try #require(FreeText(name)), origin: try #require(FreeText(origin)),
      zone: HistoryGenerator.zone, owner: try #require(ActorID(owner)))
  }

  private func naming(_ organisation: String, _ name: String, id: String? = nil) -> Command {
    let data = RegisterOrganisation(
      organisation: HistoryGenerator.id(organisation, OrganisationID.init), name: FreeText(name))
    return Command(
      id: HistoryGenerator.id(id ?? "name-\(organisation)", CommandID.init), at: clock.now(),
      actor: HistoryGenerator.id("owner", ActorID.init), .organisation(.register(data)))
  }

  /// The error of a call that must fail, which tells nothing of the number.
  private func failure(
    _ secret: String, _ call: () async throws -> Void
  ) async throws -> LedgerError {
    let error = await #expect(throws: LedgerError.self) { try await call() }
    let told = try #require(error)
    #expect(!told.description.contains(secret.dropFirst(4).dropLast(2)), "\(told)")
    #expect(told.code == .personalData)
    #expect(!told.canRetry)
    return told
  }

  @Test("a command with a personal number is thrown back, and the id of a good one is told")
  func perform() async throws {
    let error = try await failure(Self.mobile) {
      _ = try await ledger.perform(naming("gd", "call " + Self.mobile))
    }
    #expect(
      error.message.hasPrefix(
        "Command name-gd holds personal data; nothing was recorded. data.name: holds a mobile number, "))
    // Nothing of it sticks: the same id may be used for what it should have said.
    let receipt = try await ledger.perform(naming("gd", "广东"))
    #expect(receipt.isAccepted && !receipt.repeated)
  }

  @Test("an id that is one is not told, and nothing of its batch is recorded")
  func batch() async throws {
    let card = try #require(Self.card)
    let error = try await failure(card) {
      _ = try await ledger.perform(batch: [naming("gd", "广东"), naming("sz", "深圳", id: "reg-" + card)])
    }
    #expect(error.message.hasPrefix("A command holds personal data; nothing was recorded. id: holds an iden"))
    let receipt = try await ledger.perform(naming("gd", "广东"))
    #expect(receipt.isAccepted && !receipt.repeated)
  }

  @Test("who brought the commands is looked into too")
  func via() async throws {
    let via = FreeText("user " + Self.mobile)
    _ = try await failure(Self.mobile) { _ = try await ledger.perform(naming("gd", "广东"), via: via) }
    #expect(throws: LedgerError.self) {
      try ledger.performAndWait(Request(commands: [naming("gd", "广东")], via: via))
    }
    let receipt = try await ledger.perform(naming("gd", "广东"), via: FreeText("uid 1000"))
    #expect(receipt.isAccepted && !receipt.repeated)
  }

  @Test("a ledger whose name, origin or owner is one is not made, nor any file beside it")
  func create() async throws {
    let card = try #require(Self.card)
    for (opening, secret, field) in [
      (try Self.opening("of " + Self.mobile), Self.mobile, "data.name"),
      (try Self.opening("test", origin: "ledger.example.org/" + card), card, "data.origin"),
      (try Self.opening("test", owner: card), card, "actor"),
    ] {
      let error = try await failure(secret) {
        _ = try Ledger.create(at: folder.file("other.ledger"), opening, clock: clock)
      }
      #expect(error.message.contains(" \(field): holds "))
    }
    let names = try FileManager.default.contentsOfDirectory(
      atPath: URL(filePath: ledger.path).deletingLastPathComponent().path)
    #expect(!names.contains { $0.hasPrefix("other") })
  }
}
