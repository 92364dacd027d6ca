// Starts the real, built executable as a user would and collects how it ended and what it said.
// Nothing of the tool is imported here; its seams are its arguments, its streams and its exit code.

import Foundation

enum Tool {
  struct NotBuilt: Error {}

  /// How a run ended.
  struct Ending {
    let status: Int32
    let stdout: String
    let stderr: String
  }

  /// The executable `benefits` beside the test bundle: debug or release, whatever is being tested.
  static func executable() throws -> URL {
    let starts = ["/proc/self/exe", CommandLine.arguments.first ?? "", Bundle.main.bundlePath]
    for start in starts where !start.isEmpty {
      var folder = URL(filePath: start).resolvingSymlinksInPath().deletingLastPathComponent()
      while folder.pathComponents.count > 1 {
        let candidate = folder.appending(path: "benefits")
        let isFolder = (try? candidate.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? true
        if !isFolder && FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        folder.deleteLastPathComponent()
      }
    }
    throw NotBuilt()
  }

  /// Runs `benefits` with these arguments. Both streams are drained while it runs, so long answers are no problem.
  /// - Parameter input: what it reads from stdin; nothing when nil.
  static func run(_ arguments: [String], input: Data? = nil) throws -> Ending {
    try run(executable(), arguments, input: input)
  }

  /// Runs a line of bash in which `benefits` is the built tool, as in the examples of the help.
  static func run(shell line: String) throws -> Ending {
    var environment = ProcessInfo.processInfo.environment
    let folder = try executable().deletingLastPathComponent().path
    environment["PATH"] = "\(folder):\(environment["PATH"] ?? "")"
    return try run(URL(filePath: "/bin/bash"), ["-c", line], environment: environment)
  }

  private static func run(
    _ executable: URL, _ arguments: [String], input: Data? = nil, environment: [String: String]? = nil
  ) throws -> Ending {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    if let environment { process.environment = environment }
    let (stdout, stderr) = (Pipe(), Pipe())
    process.standardOutput = stdout
    process.standardError = stderr
    process.standardInput = try input.map(file(holding:)) ?? FileHandle.nullDevice
    try process.run()
    let texts = drain([stdout.fileHandleForReading, stderr.fileHandleForReading])
    process.waitUntilExit()
    // A signal is no exit code: shown as the shell does.
    let status = process.terminationStatus + (process.terminationReason == .exit ? 0 : 128)
    return Ending(status: status, stdout: texts[0], stderr: texts[1])
  }

  /// An open file without a name. Unlike a pipe nobody has to feed it while the tool runs.
  private static func file(holding data: Data) throws -> FileHandle {
    let place = FileManager.default.temporaryDirectory.appending(path: "benefits-\(UUID().uuidString)")
    try data.write(to: place)
    defer { try? FileManager.default.removeItem(at: place) }
    return try FileHandle(forReadingFrom: place)
  }

  /// Reads all streams to their ends, whichever has something first.
  private static func drain(_ streams: [FileHandle]) -> [String] {
    var collected = streams.map { _ in Data() }
    var waiting = streams.map { pollfd(fd: $0.fileDescriptor, events: Int16(POLLIN), revents: 0) }
    while waiting.contains(where: { $0.fd >= 0 }) {
      guard poll(&waiting, nfds_t(waiting.count), -1) > 0 else { continue }
      for index in streams.indices where waiting[index].revents != 0 {
        let chunk = streams[index].availableData
        collected[index].append(chunk)
        // poll(2) passes over a negative descriptor.
        if chunk.isEmpty { waiting[index].fd = -1 }
      }
    }
    return collected.map { String(decoding: $0, as: UTF8.self) }
  }
}
