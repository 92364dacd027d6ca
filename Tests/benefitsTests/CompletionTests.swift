// The scripts of `benefits completion`: their syntax, and for bash what they offer.
// zsh and fish are checked where they are installed.

import Foundation
import Testing

@Suite("Completion")
struct CompletionTests {
  @Test("each shell accepts its script", arguments: ["bash", "zsh", "fish"])
  func syntax(shell: String) throws {
    let script = try Tool.run(["completion", shell])
    #expect(script.status == 0)
    let line = "command -v \(shell) >/dev/null || exit 0; benefits completion \(shell) | \(shell) -n"
    let ending = try Tool.run(shell: line)
    #expect(ending.status == 0)
    #expect(ending.stderr == "")
  }

  @Test("each script names every verb and every option", arguments: ["bash", "zsh", "fish"])
  func complete(shell: String) throws {
    let script = try Tool.run(["completion", shell]).stdout
    for verb in try VerbTable.read() {
      #expect(script.contains(verb.name))
      for option in verb.options {
        #expect(script.contains(shell == "fish" ? "-l \(option.name.dropFirst(2)) " : option.name))
      }
    }
  }

  @Test(
    "bash offers verbs, options and choices",
    arguments: [
      ("benefits compl", "completion"),
      ("benefits completion ''", "bash zsh fish"),
      ("benefits completion z", "zsh"),
      ("benefits help --js", "--json"),
      ("benefits help --json compl", "completion"),
      ("benefits nothing ''", ""),
    ])
  func offers(words: String, offered: String) throws {
    let line = """
      source <(benefits completion bash)
      COMP_WORDS=(\(words)); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
      _benefits; echo "${COMPREPLY[*]}"
      """
    let ending = try Tool.run(shell: line)
    #expect(ending.stdout == offered + "\n")
    #expect(ending.stderr == "")
  }
}
