// Ids and texts of mixed histories, by the words that the tests give. Words that make none stop the test.

@testable import LedgerCore

extension Identifier {
  static func named(_ text: String) -> Self { HistoryGenerator.id(text, Self.init) }
}

extension FreeText {
  static func named(_ text: String) -> FreeText { HistoryGenerator.id(text, FreeText.init) }
}

extension ReasonCode {
  static func named(_ text: String) -> ReasonCode { HistoryGenerator.id(text, ReasonCode.init) }
}

extension Reference {
  static func named(_ text: String) -> Reference { HistoryGenerator.id(text, Reference.init) }
}

extension PublicValue {
  static func named(_ text: String) -> PublicValue { HistoryGenerator.id(text, PublicValue.init) }
}

extension Purpose {
  static func named(_ text: String) -> Purpose { HistoryGenerator.id(text) { Purpose($0) } }
}

extension ContentHash {
  /// Of a document or a code that says just this.
  static func named(_ text: String) -> ContentHash { ContentHash(of: Array(text.utf8)) }
}
