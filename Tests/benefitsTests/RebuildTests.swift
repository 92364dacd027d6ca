// benefits rebuild through the real executable: rows that were changed, and rows of another fold version. That the fold
// is right is shown elsewhere.

import Foundation
import Testing

@testable import BenefitsLedger

@Suite("benefits rebuild")
struct RebuildTests {
  private func change(_ path: String, _ sql: String) throws {
    let connection = try Connection(path: path, mode: .readWrite)
    try connection.execute(sql)
    try connection.close()
  }

  @Test("puts back rows that were changed, deleted or added")
  func changedRows() throws {
    let small = try SmallLedger()
    try small.apply([SmallLedger.points("e-1", "2022-01-03T09:00:00", "earn", #""rule":"read","quantity":1"#)]
    )
    try change(
      small.path,
      """
      UPDATE points_wallet SET available = 1000000; DELETE FROM organisation WHERE organisation = 'gz';
      INSERT INTO points_account (organisation, issued, available, held, spent, expired, forfeited, months)
        VALUES ('nowhere', 1, 1, 0, 0, 0, 0, '[]');
      """)
    #expect(try Tool.run(["verify", small.path]).status == 1)
    let rebuilt = try Tool.run(["rebuild", small.path])
    #expect(rebuilt.status == 0, "\(rebuilt.stderr)")
    #expect(rebuilt.stdout.hasPrefix("rebuilt 12 rows from 12 events"), "\(rebuilt.stdout)")
    let verified = try Tool.run(["verify", small.path])
    #expect(verified.status == 0, "\(verified.stdout)")
  }

  @Test("is what a writer asks for when another fold made the rows, and then it writes")
  func otherFold() throws {
    let small = try SmallLedger()
    try change(small.path, "UPDATE meta_fold SET version = 0")
    let line = SmallLedger.points("e-1", "2022-01-03T09:00:00", "earn", #""rule":"read","quantity":1"#)
    let refused = try Tool.run(["apply", small.path], input: Data((line + "\n").utf8))
    #expect(refused.status == 65)
    #expect(refused.stderr.contains("benefits rebuild"))
    #expect(try Tool.run(["rebuild", small.path]).status == 0)
    #expect(try Tool.run(["apply", small.path], input: Data((line + "\n").utf8)).status == 0)
    #expect(try Tool.run(["verify", small.path]).status == 0)
  }

  @Test("waits its turn behind a writer, and makes no ledger where there is none")
  func refusals() throws {
    let small = try SmallLedger()
    let lock = try WriterLock(path: small.path)
    #expect(try Tool.run(["rebuild", small.path]).status == 75)
    withExtendedLifetime(lock) {}
    #expect(try Tool.run(["rebuild", small.path + "-not"]).status == 66)
  }
}
