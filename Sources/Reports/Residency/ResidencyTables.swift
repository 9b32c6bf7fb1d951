internal import History
internal import Inventory
internal import Ledger

/// Where VMs ran, as tables of values.
struct ResidencyTables {
  private let residency: Residency
  private let isForPeople: Bool
  /// Each sum once: many VMs could have run on the same hosts.
  private let sums: [Set<ObjectID>: ResidencySum]

  init(_ residency: Residency, isForPeople: Bool = false) {
    (self.residency, self.isForPeople) = (residency, isForPeople)
    var sums: [Set<ObjectID>: ResidencySum] = [:]
    for hosts in residency.vms.flatMap({ [$0.ranOn, $0.reach] }) where sums[hosts] == nil {
      sums[hosts] = residency.sum(of: hosts)
    }
    self.sums = sums
  }

  private func sum(_ hosts: Set<ObjectID>) -> ResidencySum { sums[hosts] ?? residency.sum(of: hosts) }

  func name(_ host: ObjectID?) -> String? { host.flatMap { residency.hosts[$0]?.summary.name } }

  func names(_ hosts: Set<ObjectID>) -> [String] {
    hosts.compactMap { residency.hosts[$0]?.summary }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map(\.name)
  }

  /// To a millionth in data; to a thousandth for people.
  static func hours(_ seconds: Double, isForPeople: Bool = false) -> Double {
    let parts = isForPeople ? 1000.0 : 1_000_000
    return (seconds / 3600 * parts).rounded() / parts
  }

  private func hours(_ seconds: Double) -> Cell { .value(.double(Self.hours(seconds, isForPeople: isForPeople))) }

  // MARK: Stays

  static let stayColumns = [
    TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isDataOnly: true),
    TableColumn("source", "Source", isDataOnly: true), TableColumn("host", "Host"),
    TableColumn("host_id", "Host id", isDataOnly: true), TableColumn("cluster", "Cluster"), TableColumn("from", "From"),
    TableColumn("to", "To"), TableColumn("hours", "Hours", isNumber: true), TableColumn("power", "Power"),
    TableColumn("sockets", "Sockets", isNumber: true), TableColumn("cores", "Cores", isNumber: true),
    TableColumn("cores_with_minimum", "Cores (min. applied)", isNumber: true, isDataOnly: true, isOnPages: true),
    TableColumn("grade", "Grade"),
    TableColumn("proven_hours", "Hours proven", isNumber: true, isDataOnly: true, isOnPages: true),
  ]

  func row(_ stay: RunStay, of vm: ResidencyVM) -> [Cell] {
    let size = residency.size(of: stay)
    return [
      .text(vm.summary.name), .text(vm.summary.foreignID), .text(vm.summary.source), .text(name(stay.host)),
      .text(stay.host.flatMap { residency.hosts[$0]?.summary.foreignID }),
      .text(stay.cluster.flatMap { residency.clusters[$0]?.name }), .time(stay.from), .time(stay.to),
      hours(stay.seconds), .text(stay.isRunning.map { $0 ? "on" : "off" } ?? "unknown"), .int(size.sockets),
      .int(size.cores), .int(size.cores(atLeast: residency.coresPerSocket)), .text(stay.grade.rawValue),
      hours(stay.provenSeconds),
    ]
  }

  var stays: [[Cell]] { residency.vms.flatMap { vm in vm.stays.map { row($0, of: vm) } } }

  // MARK: VMs

  static let vmColumns = [
    TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isDataOnly: true),
    TableColumn("source", "Source", isDataOnly: true), TableColumn("first_on", "First ran"),
    TableColumn("last_on", "Last ran"), TableColumn("hours_on", "Hours on", isNumber: true),
    TableColumn("hours_unknown", "Unknown", isNumber: true), TableColumn("hosts", "Hosts", isNumber: true),
    TableColumn("sockets", "Sockets", isNumber: true), TableColumn("cores", "Cores", isNumber: true),
    TableColumn("cores_with_minimum", "Cores (min. applied)", isNumber: true, isDataOnly: true, isOnPages: true),
    TableColumn("could_have_run_on", "Could have run on"), TableColumn("could_have_run_by", "Basis", isMinor: true),
    TableColumn("could_sockets", "Eligible sockets", isNumber: true, isDataOnly: true, isOnPages: true),
    TableColumn("could_cores", "Eligible cores", isNumber: true),
    TableColumn(
      "could_cores_with_minimum", "Cores there, minimum kept", isNumber: true, isDataOnly: true, isOnPages: true),
  ]

  func row(_ vm: ResidencyVM) -> [Cell] {
    let run = vm.stays.filter { $0.isRunning == true }
    let (ran, could) = (sum(vm.ranOn), sum(vm.reach))
    return [
      .text(vm.summary.name), .text(vm.summary.foreignID), .text(vm.summary.source), .time(run.first?.from),
      .time(run.last?.to), hours(vm.seconds(running: true)), hours(vm.seconds(running: nil)),
      .int(ran.hosts), .int(ran.sockets), .int(ran.cores), .int(ran.coresAtLeast),
      .value(.array(names(vm.reach).map { .string($0) })), .text(vm.basis.rawValue), .int(could.sockets),
      .int(could.cores), .int(could.coresAtLeast),
    ]
  }

  // MARK: Hosts

  static let hostColumns = [
    TableColumn("host", "Host"), TableColumn("host_id", "Id", isDataOnly: true),
    TableColumn("source", "Source", isDataOnly: true), TableColumn("sockets", "Sockets", isNumber: true),
    TableColumn("cores", "Cores", isNumber: true),
    TableColumn("cores_with_minimum", "Cores (min. applied)", isNumber: true),
    TableColumn("cpu_model", "Processor"), TableColumn("model", "Machine"),
    TableColumn("vms", "VMs that ran", isNumber: true), TableColumn("hours_on", "VM hours on", isNumber: true),
    TableColumn("could_vms", "Eligible VMs", isNumber: true),
  ]

  /// Every host on which a VM ran or could have run.
  var hosts: [[Cell]] {
    var (ran, could, seconds) = ([ObjectID: Int](), [ObjectID: Int](), [ObjectID: Double]())
    for vm in residency.vms {
      for host in vm.ranOn { ran[host, default: 0] += 1 }
      for host in vm.reach { could[host, default: 0] += 1 }
      for stay in vm.stays where stay.isRunning == true {
        if let host = stay.host { seconds[host, default: 0] += stay.seconds }
      }
    }
    let hosts = Set(ran.keys).union(could.keys).compactMap { residency.hosts[$0] }
    return hosts.sorted { ($0.summary.name, $0.summary.id) < ($1.summary.name, $1.summary.id) }.map { host in
      let id = host.summary.id
      let size = residency.size(of: id)
      return [
        .text(host.summary.name), .text(host.summary.foreignID), .text(host.summary.source), .int(size.sockets),
        .int(size.cores), .int(size.cores(atLeast: residency.coresPerSocket)),
        .text(host.setting("cpu_model", at: residency.until)), .text(host.model(at: residency.until)),
        .int(ran[id] ?? 0), hours(seconds[id] ?? 0), .int(could[id] ?? 0),
      ]
    }
  }

  static let gapColumns = ["code", "text", "vms", "vm_ids"].map { TableColumn($0, $0) }

  var all: [Report.Table] {
    [
      Report.Table(name: "stays", columns: Self.stayColumns, rows: stays),
      Report.Table(name: "vms", columns: Self.vmColumns, rows: residency.vms.map(row)),
      Report.Table(name: "hosts", columns: Self.hostColumns, rows: hosts),
      Report.Table(
        name: "gaps", columns: Self.gapColumns, rows: residency.gaps.map { Array($0.cells(of: nil).dropFirst()) }),
    ]
  }
}
