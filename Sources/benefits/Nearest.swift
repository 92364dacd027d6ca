// Finds the word somebody meant when they typed another: for verbs, options and choices.
// Pure; what is done with the answer is up to Arguments.swift and Commands/Verbs.swift.

enum Nearest {
  /// `"; did you mean `x`?"`, or nothing when no candidate is near.
  static func suggestion(for word: String, among candidates: [String]) -> String {
    self.word(to: word, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
  }

  /// The candidate with the smallest distance, the first of several; nil when even that is no likely slip. A word
  /// that begins exactly one candidate counts as near.
  static func word(to word: String, among candidates: [String]) -> String? {
    let allowed = max(1, word.count / 3)
    let near = candidates.map { (candidate: $0, distance: distance($0, word)) }
      .filter { $0.distance <= allowed }
      .min { $0.distance < $1.distance }
    if let near { return near.candidate }
    let begun = word.count < 3 ? [] : candidates.filter { $0.hasPrefix(word) }
    return begun.count == 1 ? begun.first : nil
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other (optimal
  /// string alignment). Cost: the product of the lengths.
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let same = left[row] == right[column]
        var best = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
