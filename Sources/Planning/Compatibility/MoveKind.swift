/// What of a VM is moved, and how.
package enum MoveKind: String, Sendable, CaseIterable {
  /// To another host while it runs.
  case live
  /// To another host while it is off or suspended; with a datastore, its files too.
  case cold
  /// Its files to another datastore; it stays on its host.
  case storage
  /// Both at once while it runs.
  case liveStorage = "live+storage"
  /// From an ESX 2.x host and VMFS 2 to a later host and VMFS 3 while it runs.
  case upgrade

  /// Whether it ends on another host.
  package var changesHost: Bool { self != .storage }
  /// Whether it is for running VMs only.
  package var needsRunning: Bool { self == .live || self == .liveStorage || self == .upgrade }
}
