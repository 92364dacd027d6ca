// A scenario of Fixtures: steps of commands a person can read, and the book they should give, worked out by hand. How it
// is found and what its folder holds; ScenarioRun applies it, Commands/Demo prints it.

import BenefitsLedger
import Foundation

/// One folder of `Fixtures/scenarios`: a README.md whose first heading is its title, steps whose names begin with their
/// number, and `expected.json`.
struct Scenario {
  /// One file of commands.
  struct Step {
    let file: URL
    /// nil when the file holds the commands line by line, as `benefits apply` takes them.
    let crowd: Crowd?

    var name: String { file.lastPathComponent }

    /// How many commands a crowd makes; 0 for a file that says them.
    var crowdCount: Int64 { crowd?.count ?? 0 }
  }

  let name: String
  private let folder: URL

  /// All scenarios, by name.
  static func all() throws -> [Scenario] {
    let folder = try scenariosFolder()
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .map { Scenario(name: $0, folder: folder.appendingPathComponent($0)) }
      .filter { FileManager.default.fileExists(atPath: $0.expected.path) }
  }

  static func named(_ name: String) throws -> Scenario {
    let all = try all()
    guard let scenario = all.first(where: { $0.name == name }) else {
      let hint = Nearest.suggestion(for: name, among: all.map(\.name))
      throw Failure(
        .noInput, "no scenario `\(name)`\(hint.isEmpty ? "; `benefits demo --list` lists them" : hint)")
    }
    return scenario
  }

  private var expected: URL { folder.appendingPathComponent("expected.json") }

  /// What happens, in a line: the first heading of its README, without the name.
  var title: String {
    let text = (try? String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""
    let heading = text.split(separator: "\n").first { $0.hasPrefix("# ") }?.dropFirst(2) ?? ""
    return String(heading.hasPrefix("\(name): ") ? heading.dropFirst(name.count + 2) : heading)
  }

  /// The files of commands, in the order of their names.
  ///
  /// - Throws: `Failure` with `.dataError` for a crowd that cannot be read, a file that is neither, and for no steps.
  func steps() throws -> [Step] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.first?.isNumber ?? false }
    let steps = try names.map { name in
      let file = folder.appendingPathComponent(name)
      if name.hasSuffix(".crowd.json") { return Step(file: file, crowd: try Crowd(file)) }
      guard name.hasSuffix(".jsonl") else {
        throw Failure(.dataError, "\(file.path): a step is a file ….jsonl or ….crowd.json")
      }
      return Step(file: file, crowd: nil)
    }
    if steps.isEmpty { throw Failure(.dataError, "\(folder.path) has no steps, such as 01-setup.jsonl") }
    return steps
  }

  /// The book worked out by hand.
  ///
  /// - Throws: `Failure` with `.dataError` for a file that cannot be read, and for a step that is none of `steps`.
  func book(_ steps: [Step], views: [String: [String]]) throws -> ExpectedBook {
    let book = try ExpectedBook(expected, views: views)
    for name in book.after.keys.sorted() where !steps.contains(where: { $0.name == name }) {
      let hint = Nearest.suggestion(for: name, among: steps.map(\.name))
      throw Failure(.dataError, "\(expected.path): after.\(name) is no step" + hint)
    }
    return book
  }

  /// The folder Fixtures/scenarios, beside or above the executable or the working folder.
  private static func scenariosFolder() throws -> URL {
    let executable = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for start in [executable, URL(fileURLWithPath: FileManager.default.currentDirectoryPath)] {
      var folder = start
      while folder.path != "/" {
        let scenarios = folder.appendingPathComponent("Fixtures/scenarios")
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: scenarios.path, isDirectory: &isFolder), isFolder.boolValue
        {
          return scenarios
        }
        folder.deleteLastPathComponent()
      }
    }
    throw Failure(
      .noInput, "the folder Fixtures/scenarios is neither above this program nor above the working folder")
  }
}

extension FreeText {
  /// A text written in the program itself.
  init(literal text: String) {
    guard let value = FreeText(text) else { preconditionFailure("\(text) is no free text") }
    self = value
  }
}
