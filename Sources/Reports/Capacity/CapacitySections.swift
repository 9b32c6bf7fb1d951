internal import Inventory
internal import Planning

/// The sections about one cluster.
struct CapacitySections {
  private let cluster: CapacityReport.Cluster
  private let capacity: ClusterCapacity
  private let course: CapacityCourse?
  /// What the headings call it.
  private let name: String

  init(_ cluster: CapacityReport.Cluster, name: String) {
    (self.cluster, capacity, course, self.name) = (cluster, cluster.capacity, cluster.course, name)
  }

  var sections: [Report.Section] {
    [pool, hosts, fit, retire, storage, licences, changes].compactMap(\.self)
  }

  private func section(_ words: String) -> Report.Section { Report.Section(heading: "\(name): \(words)") }

  private var pool: Report.Section {
    var section = section("overview")
    section.columns = [
      TableColumn("resource", "Resource"), TableColumn("used", "Used"),
      TableColumn("free", "Free (hosts)", isNumber: true),
      TableColumn("meaning", "What it is"),
    ]
    func row(_ name: String, _ use: PooledUse, _ meaning: String) -> [Cell] {
      [
        .text(name), .text(use.usedRatio.map(CapacityText.percent)), .text(use.freeHosts.map(CapacityText.number)),
        .text(meaning),
      ]
    }
    section.rows = [
      row("memory granted", capacity.memoryGranted, "granted to running VMs with overhead, of what hypervisors leave"),
      row("memory active", capacity.memoryActive, "what guests touched lately"),
      row("CPU demand", capacity.cpuDemand, "cores in use of all cores"),
      row("memory if all start", capacity.memoryIfAllStart, "with the VMs that are off or suspended"),
    ]
    section.notes =
      capacity.gaps.map { "\($0.code): \($0.text)" } + PolicyWords(capacity).disagreements
    if let left = capacity.unplacedIfAllStart, !left.isEmpty {
      section.notes.append("if all VMs started, \(CapacityText.list(left)) could not be placed")
    }
    section.notesHeading = "Notes"
    section.facts = facts
    section.barChart = CapacityCharts(capacity).pool
    return section
  }

  private var facts: [(name: String, cell: Cell)] {
    let after = capacity.afterFailures
    var facts: [(name: String, cell: Cell)] = [
      ("cores without the \(counted(after.failures, "largest host"))", .int(after.cores.map(Int64.init))),
      ("memory then", .text(after.memoryMiB.map(CapacityText.memory))),
      ("vCPUs per core then", .text(after.vcpusPerCore.map(CapacityText.number))),
    ]
    if let all = capacity.sums.memoryMiB, let usable = capacity.sums.usableMiB, all > usable {
      facts.append(("kept by hypervisors", .text(CapacityText.memory(all - usable))))
    }
    if let slots = capacity.slots {
      facts.append(
        ("slot policy", .text("\(slots.failuresTolerated) may fail, slots of \(slots.mhz) MHz, \(slots.memoryMiB) MiB")))
    }
    if let percentage = capacity.percentage {
      facts.append(
        (
          "percentage policy",
          .text(
            "\(percentage.failuresTolerated) may fail, unreserved \(CapacityText.percent(percentage.cpuRatio)) CPU, "
              + "\(CapacityText.percent(percentage.memoryRatio)) memory")
        ))
    }
    if !capacity.biggest.isEmpty {
      let names = capacity.biggest.prefix(3).map { "\($0.name) (\(CapacityText.memory($0.memoryMiB)))" }
      facts.append(("biggest VMs", .text(names.joined(separator: ", "))))
    }
    return facts
  }

  private var hosts: Report.Section? {
    guard !capacity.hosts.isEmpty else { return nil }
    var section = section("hosts")
    section.barChart = CapacityCharts(capacity).hosts
    section.columns = CapacityTables.hostColumns
    section.rows = capacity.hosts.map { CapacityTables.row($0, of: cluster) }
    section.notes = capacity.stranded.map { host in
      host.freeCores.map { "\(host.host) is full of memory: \(CapacityText.number($0)) free cores cannot be used" }
        ?? "\(host.host) is full of CPU: \(CapacityText.memory(host.freeMiB ?? 0)) of free memory cannot be used"
    }
    return section
  }

  private var fit: Report.Section? {
    guard let fits = capacity.fits else { return nil }
    var section = section("room for more VMs")
    section.lineChart = CapacityCharts(capacity).fit
    section.columns = CapacityTables.fitColumns
    section.rows = fits.map { CapacityTables.row($0, of: cluster) }
    if let obstacle = fits.compactMap(\.obstacle).first {
      let who = obstacle.hosts.isEmpty ? "" : "\(obstacle.hosts.joined(separator: ", ")): "
      section.notes = ["\(who)\(obstacle.argument)\(CapacityText.short(obstacle))"]
    }
    return section
  }

  private var retire: Report.Section? {
    guard let retirements = capacity.retirements else { return nil }
    var section = section("retirable hosts")
    section.columns = CapacityTables.retireColumns
    section.rows = retirements.map { CapacityTables.row($0, of: cluster) }
    if let last = retirements.last {
      section.notes = last.staying.prefix(3).map { "\($0.host) stays: \($0.because)" }
    }
    section.notesHeading = "Why others stay, at the last target"
    return section
  }

  private var storage: Report.Section? {
    guard !capacity.datastores.isEmpty else { return nil }
    var section = section("datastores")
    section.columns = CapacityTables.datastoreColumns
    section.rows = capacity.datastores.map { CapacityTables.row($0, of: cluster) }
    return section
  }

  private var licences: Report.Section? {
    guard !capacity.licences.isEmpty else { return nil }
    var section = section("VMs bound to hosts")
    section.columns = CapacityTables.licenceColumns
    section.rows = capacity.licences.map { CapacityTables.row($0, of: cluster) }
    return section
  }

  private var changes: Report.Section? {
    guard let course else { return nil }
    var section = section("trend")
    if let change = course.change {
      section.times = [("compared with", change.since)]
      section.notes = [course.changeWords ?? "nothing changed"]
    } else {
      section.notes = ["there is no earlier inventory to compare with"]
    }
    section.notesHeading = "What changed"
    section.columns = CapacityTables.trendColumns
    section.rows = course.trends.map { CapacityTables.row($0, of: cluster) }
    section.lineChart = course.trends.first.flatMap(CapacityCharts.trend)
    return section
  }
}
