/// Which VMs belong together, apart, or on certain hosts.
package struct PlacementRule: Sendable, Equatable {
  /// What it asks for, of VMs among each other or of VMs and hosts.
  package enum Kind: String, Sendable, CaseIterable {
    case affinity
    case antiAffinity = "anti_affinity"
    case mustRunOn = "must_run_on"
    case shouldRunOn = "should_run_on"
  }

  package var kind: Kind
  package var name: String?
  package var vms: [String]
  /// Of the last two kinds.
  package var hosts: [String] = []

  package init(kind: Kind, vms: [String]) {
    self.kind = kind
    self.vms = vms
  }
}
