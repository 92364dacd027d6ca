// What a verb is: its row in the table that dispatch, help, completion and the tests read, and the call it gets.
// The list of verbs is in Verbs.swift; how arguments are parsed is in Arguments.swift.

/// One verb of the tool. It is a value: everything the tool knows about a verb is in its row.
struct Verb: Sendable {
  /// As typed: `check-proof`.
  let name: String
  /// One line without a full stop, for the list of verbs.
  let summary: String
  let positionals: [Positional]
  let options: [Option]
  /// What a person needs to know to use it: a paragraph or more, lines of at most 80 columns.
  let details: String
  /// A worked example: lines that begin with `$ ` are typed, the others are what is printed.
  let example: String
  /// Does the work. The exit code is `.fine` or `.findings`; everything else is thrown.
  let run: @Sendable (Invocation) async throws -> ExitCode

  init(
    name: String, summary: String, positionals: [Positional] = [], options: [Option] = [], details: String,
    example: String, run: @escaping @Sendable (Invocation) async throws -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.options = options
    self.details = details
    self.example = example
    self.run = run
  }

  /// `usage: benefits VERB …`, wrapped at 80 columns.
  var usage: String {
    let indent = "  "
    var lines = ["usage: benefits \(name)"]
    for part in positionals.map(\.usage) + options.map(\.usage) {
      if let last = lines.last, last.displayWidth + 1 + part.displayWidth <= 80 {
        lines[lines.count - 1] += " " + part
      } else {
        lines.append(indent + part)
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// One call of a verb: what was asked and where the answer goes.
struct Invocation {
  let verb: Verb
  let arguments: Arguments
  let output: Output

  /// Whether the answer is for a machine (`--json`).
  var wantsJSON: Bool { arguments.flag(.json) }
}
