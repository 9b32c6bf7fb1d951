internal import Inventory
internal import Ledger
internal import Reports
internal import SVMotion

/// The VMs at one moment by the names of their .vmx files.
struct VMFileIndex {
  private var vms: [(vm: ObjectSummary, files: VMFiles)] = []
  private let moment: Instant

  /// How many VMs a message lists.
  private static let shown = 3

  /// - Parameter source: only its VMs; nil for all.
  init(_ reader: borrowing LedgerReader, source: String?, at moment: Instant) throws {
    self.moment = moment
    if let source { try reader.checkSource(source) }
    try reader.forEachPlacement(at: moment) { placement in
      guard source == nil || placement.vm.source == source else { return }
      let files = VMFiles(
        vm: placement.vm.name, home: placement.datastore?.name,
        path: try reader.settings(of: placement.vm.id, at: moment)["vmx_path"], disks: nil)
      vms.append((placement.vm, files))
    }
  }

  /// The VM whose .vmx file a path names.
  /// - Parameter datacenter: by name or id; it tells VMs apart, and must be the VM's own where the ledger knows that.
  /// - Throws: `notFound`, with the files of VMs that may be meant; `conflict` where several have the path.
  func vm(_ path: DatastorePath, in datacenter: String, _ reader: borrowing LedgerReader) throws -> ObjectSummary {
    let all = vms.filter { $0.files.isNamed(by: path) }.map(\.vm)
    var places: [ObjectID: ObjectSummary] = [:]
    for vm in all { places[vm.id] = try reader.datacenter(ofVM: vm.id, at: moment) }
    // One of which no record names a datacenter may be in any.
    let found = all.filter { vm in
      places[vm.id].map { $0.name == datacenter || $0.foreignID == datacenter } ?? true
    }
    if let vm = found.first, found.count == 1 { return vm }
    guard found.isEmpty else {
      let list = found.map { "\($0.name) (source \($0.source), id \($0.foreignID ?? "none"))" }.joined(separator: "; ")
      throw YadokariError(.conflict, "\(path.text) is the .vmx file of several VMs: \(list); choose with --source")
    }
    if let vm = all.first, let place = places[vm.id] {
      throw YadokariError(
        .notFound, "VM \(vm.name) with \(path.text) is in datacenter \(place.name), not in \"\(datacenter)\"; name that one")
    }
    throw YadokariError(.notFound, "no VM has the .vmx file \(path.text). \(try others(than: path, reader))")
  }

  /// What a person may have meant.
  private func others(than path: DatastorePath, _ reader: borrowing LedgerReader) throws -> String {
    let words = Set(path.words.map { $0.lowercased() })
    let near = vms.filter { words.contains($0.vm.name.lowercased()) || isNear($0.files, words) }
    guard !near.isEmpty else {
      let some = vms.compactMap { vm in vm.files.home.map { "[\($0)] \(vm.files.configuration)" } }.prefix(Self.shown)
      return some.isEmpty
        ? "No VM's datastore is known; see \"yadokari vm list\""
        : "There are \(counted(vms.count, "VM")), for example with \(some.joined(separator: ", ")); see \"yadokari vm list\""
    }
    return try near.prefix(Self.shown).map { vm, _ in
      "The files of VM \(vm.name): \(try Self.files(of: PlanSubject(vm, reader, at: moment), reader, at: moment).list)."
    }.joined(separator: " ")
  }

  private func isNear(_ files: VMFiles, _ words: Set<String>) -> Bool {
    files.configuration.lowercased().split(separator: "/").contains { part in
      words.contains(part.hasSuffix(".vmx") ? String(part.dropLast(4)) : String(part))
    }
  }

  /// All files of a VM that are known.
  static func files(
    of subject: PlanSubject, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> VMFiles {
    let vm = subject.snapshot.vms.first { $0.name == subject.name }
    let home = try reader.placement(of: subject.vm.id, at: moment)?.datastore?.name
    return VMFiles(
      vm: subject.vm.name, home: home ?? vm?.disks.first?.datastore,
      path: try reader.settings(of: subject.vm.id, at: moment)["vmx_path"],
      disks: subject.snapshot.isComplete ? vm?.disks.map(\.datastore) : nil)
  }
}
