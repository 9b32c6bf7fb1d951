package import Inventory

/// A move that somebody asks for.
package struct MoveRequest: Sendable, Equatable {
  package var vm: String
  package var kind: MoveKind
  /// The target; a storage move has none.
  package var host: String?
  /// Where its home and all disks go that `disks` does not name; nil where they stay.
  package var datastore: String?
  /// Where single disks go, by their place in the VM.
  package var disks: [Int: String] = [:]
  package var way = RelocationWay.mirror
  /// Where REDO logs lie; nil for beside each disk.
  package var logDatastore: String?

  package init(_ kind: MoveKind, of vm: String, to host: String? = nil, datastore: String? = nil) {
    self.vm = vm
    self.kind = kind
    self.host = host
    self.datastore = datastore
  }

  /// What moving a VM as it is now means: live where it runs, cold where it does not, of its files alone where it stays on
  /// its host.
  package init(of vm: VirtualMachine, to host: String, datastore: String?) {
    let kind: MoveKind =
      if datastore != nil && host == vm.host {
        .storage
      } else if vm.power != .on {
        .cold
      } else {
        datastore == nil ? .live : .liveStorage
      }
    self.init(kind, of: vm.name, to: host, datastore: datastore)
  }

  /// Whether any files go elsewhere.
  package var movesFiles: Bool { datastore != nil || !disks.isEmpty }

  /// How its disks are moved while it runs: where the host changes, too, there is no choice.
  package var diskWay: RelocationWay {
    switch kind {
    case .upgrade: .redoLog
    case .liveStorage: .mirror
    default: way
    }
  }

  /// Where the log of a disk lies; nil for beside it. The old host of an upgrade cannot read where the new one writes: its
  /// logs lie beside the copies.
  package var placeOfLogs: String? { logDatastore ?? (kind == .upgrade ? datastore : nil) }
}
