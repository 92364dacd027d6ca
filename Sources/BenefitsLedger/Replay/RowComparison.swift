// Every derived row against the row that the fold renders, both ways. It only compares; what rows look like is in
// LedgerCore/Projections.

import LedgerCore

/// Compares the rows of the entities that one lane keeps.
final class RowComparison {
  private let lane: Lane
  private(set) var findings: [Finding] = []
  private(set) var rows: Int64 = 0

  init(_ lane: Lane) { self.lane = lane }

  func run() throws {
    for projection in Projection.allCases { try compare(projection) }
  }

  private func compare(_ projection: Projection) throws {
    let columns = projection.columns
    let statement = try lane.connection.prepare(
      "SELECT \(columns.joined(separator: ", ")) FROM \(projection.table)")
    var matched = 0
    while try statement.step() {
      // A key that is no key is nobody's; the first lane reports it.
      guard statement.storageClass(0) == .text, let key = projection.entity(statement.text(0)) else {
        if lane.index == 0 { extra(projection, statement.text(0)) }
        continue
      }
      guard lane.keeps(key) else { continue }
      guard let expected = lane.book.cells(of: key) else {
        extra(projection, statement.text(0))
        continue
      }
      matched += 1
      let found = statement.cells(columns.count)
      for (index, column) in columns.enumerated() where found[index] != expected[index] {
        add(
          Finding(
            .rowDiffers, table: projection.table, key: statement.text(0), column: column,
            Self.sentence(found[index], expected[index])))
      }
    }
    rows += Int64(matched)
    let entities = lane.book.entities(in: projection).filter(lane.keeps)
    guard matched < entities.count else { return }
    let store = ProjectionStore(lane.connection)
    for entity in entities {
      guard let (_, key) = entity.row, try store.cells(projection, key) == nil else { continue }
      add(
        Finding(.rowMissing, table: projection.table, key: key, "The log gives this row; the table lacks it.")
      )
    }
  }

  private func extra(_ projection: Projection, _ key: String) {
    add(Finding(.rowExtra, table: projection.table, key: key, "The log does not give this row."))
  }

  private func add(_ finding: Finding) {
    // One more than is shown, so that the list is known to be cut.
    if findings.count <= Verifier.mostFindings { findings.append(finding) }
  }

  /// What differs, for people; of long texts the part where they begin to differ.
  private static func sentence(_ found: Cell, _ expected: Cell) -> String {
    guard case .text(let stored) = found, case .text(let right) = expected,
      max(stored.count, right.count) > 60
    else {
      return "The stored value is \(found.forPeople), the log gives \(expected.forPeople)."
    }
    let same = zip(stored, right).prefix { $0 == $1 }.count
    let start = max(0, same - 20)
    let lead = start > 0 ? "…" : ""
    return
      "From character \(same + 1) on the stored value is \"\(lead)\(stored.dropFirst(start).prefix(60))\", "
      + "the log gives \"\(lead)\(right.dropFirst(start).prefix(60))\"."
  }
}

extension Cell {
  /// The value for a message.
  fileprivate var forPeople: String {
    switch self {
    case .null: "nothing"
    case .integer(let value): "\(value)"
    case .text(let text): "\"\(text)\""
    }
  }
}
