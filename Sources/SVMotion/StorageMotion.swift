internal import Inventory
package import Planning

/// What the old command is told to do.
package struct StorageMotion: Sendable, Equatable {
  package let datacenter: String
  /// The VM by its .vmx file, and where its home and the disks that are not named go.
  package let vm: FileTarget
  /// Disks that go elsewhere, or stay.
  package let disks: [FileTarget]

  package init(datacenter: String, vm: FileTarget, disks: [FileTarget]) {
    (self.datacenter, self.vm, self.disks) = (datacenter, vm, disks)
  }

  /// Reads the three options.
  /// - Throws: `usage` where one is missing or has another form.
  package init(datacenter: String?, vm: String?, disks: String?) throws {
    let missing = [("--datacenter", datacenter), ("--vm", vm)].first { $0.1 == nil }
    guard let datacenter, let vm else {
      throw YadokariError(
        .usage, "\(missing?.0 ?? "--vm") is missing; give --datacenter and --vm, or --interactive to be asked for them")
    }
    self.datacenter = LeftOverQuotes.removed(from: datacenter)
    if self.datacenter.isEmpty { throw YadokariError(.usage, "--datacenter is blank; fill it in") }
    self.vm = try FileTarget(vm, .configuration)
    self.disks = try disks.map(FileTarget.disks) ?? []
  }

  /// The move that this means for a VM.
  /// - Parameters:
  ///   - files: of that VM.
  ///   - datastore: a datastore by the name or id that a person gave; its name.
  /// - Throws: `notFound` for a disk that the VM does not have, `usage` for one that is named twice, and what `datastore`
  ///   throws.
  package func move(
    of vm: String, _ files: VMFiles, datastore: (String) throws -> String
  ) throws -> MoveRequest {
    var move = MoveRequest(.storage, of: vm, datastore: try datastore(self.vm.datastore))
    for disk in disks {
      let number = try files.disk(named: disk.path)
      guard move.disks[number] == nil else {
        throw YadokariError(.usage, "--disks: \(disk.path.text) is named twice; name it once")
      }
      move.disks[number] = try datastore(disk.datastore)
    }
    return move
  }
}
