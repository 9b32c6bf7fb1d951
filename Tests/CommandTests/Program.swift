import Foundation
import TestSupport

/// The built program, run as a user runs it.
enum Program {
  struct Result {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The program lies beside the test bundle.
  private static var url: URL {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<4 {
      let program = folder.appendingPathComponent("yadokari")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
      folder.deleteLastPathComponent()
    }
    return Project.root.appendingPathComponent(".build/debug/yadokari")
  }

  static func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Project.fixture(""))
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["YADOKARI_NOW": "2026-11-24T00:00:00Z", "SWIFT_BACKTRACE": "enable=no", "TZ": "UTC", "COLUMNS": ""].merging(
        environment
      ) { $1 }
    ) { $1 }
    return process
  }

  /// Runs to the end.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    try run(process(arguments, environment: environment))
  }

  /// Runs a script of the shell to its end; `$0` is the program.
  static func shell(_ script: String, environment: [String: String]) throws -> Result {
    let process = process(["-c", script, url.path], environment: environment)
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    return try run(process)
  }

  private static func run(_ process: Process) throws -> Result {
    let folder = try ScratchFolder()
    let files = ["out", "err"].map { folder.path($0) }
    for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
    return Result(code: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}
