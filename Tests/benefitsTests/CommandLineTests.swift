// What holds for every verb: help, usage errors, streams. The verbs are taken from the tool's own table.
// What a single verb does is tested in the file of that verb.

import Foundation
import Testing

/// The table of verbs as `benefits help --json` tells it.
struct VerbTable: Decodable {
  struct Verb: Decodable {
    struct Parameter: Decodable {
      let name: String
      let placeholder: String?
      let required: Bool
      let summary: String
    }

    let name: String
    let summary: String
    let usage: String
    let positionals: [Parameter]
    let options: [Parameter]
    let example: String
  }

  let verbs: [Verb]

  static func read() throws -> [Verb] {
    let answer = try Tool.run(["help", "--json"]).stdout
    return try JSONDecoder().decode(VerbTable.self, from: Data(answer.utf8)).verbs
  }
}

@Suite("The command line")
struct CommandLineTests {
  @Test("an unknown verb is refused and the near one is suggested")
  func unknownVerb() throws {
    let ending = try Tool.run(["complteion", "bash"])
    #expect(ending.status == 64)
    #expect(ending.stdout == "")
    #expect(ending.stderr == "benefits: no verb `complteion`; did you mean `completion`?\n")
  }

  @Test("a verb that resembles none is refused without a guess")
  func strangeVerb() throws {
    let ending = try Tool.run(["quux"])
    #expect(ending.status == 64)
    #expect(ending.stderr == "benefits: no verb `quux`; `benefits help` lists them\n")
  }

  @Test("an unknown option is refused, the near one suggested and the usage shown")
  func unknownOption() throws {
    let ending = try Tool.run(["help", "--jsno"])
    #expect(ending.status == 64)
    #expect(ending.stdout == "")
    let sentence = "benefits help: no option --jsno; did you mean `--json`?\n"
    #expect(ending.stderr == sentence + "usage: benefits help [VERB] [--version] [--json]\n")
  }

  @Test(
    "a wrong command line gets one sentence that names the mistake, then the usage",
    arguments: [
      (["completion"], "SHELL is missing"),
      (["completion", ""], "SHELL is empty"),
      (["completion", "bsh"], "SHELL is one of bash, zsh, fish, not `bsh`; did you mean `bash`?"),
      (["completion", "bash", "zsh"], "one argument too many: `zsh`; completion takes at most 1"),
      (["completion", "--", "--help"], "SHELL is one of bash, zsh, fish, not `--help`"),
      (["completion", "-"], "SHELL is one of bash, zsh, fish, not `-`"),
      (["help", "--json", "--json"], "--json is given twice"),
      (["help", "--json=yes"], "--json takes no value"),
      (["help", "complet"], "no verb `complet`; did you mean `completion`?"),
    ])
  func wrongCommandLine(words: [String], mistake: String) throws {
    let ending = try Tool.run(words)
    #expect(ending.status == 64)
    #expect(ending.stdout == "")
    #expect(ending.stderr.contains(": \(mistake)"))
    #expect(ending.stderr.contains("\nusage: benefits \(words[0])"))
  }

  @Test("an option that needs a value is refused without one, in every verb")
  func missingValues() throws {
    for verb in try VerbTable.read() {
      // Enough arguments, so that the missing value is the only mistake.
      let places = verb.positionals.filter(\.required).map { _ in "-" }
      for option in verb.options where option.placeholder != nil {
        let ending = try Tool.run([verb.name, option.name] + (places.isEmpty ? [] : ["--"] + places))
        #expect(ending.status == 64)
        #expect(ending.stderr.contains("\(option.name) needs a value"), "benefits \(verb.name)")
      }
    }
  }

  @Test(
    "`help` and its other spellings list every verb with its summary",
    arguments: [
      [], ["help"], ["--help"], ["-h"],
    ])
  func helpListsEveryVerb(words: [String]) throws {
    let ending = try Tool.run(words)
    #expect(ending.status == 0)
    let verbs = try VerbTable.read()
    #expect(verbs.count >= 2)
    let lines = ending.stdout.split(separator: "\n")
    for verb in verbs {
      #expect(lines.contains { $0.hasPrefix("  \(verb.name) ") && $0.hasSuffix(" \(verb.summary)") })
    }
  }

  @Test("the help of each verb shows its usage, arguments, options and an example")
  func helpOfEachVerb() throws {
    for verb in try VerbTable.read() {
      let ending = try Tool.run(["help", verb.name])
      #expect(ending.status == 0)
      #expect(ending.stdout.hasPrefix("usage: benefits \(verb.name)"))
      for parameter in verb.positionals + verb.options {
        #expect(ending.stdout.contains("\n  \(parameter.name) "), "\(verb.name) \(parameter.name)")
      }
      #expect(ending.stdout.contains("\nExample:\n\n  $ benefits \(verb.name)"), "\(verb.name)")
      for words in [[verb.name, "--help"], [verb.name, "-h"], ["--help", verb.name]] {
        #expect(try Tool.run(words).stdout == ending.stdout)
      }
    }
  }

  @Test("the examples that need no ledger print what they say", arguments: ["help", "completion", "schema"])
  func examplesAreTrue(name: String) throws {
    let verb = try #require(try VerbTable.read().first { $0.name == name })
    let lines = verb.example.split(separator: "\n", maxSplits: 1)
    let ending = try Tool.run(shell: String(lines[0].dropFirst(2)))
    #expect(ending.stdout == lines[1] + "\n")
  }

  @Test("the version is one line")
  func version() throws {
    let ending = try Tool.run(["--version"])
    #expect(ending.status == 0)
    #expect(ending.stdout.wholeMatch(of: /benefits \d+\.\d+\.\d+\n/) != nil)
  }

  @Test("a reader that has gone away ends the tool quietly")
  func closedPipe() throws {
    // Descriptor 4 is a pipe whose only reader, descriptor 3, is closed before the tool starts.
    let fifo = FileManager.default.temporaryDirectory.appending(path: "benefits-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: fifo) }
    let line = "mkfifo '\(fifo)'; exec 3<>'\(fifo)' 4>'\(fifo)' 3>&-; benefits help >&4; echo $?"
    let ending = try Tool.run(shell: line)
    #expect(ending.stdout == "0\n")
    #expect(ending.stderr == "")
  }

  @Test("a full disk is told in a sentence and ends with 74")
  func fullDisk() throws {
    let ending = try Tool.run(shell: "benefits help > /dev/full")
    #expect(ending.status == 74)
    #expect(ending.stderr == "benefits help: cannot write the answer to stdout: No space left on device\n")
  }

  @Test("a standard output closed by the caller is told in a sentence and ends with 74")
  func closedOutput() throws {
    let ending = try Tool.run(shell: "benefits help >&-")
    #expect(ending.status == 74)
    #expect(ending.stderr.contains("cannot write the answer"))
  }
}
