internal import ArgumentParser
internal import CDemo
internal import Engines
internal import Foundation
internal import Hypervisor
internal import Importers
internal import Inventory

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract:
      "Make a database to try things on: a week in a simulated cluster, and the export of a vCenter with two failed hosts.",
    discussion: helpText(
      """
      The simulated cluster goes on: "vm migrate" acts on it.

      EXAMPLE
        yadokari demo --db demo.db
      """))

  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("yadokari-demo-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let story = folder.appendingPathComponent("vcenter")
    try FileManager.default.createDirectory(at: story, withIntermediateDirectories: true)
    let week = try write(cdemo_week(), to: folder)
    for index in 0..<cdemo_story_count() { _ = try write(cdemo_story(index), to: story) }

    let hardware = try await SimulatedHardware(creating: database.path, playing: week)
    try await hardware.run(isSilent: true)
    var options = ImportOptions(source: "vcenter", at: Instant(rfc3339: "2026-10-13T12:00:00Z"))
    options.reason = "demo"
    let reports = try await Importer(into: hardware.ledger, options: options, now: hardware.simulator.now)
      .run(paths: [story.path])
    if let error = reports.lazy.compactMap(\.error).first { throw error }
    print(
      """
      \(database.path) has a week of the simulated cluster demo, and two failed hosts of a vCenter. Try

        yadokari ha affected --db \(database.path)
        yadokari replay --cluster demo --db \(database.path)
        yadokari vm migrate db1 --plan --source demo --db \(database.path)
        yadokari vm migrate web1 --to lab03 --source demo --db \(database.path)
      """)
  }

  private func write(_ file: cdemo_file, to folder: URL) throws -> String {
    let url = folder.appendingPathComponent(String(cString: file.name))
    try Data(bytes: file.bytes, count: file.count).write(to: url)
    return url.path
  }
}
