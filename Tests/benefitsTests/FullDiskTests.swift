// A disk that is full, or a quota that is used up, in the middle of `apply`. Killing is in KillDrillTests.

import Foundation
import Testing

@Suite("A full disk")
struct FullDiskTests {
  /// What the results of the run on the full disk must be, and what is left of it.
  private func expectFailure(_ results: String, _ folder: DrillFolder) throws -> Int {
    let lines = results.split(separator: "\n")
    let failed = lines.filter { $0.contains(#""status":"failed","code":"storage.full""#) }
    #expect(!failed.isEmpty)
    #expect(failed.allSatisfy { $0.hasSuffix(#""retry":true}"#) })
    // First what was recorded, then what was not: nothing after a failure may be decided without it.
    let recorded = lines.count - failed.count
    #expect(lines.suffix(failed.count).allSatisfy { $0.contains(#""status":"failed""#) })
    return recorded
  }

  @Test(
    "a quota that is used up is answered as a full disk; with room again the same file completes the ledger")
  func quota() throws {
    let folder = try DrillFolder(rounds: 500)
    defer { folder.remove() }
    let undisturbed = try folder.copy("undisturbed.ledger")
    #expect(try Tool.run(["apply", undisturbed, folder.commands, "--results", "/dev/null"]).status == 1)
    let events = try DrillFolder.events(undisturbed)
    var hadSome = false
    for kilobytes in [300, 900, 1_500] {
      let ledger = try folder.copy("limited-\(kilobytes).ledger")
      let ending = try Tool.run(
        shell: "trap '' XFSZ; ulimit -f \(kilobytes); "
          + "benefits apply '\(ledger)' '\(folder.commands)'")
      #expect(ending.status == 74)
      #expect(
        ending.stderr
          == "benefits apply: The disk that holds \(ledger) is full. Nothing was recorded; make room and "
          + "try again.\n")
      let recorded = try expectFailure(ending.stdout, folder)
      hadSome = hadSome || recorded > 0
      #expect(try Tool.run(["verify", ledger]).status == 0)
      let again = try Tool.run(["apply", ledger, folder.commands])
      #expect(
        again.stdout.split(separator: "\n").filter { $0.contains(#""repeated":true"#) }.count == recorded)
      #expect(try DrillFolder.events(ledger) == events)
      #expect(try Tool.run(["verify", ledger]).status == 0)
    }
    #expect(hadSome)
  }

  private static let canMount =
    (try? Tool.run(shell: "unshare -rm bash -c 'mount -t tmpfs -o size=1m none /mnt'"))?.status == 0

  @Test(
    "a full disk is answered as such; with room again the same file completes the ledger",
    .enabled(if: canMount, "needs unshare and the right to mount"))
  func fullDisk() throws {
    let folder = try DrillFolder(rounds: 500)
    defer { folder.remove() }
    let undisturbed = try folder.copy("undisturbed.ledger")
    #expect(try Tool.run(["apply", undisturbed, folder.commands, "--results", "/dev/null"]).status == 1)
    let disk = folder.file("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    let script = """
      mount -t tmpfs -o size=2m none '\(disk)' && cp '\(folder.ledger)' '\(disk)/city.ledger' || exit 99
      benefits apply '\(disk)/city.ledger' '\(folder.commands)' --results '\(folder.file("results"))'
      echo "applied $?"
      benefits verify '\(disk)/city.ledger' > '\(folder.file("verified"))'; echo "verified $?"
      mount -o remount,size=64m '\(disk)' || exit 98
      benefits apply '\(disk)/city.ledger' '\(folder.commands)' --results '\(folder.file("again"))' --quiet > /dev/null
      echo "again $?"; cp '\(disk)/city.ledger' '\(folder.file("done.ledger"))'
      """
    let file = try folder.write(script, to: "script")
    let ending = try Tool.run(shell: "unshare -rm bash '\(file)'")
    #expect(ending.stdout == "applied 74\nverified 0\nagain 1\n", "\(ending.stderr)")
    let recorded = try expectFailure(
      try String(contentsOfFile: folder.file("results"), encoding: .utf8), folder)
    #expect(recorded > 0)
    #expect(try DrillFolder.events(folder.file("done.ledger")) == DrillFolder.events(undisturbed))
    #expect(try Tool.run(["verify", folder.file("done.ledger")]).status == 0)
  }
}
