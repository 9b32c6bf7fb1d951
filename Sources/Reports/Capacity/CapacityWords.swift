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
      return size + "; memory granted on its hosts: unknown."
    }
    let memory = "memory \(CapacityText.percent(used)) granted"
    let cpu = capacity.cpuDemand.usedRatio.map { ", CPU \(CapacityText.percent($0)) used" } ?? ""
    guard free >= 0 else {
      return "\(size); \(memory)\(cpu); overcommitted by the memory of \(Self.hosts(-free))."
    }
    let both =
      capacity.cpuDemand.freeHosts.flatMap { $0 < 0 ? nil : $0 }.map {
        ", CPU of \(Self.hosts($0))"
      } ?? ""
    return "\(size); \(memory)\(cpu); free: memory of \(Self.hosts(free))\(both)."
  }

  private static func hosts(_ count: Double) -> String {
    let number = CapacityText.number(count)
    return number == "1" ? "1 host" : "\(number) hosts"
  }

  private var tolerance: String? {
    guard let tolerance = capacity.failuresTolerated else { return nil }
    let proved = tolerance.proved
    switch tolerance.next {
    case .noHostLeft:
      return proved == 0
        ? "Survives no host failure (no other host can run VMs)."
        : "Survives any \(counted(proved, "host failure")) (one host can run all VMs)."
    case .sampled: return "Survives \(counted(proved, "host failure")) at one time (proved); perhaps more."
    case .set(let next):
      let may = proved == 0 ? "Survives no host failure" : "Survives any \(counted(proved, "host failure")) (proved)"
      guard !next.hosts.isEmpty else { return "\(may): \(next.argument)\(CapacityText.short(next))." }
      let verb = next.isProved ? "cannot" : "may not"
      let verbs = next.hosts.count == 1 ? "fails" : "fail"
      let who = next.unplaced.isEmpty ? "VMs" : CapacityText.list(next.unplaced, most: 2)
      return
        "\(may); if \(Self.joined(next.hosts)) \(verbs), \(who) \(verb) be placed\(CapacityText.short(next))."
    }
  }

  private var fit: String? {
    guard let fit = capacity.fits?.first else { return nil }
    let size = FitReport.size(fit.profile)
    let failures = capacity.afterFailures.failures
    guard let keeping = fit.keeping else {
      return "Room for \(fit.free) more VMs of \(size), with no host failure tolerated."
    }
    return failures == 0
      ? "Room for \(keeping) more VMs of \(size), with no host failure tolerated."
      : "Room for \(keeping) more VMs of \(size) with \(counted(failures, "host failure")) tolerated (\(fit.free) without)."
  }

  private static func joined(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }

  private var retire: String? {
    guard let best = capacity.retirements?.max(by: { $0.targetRatio < $1.targetRatio }), !best.hosts.isEmpty else {
      return nil
    }
    let gone = Set(best.hosts)
    let cores = CapacitySums.sum(of: capacity.hosts.map(\.host).filter { gone.contains($0.name) }, \.cores)
    let size = cores.map { " (\(counted($0, "core")))" } ?? ""
    let target = CapacityText.percent(best.targetRatio)
    let hosts = CapacityText.list(best.hosts, most: 4)
    return "\(counted(best.hosts.count, "host"))\(size) can be retired at a \(target) CPU target: \(hosts)."
  }
}
