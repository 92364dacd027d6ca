// What a verb takes from the command line, as a table, and the parsed arguments it reads them from.
// Everything the table can refuse is refused here, before the verb runs; what needs a ledger is the verb's.

/// Something a verb declares and later reads: a positional or an option.
protocol Parameter: Sendable {
  /// How messages call it, unique in its verb: `LEDGER` or `--wait`.
  var label: String { get }
  /// The values it takes; nil for a flag.
  var kind: ValueKind? { get }
}

/// The values a parameter takes. Checked while parsing, shown in the help, offered by the completion.
enum ValueKind: Sendable, Equatable {
  /// Any text but the empty one.
  case text
  /// The path of a file; the verb decides whether it must exist and whether `-` means standard input.
  case file
  /// The path of a folder.
  case directory
  /// A whole number in this range.
  case integer(ClosedRange<Int64>)
  /// One of these words.
  case choice([String])
  /// The name of a verb.
  case verb

  /// One of the cases of an enum whose raw values are the words.
  static func choice<Choice: CaseIterable & RawRepresentable<String>>(of type: Choice.Type) -> ValueKind {
    .choice(type.allCases.map(\.rawValue))
  }
}

/// An argument found by its place. Required ones are declared before optional ones.
struct Positional: Parameter {
  /// In capitals, as in the usage line: `LEDGER`.
  let name: String
  let value: ValueKind
  let isRequired: Bool
  let summary: String

  init(_ name: String, _ value: ValueKind, isRequired: Bool = true, _ summary: String) {
    self.name = name
    self.value = value
    self.isRequired = isRequired
    self.summary = summary
  }

  var label: String { name }
  var kind: ValueKind? { value }
  var usage: String { isRequired ? name : "[\(name)]" }
}

extension Parameter where Self == Positional {
  /// The ledger file that most verbs work on.
  static var ledger: Positional { Positional("LEDGER", .file, "the ledger file") }
}

/// An argument found by its name: `--name VALUE`, `--name=VALUE`, or a flag. Never given twice.
struct Option: Parameter {
  /// Without the dashes: `wait`.
  let name: String
  /// What stands for the value in the usage line: `SECONDS`; nil for a flag.
  let placeholder: String?
  let kind: ValueKind?
  let isRequired: Bool
  let summary: String

  init(
    _ name: String, _ placeholder: String, _ value: ValueKind, isRequired: Bool = false, _ summary: String
  ) {
    (self.name, self.placeholder, self.kind) = (name, placeholder, value)
    (self.isRequired, self.summary) = (isRequired, summary)
  }

  private init(flag name: String, _ summary: String) {
    (self.name, self.placeholder, self.kind) = (name, nil, nil)
    (self.isRequired, self.summary) = (false, summary)
  }

  static func flag(_ name: String, _ summary: String) -> Option { Option(flag: name, summary) }

  static let json = flag("json", "the answer as JSON, for machines")
  static let quiet = flag("quiet", "no progress and no remarks on stderr")

  var label: String { "--\(name)" }
  var signature: String { placeholder.map { "\(label) \($0)" } ?? label }
  var usage: String { isRequired ? signature : "[\(signature)]" }
}

/// The arguments of one call, complete and checked against the table of the verb.
///
/// Asking for a parameter that the verb does not declare, or as a kind it is not, is a mistake in the verb and
/// stops the process.
struct Arguments: Sendable {
  private enum Value: Sendable {
    case flag
    case text(String)
    case integer(Int64)
  }

  private let verb: Verb
  private var values: [String: Value] = [:]

  /// Parses the words after the verb.
  /// - Throws: `Failure` with `.usage` and a sentence for the first thing that is wrong.
  init(_ words: [String], of verb: Verb) throws(Failure) {
    self.verb = verb
    var words = words[...]
    var positionals = verb.positionals[...]
    var optionsEnded = false
    while let word = words.popFirst() {
      if !optionsEnded && word == "--" {
        optionsEnded = true
      } else if optionsEnded || word == "-" || !word.hasPrefix("-") {
        guard let positional = positionals.popFirst() else {
          let count = verb.positionals.count
          let most = count == 0 ? "none" : "at most \(count)"
          throw Failure(.usage, "one argument too many: `\(word)`; \(verb.name) takes \(most)")
        }
        values[positional.label] = try Self.value(word, of: positional)
      } else {
        try take(option: word, from: &words)
      }
    }
    if let missing = positionals.first, missing.isRequired {
      throw Failure(.usage, "\(missing.name) is missing: \(missing.summary)")
    }
    if let missing = verb.options.first(where: { $0.isRequired && values[$0.label] == nil }) {
      throw Failure(.usage, "\(missing.signature) is missing: \(missing.summary)")
    }
  }

  /// The value of a required parameter.
  func required(_ parameter: some Parameter) -> String {
    guard let text = optional(parameter) else {
      preconditionFailure("\(verb.name) reads \(parameter.label) as required, but declares it optional")
    }
    return text
  }

  /// The value of a parameter, nil when it was not given.
  func optional(_ parameter: some Parameter) -> String? {
    switch value(of: parameter) {
    case .text(let text): text
    case nil: nil
    case .flag, .integer: preconditionFailure("\(verb.name): \(parameter.label) is not declared as text")
    }
  }

  /// The number given for a parameter of kind `.integer`, inside its range; nil when it was not given.
  func integer(_ parameter: some Parameter) -> Int64? {
    switch value(of: parameter) {
    case .integer(let number): number
    case nil: nil
    case .flag, .text: preconditionFailure("\(verb.name): \(parameter.label) is not declared as a number")
    }
  }

  /// The case chosen for a required parameter of kind `.choice(of:)`.
  func required<Choice: RawRepresentable<String>>(
    _ parameter: some Parameter, as type: Choice.Type
  ) -> Choice {
    Self.choice(required(parameter), of: type)
  }

  /// The case chosen for a parameter of kind `.choice(of:)`, nil when it was not given.
  func optional<Choice: RawRepresentable<String>>(
    _ parameter: some Parameter, as type: Choice.Type
  ) -> Choice? {
    optional(parameter).map { Self.choice($0, of: type) }
  }

  /// Whether a flag, or any other parameter, was given. A flag the verb does not declare was not.
  func flag(_ option: Option) -> Bool { values[option.label] != nil }

  private static func choice<Choice: RawRepresentable<String>>(
    _ word: String, of type: Choice.Type
  ) -> Choice {
    guard let choice = Choice(rawValue: word) else {
      preconditionFailure("`\(word)` is declared as a choice, but \(type) has no such case")
    }
    return choice
  }

  private func value(of parameter: some Parameter) -> Value? {
    let labels = verb.positionals.map(\.label) + verb.options.map(\.label)
    precondition(labels.contains(parameter.label), "\(verb.name) does not declare \(parameter.label)")
    return values[parameter.label]
  }

  private mutating func take(option word: String, from words: inout ArraySlice<String>) throws(Failure) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let label = parts.first ?? word
    guard let option = verb.options.first(where: { $0.label == label }) else {
      let known = verb.options.map(\.label) + ["--help"]
      throw Failure(.usage, "no option \(label)" + Nearest.suggestion(for: label, among: known))
    }
    if values[label] != nil { throw Failure(.usage, "\(label) is given twice; give it once") }
    guard option.kind != nil else {
      if parts.count > 1 { throw Failure(.usage, "\(label) takes no value; write it alone") }
      values[label] = .flag
      return
    }
    if parts.count > 1 {
      values[label] = try Self.value(parts[1], of: option)
    } else if let next = words.first, !next.hasPrefix("--") {
      words.removeFirst()
      values[label] = try Self.value(next, of: option)
    } else {
      throw Failure(.usage, "\(label) needs a value: \(option.signature)")
    }
  }

  private static func value(_ word: String, of parameter: some Parameter) throws(Failure) -> Value {
    guard !word.isEmpty else {
      throw Failure(.usage, "\(parameter.label) is empty; is a variable of your script unset?")
    }
    switch parameter.kind {
    case .integer(let range):
      guard let number = Int64(word), range.contains(number) else {
        let bounds = "from \(range.lowerBound) to \(range.upperBound)"
        throw Failure(.usage, "\(parameter.label) is a whole number \(bounds), not `\(word)`")
      }
      return .integer(number)
    case .choice(let choices):
      guard choices.contains(word) else {
        let words = choices.joined(separator: ", ")
        let hint = Nearest.suggestion(for: word, among: choices)
        throw Failure(.usage, "\(parameter.label) is one of \(words), not `\(word)`\(hint)")
      }
      return .text(word)
    case .text, .file, .directory, .verb, nil:
      return .text(word)
    }
  }
}
