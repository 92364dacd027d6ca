// Tables for people: aligned columns, numbers to the right, Chinese characters two columns wide.
// Also how numbers and foreign text look on a terminal. For machines there is JSONAnswer.swift.

/// Rows of text under titles. Without titles when they are all empty.
struct Table {
  /// One column; the kind decides the side its cells lean to.
  struct Column {
    let title: String
    let leansRight: Bool

    static func text(_ title: String) -> Column { Column(title: title, leansRight: false) }
    static func number(_ title: String) -> Column { Column(title: title, leansRight: true) }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row, a cell for each column. Control characters are made visible, so cells may come from a ledger.
  mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row has a cell for each of the \(columns.count) columns")
    rows.append(cells.map(\.displayable))
  }

  /// The lines, titles first, two spaces between columns, no spaces at the end of a line.
  func lines() -> [String] {
    let titles = columns.map(\.title)
    let all = titles.allSatisfy(\.isEmpty) ? rows : [titles] + rows
    let widths = columns.indices.map { column in all.map { $0[column].displayWidth }.max() ?? 0 }
    return all.map { cells in
      var line = ""
      var owed = 0
      for (column, cell) in cells.enumerated() {
        let gap = widths[column] - cell.displayWidth
        let lead = owed + (columns[column].leansRight ? gap : 0)
        if !cell.isEmpty { line += String(repeating: " ", count: lead) + cell }
        owed = (cell.isEmpty ? lead : 0) + (columns[column].leansRight ? 0 : gap) + 2
      }
      return line
    }
  }
}

extension BinaryInteger {
  /// With thousands separators, for people: `-1,234`. Machines get the plain number.
  var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }
}

extension String {
  /// With control characters replaced, so that text from a ledger neither breaks a line nor commands a terminal.
  var displayable: String {
    guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }

  /// How many columns of a terminal the text takes.
  var displayWidth: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }
}

extension Character {
  /// 2 for East Asian wide and fullwidth characters and for emoji, 0 for marks without a base, otherwise 1.
  fileprivate var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if first.isWide || first.properties.isEmojiPresentation { return 2 }
    if unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }
}

extension Unicode.Scalar {
  /// The blocks of Unicode's EastAsianWidth.txt whose characters are W or F.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
      0x1AFF0...0x1B2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
