internal import ArgumentParser
internal import Foundation

/// Where the ledger is: on every command.
struct DatabaseOptions: ParsableArguments {
  @Option(
    name: .customLong("db"), help: ArgumentHelp("The database file (environment: YADOKARI_DB).", valueName: "file"),
    completion: .file())
  var database: String?

  var path: String { database ?? ProcessInfo.processInfo.environment["YADOKARI_DB"] ?? "yadokari.db" }
}
