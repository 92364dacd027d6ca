// The guard of L8: walks a command's fields and stops at the first text that holds a number of a person. What such
// numbers are is in PersonalNumber; how each type of text is guarded stands at the type.

/// Looks into every text of a value by the value's one description, so that no field can be forgotten: also those of
/// objects in lists, and of a command that another command holds.
struct PersonalNumberGuard: ValueWriter {
  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .outward }
  /// What was found in the value being walked, until the field that holds it adds its name.
  private var found: WireError?
  /// Of the text being walked.
  private var guarding = Guarding.nothing

  /// The first text of `walk` that holds a personal number, by its path; nil when there is none.
  static func firstFinding(
    _ walk: (inout PersonalNumberGuard) throws(WireError) -> Void
  ) -> WireError? {
    var io = PersonalNumberGuard()
    do throws(WireError) { try walk(&io) } catch { return error }
    return nil
  }

  /// The personal number in one text, by the guarding of its type.
  static func number(in text: some WireText) -> PersonalNumber? {
    var io = PersonalNumberGuard()
    io.text(of: text)
    return io.found?.personalNumber
  }

  // MARK: fields

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    value.write(&self)
    if let found { throw found.within(key.text) }
  }
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    guard let present = value else { return }
    present.write(&self)
    if let found { throw found.within(key.text) }
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) {}
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) {}
  mutating func expect(_ condition: Bool, _ key: StaticString, _ expectation: StaticString) {}
  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    do throws(WireError) { try walk(&self) } catch { throw error.within(key.text) }
  }

  // MARK: values

  mutating func text<Value: WireText>(of value: Value) {
    guarding = Value.guarding
    switch guarding {
    case .nothing: break
    case .everyNumber, .identityCards: value.writeText(&self)
    }
  }
  mutating func text(_ value: String) {
    found = PersonalNumber.first(in: value, guarding).map { WireError(holding: $0) }
  }
  mutating func object<Value: WireObject>(_ value: Value) {
    var copy = value
    do throws(WireError) { try copy.fields(&self) } catch { found = error }
  }
  mutating func list<Element: WireValue>(_ values: [Element]) {
    for (index, value) in values.enumerated() {
      value.write(&self)
      if let element = found {
        found = element.within(index: index)
        return
      }
    }
  }
  mutating func dictionary(_ body: (inout Self) -> Void) { body(&self) }
  mutating func key(_ key: String) {}
  mutating func integer(_ value: Int64) {}
  mutating func boolean(_ value: Bool) {}
  mutating func plain(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {}
}

extension FreeText {
  /// The personal number it holds, if any: for texts that come beside a command.
  package var personalNumber: PersonalNumber? { PersonalNumberGuard.number(in: self) }
}
