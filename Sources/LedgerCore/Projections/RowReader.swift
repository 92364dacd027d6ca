// Reading a state back from the cells of its row, column by column.
// Which columns a row has is in Projection; how each state reads them is beside its rendering, in the Rows files.

/// Reads the cells of a row after its key, in order.
struct RowReader {
  let projection: Projection
  let cells: [Cell]
  private var index = 0

  init(_ projection: Projection, _ cells: [Cell]) {
    self.projection = projection
    self.cells = cells
  }

  func problem(_ text: String) -> RowError {
    let column = projection.columns.indices.contains(index) ? projection.columns[index] : "?"
    return RowError(projection: projection, column: column, problem: text)
  }

  /// Columns that other columns imply.
  mutating func skip(_ count: Int) { index += count }

  private mutating func next() -> Cell? {
    index += 1
    return cells.indices.contains(index) ? cells[index] : nil
  }

  mutating func integer() throws(RowError) -> Int64 {
    guard case .integer(let value) = next() else { throw problem("expected an integer") }
    return value
  }

  mutating func optionalInteger() throws(RowError) -> Int64? {
    switch next() {
    case .null: return nil
    case .integer(let value): return value
    case .text, nil: throw problem("expected an integer")
    }
  }

  mutating func value<Value: WireText>() throws(RowError) -> Value {
    guard let value: Value = try optional() else { throw problem("expected \(Value.expectation)") }
    return value
  }

  mutating func optional<Value: WireText>() throws(RowError) -> Value? {
    switch next() {
    case .null: return nil
    case .text(var text):
      guard let value = text.withUTF8({ Value(wireText: $0) }) else {
        throw problem("expected \(Value.expectation)")
      }
      return value
    case .integer, nil: throw problem("expected \(Value.expectation)")
    }
  }

  /// A command's type and data as one JSON object.
  mutating func body() throws(RowError) -> CommandBody {
    guard case .text(let text) = next() else { throw problem("expected a JSON object") }
    do throws(WireError) { return try RecordReader.body(text) } catch { throw problem(error.description) }
  }

  mutating func list<Element: WireValue>(packed: Bool = true) throws(RowError) -> [Element] {
    guard let list: [Element] = try optionalList(packed: packed) else {
      throw problem("expected a JSON list")
    }
    return list
  }

  mutating func optionalList<Element: WireValue>(packed: Bool = true) throws(RowError) -> [Element]? {
    let cell = next()
    if case .null = cell { return nil }
    guard case .text(let text) = cell else { throw problem("expected a JSON list") }
    do throws(WireError) { return try RecordReader.list(text, packed: packed) } catch {
      throw problem(error.description)
    }
  }
}

extension [Cell]? {
  func read<State>(
    _ projection: Projection, _ make: (inout RowReader) throws(RowError) -> State
  ) throws(RowError) -> State? {
    guard let cells = self else { return nil }
    var reader = RowReader(projection, cells)
    return try make(&reader)
  }
}
