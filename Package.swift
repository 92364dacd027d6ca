// swift-tools-version: 6.1
// The whole build: six targets whose arrows point one way, and their tests. No package dependencies, by contract.
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "benefits-ledger",
  products: [
    .library(name: "BenefitsLedger", targets: ["BenefitsLedger"]),
    .executable(name: "benefits", targets: ["benefits"]),
  ],
  targets: [
    // The system's SQLite, as a module.
    .systemLibrary(
      name: "CSQLite", path: "Sources/CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]),
    // SHA-256's inner loop on processors that have instructions for it.
    .target(name: "CSHA256", path: "Sources/CSHA256"),
    // The schema, one SQL file a step, embedded in the program.
    .target(
      name: "Migrations", path: "Migrations",
      resources: [
        .embedInCode("V0001_event_log.sql"),
        .embedInCode("V0002_members.sql"),
        .embedInCode("V0003_points.sql"),
        .embedInCode("V0004_ledger.sql"),
        .embedInCode("V0005_points_life.sql"),
        .embedInCode("V0006_stations_and_relatives.sql"),
        .embedInCode("V0007_funds.sql"),
        .embedInCode("V0008_coupons.sql"),
        .embedInCode("V0009_activities.sql"),
        .embedInCode("V0010_gifts_and_grants.sql"),
      ],
      swiftSettings: strict),
    // Pure: events, rules, the one fold. No SQLite, no clock, no files.
    .target(name: "LedgerCore", path: "Sources/LedgerCore", swiftSettings: strict),
    // The log on disk, the writer, readers, replay and verification.
    .target(
      name: "BenefitsLedger",
      dependencies: ["LedgerCore", "CSQLite", "CSHA256", "Migrations"],
      path: "Sources/BenefitsLedger", swiftSettings: strict),
    // The tool.
    .executableTarget(
      name: "benefits", dependencies: ["BenefitsLedger"], path: "Sources/benefits", swiftSettings: strict),
    .testTarget(
      name: "LedgerCoreTests", dependencies: ["LedgerCore"], path: "Tests/LedgerCoreTests",
      swiftSettings: strict),
    .testTarget(
      name: "BenefitsLedgerTests", dependencies: ["BenefitsLedger"], path: "Tests/BenefitsLedgerTests",
      swiftSettings: strict),
    .testTarget(
      name: "benefitsTests", dependencies: ["benefits", "BenefitsLedger"], path: "Tests/benefitsTests",
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
