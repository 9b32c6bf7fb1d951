internal import Inventory
internal import Ledger

/// Where the VMs in scope were at one moment.
struct PlacementsAt {
  /// By cluster and name.
  private(set) var all: [Placement] = []

  init(_ reader: borrowing LedgerReader, _ scope: ReplayScope, at moment: Instant) throws {
    if let source = scope.source { try reader.checkSource(source) }
    var all: [Placement] = []
    try reader.forEachPlacement(at: moment) { if scope.holds($0) { all.append($0) } }
    self.all = all
  }
}

extension ReplayScope {
  /// Whether a VM in that place is asked for.
  fileprivate func holds(_ placement: Placement) -> Bool {
    (vm == nil || placement.vm.id == vm)
      && (hosts.map { wanted in placement.host.map { wanted.contains($0.id) } ?? false } ?? true)
      && (cluster == nil || placement.cluster?.id == cluster) && (source == nil || placement.vm.source == source)
  }
}
