// How the details of a refusal look in records and answers: an object whose keys depend on the code.
// The codes and their sentences are in Refusal.

/// The details of a refusal on the wire: an object whose keys depend on the code.
struct RefusalDetails: Equatable, Sendable, WireValue {
  var list: [Refusal.Detail] = []

  static var blank: RefusalDetails { RefusalDetails() }
  static var shape: Shape { .dictionary("the numbers and words that decided, by name") }
  static func sample(_ ordinal: Int) -> RefusalDetails {
    RefusalDetails(list: [
      Refusal.Detail(name: "needs", value: .word("operator")),
      Refusal.Detail(name: "short", value: .number(20)),
    ])
  }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> RefusalDetails {
    var list: [Refusal.Detail] = []
    try reader.dictionary { (key, io) throws(WireError) in
      let value: Refusal.Detail.Value =
        io.isTextAhead
        ? .word(try io.text("a text") { String(validating: $0, as: UTF8.self) })
        : .number(try io.integer(in: Int64.min...Int64.max))
      list.append(Refusal.Detail(name: key, value: value))
    }
    return RefusalDetails(list: list)
  }
  func write(_ writer: inout some ValueWriter) {
    writer.dictionary { io in
      for detail in list {
        io.key(detail.name)
        switch detail.value {
        case .number(let number): io.integer(number)
        case .word(let word): io.text(word)
        }
      }
    }
  }
}
