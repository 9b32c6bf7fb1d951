internal import Inventory
internal import Planning

/// The capacity of a cluster in sentences that a manager can read.
struct CapacityWords {
  private let capacity: ClusterCapacity

  private let name: String

  /// - Parameter name: what it is called.
  init(_ capacity: ClusterCapacity, name: String) { (self.capacity, self.name) = (capacity, name) }

  var answer: [String] {
    [pool, [tolerance, fit].compactMap(\.self).joined(separator: " "), retire].compactMap(\.self).filter { !$0.isEmpty }
  }

  private var pool: String {
    let sums = capacity.sums
    let size = "\(name): \(counted(sums.hosts, "host")), \(counted(sums.vmsOn, "VM")) running of \(sums.vms)"
    guard let used = capacity.memoryGranted.usedRatio, let free = capacity.memoryGranted.freeHosts else {
      return size + "; how much memory is granted on its hosts is not known."
    }
    let memory = "memory is granted to \(CapacityText.percent(used))"
    let cpu = capacity.cpuDemand.usedRatio.map { ", CPU is used to \(CapacityText.percent($0))" } ?? ""
    guard free >= 0 else {
      return "\(size); \(memory)\(cpu): more is granted than there is, by \(CapacityText.percent(-free)) of one host."
    }
    let both =
      capacity.cpuDemand.freeHosts.flatMap { $0 < 0 ? nil : $0 }.map {
        " and \(CapacityText.percent($0)) of one host's CPU are"
      } ?? " is"
    return "\(size); \(memory)\(cpu): together \(CapacityText.percent(free)) of one host's memory\(both) free."
  }

  private var tolerance: String? {
    guard let tolerance = capacity.failuresTolerated else { return nil }
    let proved = tolerance.proved
    switch tolerance.next {
    case .noHostLeft:
      return proved == 0
        ? "No host may fail: no other can run VMs." : "Any \(proved) of its hosts may fail: one holds all VMs."
    case .sampled: return "\(counted(proved, "host")) may fail at one time, proved; perhaps more."
    case .set(let next):
      let may = proved == 0 ? "No host may fail" : "Any \(counted(proved, "host")) may fail, proved"
      guard !next.hosts.isEmpty else { return "\(may): \(next.argument)\(CapacityText.short(next))." }
      let verb = next.isProved ? "leaves" : "may leave"
      let who = next.unplaced.isEmpty ? "VMs" : CapacityText.list(next.unplaced, most: 2)
      return
        "\(may); losing \(next.hosts.joined(separator: ", ")) \(verb) \(who) without a place\(CapacityText.short(next))."
    }
  }

  private var fit: String? {
    guard let fit = capacity.fits?.first else { return nil }
    let size = FitReport.size(fit.profile)
    let failures = capacity.afterFailures.failures
    guard let keeping = fit.keeping else { return "\(fit.free) more VMs of \(size) fit while none fails." }
    return failures == 0
      ? "\(keeping) more VMs of \(size) fit while none fails."
      : "\(keeping) more VMs of \(size) fit so that \(counted(failures, "host")) may still fail (\(fit.free) if none need)."
  }

  private var retire: String? {
    guard let best = capacity.retirements?.max(by: { $0.targetRatio < $1.targetRatio }), !best.hosts.isEmpty else {
      return nil
    }
    let gone = Set(best.hosts)
    let cores = CapacitySums.sum(of: capacity.hosts.map(\.host).filter { gone.contains($0.name) }, \.cores)
    let size = cores.map { " (\(counted($0, "core")))" } ?? ""
    return "\(counted(best.hosts.count, "host")) could go\(size), if CPU may be used to "
      + "\(CapacityText.percent(best.targetRatio)): \(CapacityText.list(best.hosts, most: 4))."
  }
}
