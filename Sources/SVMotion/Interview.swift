internal import Inventory

/// The interactive form of the old command: it asks for everything, in the old order.
package struct Interview {
  private let dialogue: Dialogue

  package init(_ dialogue: Dialogue) { self.dialogue = dialogue }

  /// Asks for what to do. The password goes nowhere.
  /// - Parameters:
  ///   - find: the files of the VM that a path names in a datacenter; throws where there is none.
  ///   - checkDatastore: throws where that VM cannot be anywhere of this name.
  /// - Throws: what was wrong with an answer for the third time; `usage` where the input ends.
  package func motion(
    find: (_ path: DatastorePath, _ datacenter: String) throws -> VMFiles,
    checkDatastore: (_ name: String, _ vm: VMFiles) throws -> Void
  ) throws -> StorageMotion {
    try askForConnection()
    let datacenter = try dialogue.answer(to: "Datacenter") { try Self.refuseBlank($0) }
    var found: VMFiles?
    let path = try dialogue.answer(to: "Path of the VM's .vmx file, such as [san1] web1/web1.vmx") {
      found = try find(DatastorePath($0, .configuration), datacenter)
    }
    guard let files = found else { throw YadokariError(.notFound, "there is no VM \(path)") }
    let datastore = try askForDatastore("New datastore", files, checkDatastore)
    return StorageMotion(
      datacenter: datacenter, vm: FileTarget(try DatastorePath(path, .configuration), to: datastore),
      disks: try askForDisks(files, checkDatastore))
  }

  private func askForConnection() throws {
    _ = try dialogue.answer(to: "Address of the VirtualCenter (not needed; Enter for none)") { answer in
      // The old command took the bare name of a machine, too.
      let option = answer.contains("://") ? ConnectionOption.url : .server
      if !answer.isEmpty, let problem = option.problem(with: answer) { throw YadokariError(.usage, problem) }
    }
    _ = try dialogue.answer(to: "User name (not needed; Enter for none)")
    _ = try dialogue.answer(to: "Password (not needed; Enter for none)", isSecret: true)
  }

  /// Disks that go elsewhere, until the person has enough or there are no more.
  private func askForDisks(
    _ files: VMFiles, _ checkDatastore: (String, VMFiles) throws -> Void
  ) throws -> [FileTarget] {
    guard let disks = files.disks, !disks.isEmpty else { return [] }
    var placed: [Int: FileTarget] = [:]
    var question = "All disks follow the .vmx file. Place disks one by one instead?"
    while placed.count < disks.count, try dialogue.isYes(to: question) {
      var number = 0
      let path = try dialogue.answer(to: "Path of the disk, such as [\(disks[0])] \(files.file(ofDisk: 0))") { answer in
        number = try files.disk(named: DatastorePath(answer, .disk))
        if placed[number] != nil { throw YadokariError(.usage, "\(answer) has been placed already; name another") }
      }
      let datastore = try askForDatastore("Its datastore (its present one: it stays)", files, checkDatastore)
      placed[number] = FileTarget(try DatastorePath(path, .disk), to: datastore)
      question = "Place another disk?"
    }
    return placed.sorted { $0.key < $1.key }.map(\.value)
  }

  private func askForDatastore(
    _ question: String, _ files: VMFiles, _ check: (String, VMFiles) throws -> Void
  ) throws -> String {
    try dialogue.answer(to: question) { answer in
      try Self.refuseBlank(answer)
      try check(answer, files)
    }
  }

  private static func refuseBlank(_ answer: String) throws {
    if answer.isEmpty { throw YadokariError(.usage, "an answer is wanted") }
  }
}
