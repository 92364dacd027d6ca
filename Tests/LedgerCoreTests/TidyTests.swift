// The few rules of the house that a machine judges well: who imports what, who names whom, no clocks in the core.
// Layout is swift-format's; everything else is a reader's.

import Foundation
import Testing

@Suite("The tree is tidy")
struct TidyTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Swift files below a folder, with their lines.
  private static func sources(_ folder: String) throws -> [(name: String, lines: [String])] {
    let base = root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    let files = try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)
      return (folder + "/" + name, text.components(separatedBy: "\n"))
    }
    try #require(!files.isEmpty, "no Swift files below \(folder)")
    return files
  }

  private static func code(_ line: String) -> String {
    let trimmed = line.trimmingCharacters(in: .whitespaces)
    return trimmed.hasPrefix("//") ? "" : trimmed
  }

  @Test("the core imports nothing")
  func coreImportsNothing() throws {
    for file in try Self.sources("Sources/LedgerCore") {
      for line in file.lines where Self.code(line).contains("import ") {
        #expect(
          !Self.code(line).hasPrefix("import") && !Self.code(line).hasPrefix("public import"), "\(file.name)")
      }
    }
  }

  @Test("the core knows no clock, no randomness and no files")
  func coreIsPure() throws {
    let words = [
      "Date(", "Clock", "random(", "SystemRandomNumberGenerator", "FileManager", "getenv", "print(",
    ]
    for file in try Self.sources("Sources/LedgerCore") {
      for line in file.lines {
        for word in words { #expect(!Self.code(line).contains(word), "\(file.name): \(line)") }
      }
    }
  }

  @Test("only the library speaks SQLite, and the tool does not")
  func onlyTheLibrarySpeaksSQLite() throws {
    for folder in ["Sources/LedgerCore", "Sources/benefits"] {
      for file in try Self.sources(folder) {
        for line in file.lines {
          #expect(
            !Self.code(line).contains("CSQLite") && !Self.code(line).contains("sqlite3_"), "\(file.name)")
        }
      }
    }
  }

  @Test("points do not name the events of members, nor members those of points")
  func benefitsDoNotNameEachOther() throws {
    let rooms = [
      ("Sources/LedgerCore/Points", ["MemberEvent", "MemberCommand", "OrganisationEvent", "ActorEvent"]),
      ("Sources/LedgerCore/Members", ["PointsEvent", "PointsCommand", "Wallet", "PointsRule"]),
      ("Sources/LedgerCore/Stations", ["PointsEvent", "MemberEvent", "MemberCommand", "Wallet"]),
      (
        "Sources/LedgerCore/Gifts", ["FundEvent", "FundCommand", "StationEvent", "MemberEvent", "GrantEvent"]
      ),
      (
        "Sources/LedgerCore/Grants", ["FundEvent", "FundCommand", "StationEvent", "MemberEvent", "GiftEvent"]
      ),
      (
        "Sources/LedgerCore/Activities",
        [
          "PointsEvent", "PointsCommand", "MemberEvent", "MemberCommand", "Wallet", "CouponEvent",
          "CouponCommand",
        ]
      ),
      (
        "Sources/LedgerCore/Coupons",
        ["FundEvent", "FundCommand", "MerchantEvent", "MerchantCommand", "MemberEvent", "Wallet"]
      ),
      ("Sources/LedgerCore/Actors", ["PointsEvent", "MemberEvent", "Wallet"]),
    ]
    for (folder, names) in rooms {
      for file in try Self.sources(folder) {
        for line in file.lines {
          for name in names { #expect(!Self.code(line).contains(name), "\(file.name) names \(name)") }
        }
      }
    }
  }

  @Test("no default case hides a new event, command or refusal from the compiler")
  func noDefaultOverOurEnums() throws {
    // A default is fine over bytes, integers and texts, which is what Wire and Values switch over.
    for folder in [
      "Actors", "Organisations", "Stations", "Members", "Points", "Ledger", "Book", "Projections", "Audit",
      "Gifts", "Grants", "Coupons",
      "Actors", "Organisations", "Stations", "Members", "Points", "Activities", "Ledger", "Book",
      "Projections", "Audit",
    ] {
      for file in try Self.sources("Sources/LedgerCore/" + folder) {
        for line in file.lines { #expect(!Self.code(line).hasPrefix("default:"), "\(file.name)") }
      }
    }
  }

  @Test("nothing is forced: no try!, no as!, no force unwrap")
  func nothingIsForced() throws {
    for file in try Self.sources("Sources") {
      for line in file.lines {
        #expect(
          !Self.code(line).contains("try!") && !Self.code(line).contains("as!"), "\(file.name): \(line)")
        let unwrap = Self.code(line).range(of: "[A-Za-z0-9_)\\]]!([.,) ]|$)", options: .regularExpression)
        #expect(unwrap == nil || Self.code(line).contains("\""), "\(file.name): \(line)")
      }
    }
  }

  @Test("every source file begins by saying what is here")
  func everyFileHasItsHeader() throws {
    for file in try Self.sources("Sources") + Self.sources("Migrations") {
      let header = file.lines.prefix { $0.hasPrefix("// ") }.joined(separator: " ")
      #expect(header.count > 60 && header.hasSuffix("."), "\(file.name)")
    }
  }

  @Test("no source file has grown beyond 450 lines")
  func noRoomGrewTooBig() throws {
    for file in try Self.sources("Sources") { #expect(file.lines.count <= 450, "\(file.name)") }
  }

  @Test("nothing of anyone's machine stands in the tree")
  func nothingOfAMachine() throws {
    let marks = ["/Users" + "/", "/home" + "/", "localhost" + ":"]
    for file in try Self.sources("Sources") + Self.sources("Tests") {
      for line in file.lines {
        for mark in marks { #expect(!line.contains(mark), "\(file.name): \(line)") }
      }
    }
  }
}
