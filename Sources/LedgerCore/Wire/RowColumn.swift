// The JSON text in a row's column: lists of a state's parts, and a command that waits. Records are RecordWriter's and
// RecordReader's own affair; these use them.

extension CommandBody {
  /// Its type and data as one JSON object.
  package var text: String { RecordWriter.body(self) }
}

extension RecordWriter {
  /// The JSON of a list, for a row's column.
  static func list<Element: WireValue>(_ values: [Element], packed: Bool = true) -> String {
    if values.isEmpty { return "[]" }
    var writer = RecordWriter(packed: packed)
    writer.list(values)
    return writer.string
  }

  /// The JSON of a command's type and data, for a row's column.
  static func body(_ body: CommandBody) -> String {
    var writer = RecordWriter()
    var body = body
    writer.envelope { (io: inout RecordWriter) throws(WireError) in try io.commandBody(&body) }
    return writer.string
  }
}

extension RecordReader {
  /// The list that the JSON text of a row's column holds.
  static func list<Element: WireValue>(_ text: String, packed: Bool = true) throws(WireError) -> [Element] {
    if text == "[]" { return [] }
    var result: [Element] = []
    var failure: WireError?
    var text = text
    text.withUTF8 { utf8 in
      var reader = RecordReader(utf8, packed: packed)
      do throws(WireError) {
        result = try reader.list(atMost: Int.max)
        try reader.finish()
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return result
  }

  /// The command's type and data that the JSON text of a row's column holds.
  static func body(_ text: String) throws(WireError) -> CommandBody {
    var result = CommandBody.ledger(.open(.blank))
    var failure: WireError?
    var text = text
    text.withUTF8 { utf8 in
      var reader = RecordReader(utf8)
      do throws(WireError) {
        try reader.envelope { (io: inout RecordReader) throws(WireError) in try io.commandBody(&result) }
        try reader.finish()
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return result
  }
}
