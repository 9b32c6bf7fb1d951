internal import Foundation
internal import Inventory

/// What commands cost in ledgers of two sizes, ten to one, as processes: the cost has to follow the answer, not the ledger.
/// Beside each stands what the program costs that does nothing.
struct ScaleBench {
  private let events: [Int]
  private let vms: [Int]
  private let folder: String
  private let scratch: String

  private static let hosts = 96

  init(_ options: BenchOptions) {
    events = options.isQuick ? [100_000, 1_000_000] : [1_000_000, 10_000_000]
    vms = options.isQuick ? [1000, 10_000] : [10_000, 100_000]
    (folder, scratch) = (options.keep, options.folder)
  }

  func run() async throws -> [BenchRow] {
    var rows: [BenchRow] = []
    for size in events { rows += try questions(to: try await HistoryLedger.prepare(size: size, in: folder)) }
    for count in vms { rows += try questions(toSourceOf: count) }
    return rows
  }

  private func questions(to ledger: HistoryLedger) throws -> [BenchRow] {
    func hour(_ failure: Int) -> [String] {
      let middle = HistoryStory.failureTime(failure, of: ledger.size)
      let (since, until) = (middle.adding(seconds: -1800), middle.adding(seconds: 1800))
      return [
        "ha", "affected", "--host", HistoryStory.failedHost(failure), "--since", since.description, "--until",
        until.description,
      ]
    }
    let size = "\(Figure.count(ledger.size)) events"
    return try [
      row("failures of a host in the last month's hour, \(size)", hour(HistoryStory.failureCount - 1), ledger.path),
      row("failures of a host in an hour of the middle, \(size)", hour(5), ledger.path),
      row("vm where, \(size)", ["vm", "where", "web-4711"], ledger.path),
      row("vm list --host, \(size)", ["vm", "list", "--host", HistoryStory.failedHost(3)], ledger.path),
      row("ha incidents, \(size)", ["ha", "incidents"], ledger.path),
      row("event types, \(size)", ["event", "types"], ledger.path, rounds: 1),
      row("event export, \(size)", ["event", "export"], ledger.path, rounds: 1),
      row("event verify, \(size)", ["event", "verify"], ledger.path, rounds: 1),
      row("db check, \(size)", ["db", "check"], ledger.path, rounds: 1),
    ]
  }

  private func questions(toSourceOf count: Int) throws -> [BenchRow] {
    let (file, database) = ("\(scratch)/cluster-\(count).json", "\(scratch)/cluster-\(count).db")
    try cluster(of: count).write(toFile: file, atomically: false, encoding: .utf8)
    let size = "\(Figure.count(count)) VMs"
    let imported = try ChildProcess(BenchOptions.yadokari, ["import", file, "--db", database])
    let rows = try [
      BenchRow(
        name: "import of a cluster, \(size)",
        ours: "\(Figure.seconds(imported.cpu)) CPU, \(Figure.megabytes(imported.peakMemory))"),
      row("vm where, \(size)", ["vm", "where", "vm-7"], database),
      row("vm list --host, \(size)", ["vm", "list", "--host", "esx8"], database),
      row("vm list, \(size)", ["vm", "list"], database),
      row("a plan for one VM, one host, \(size)", ["vm", "migrate", "vm-7", "--to", "esx9", "--plan"], database),
      row("a plan for one VM, 96 hosts, \(size)", ["vm", "migrate", "vm-7", "--cluster", "c0", "--plan"], database),
      row("a plan for one VM, all hosts, \(size)", ["vm", "migrate", "vm-7", "--plan"], database, rounds: 1),
    ]
    for path in [file, database] { try FileManager.default.removeItem(atPath: path) }
    return rows
  }

  /// Clusters of 96 hosts with 20 VMs each.
  private func cluster(of count: Int) -> String {
    let hosts = max(2, count / 20)
    let hostRows = (0..<hosts).map {
      #"{"name":"esx\#($0)","cluster":"c\#($0 / Self.hosts)","cores":64,"mem_mib":1048576}"#
    }
    let vmRows = (0..<count).map {
      #"{"name":"vm-\#($0)","host":"esx\#($0 % hosts)","mem_mib":4096,"vcpus":2,"disks":[{"datastore":"d","mib":10000}]}"#
    }
    let clusters = (0...((hosts - 1) / Self.hosts)).map { #"{"name":"c\#($0)"}"# }
    return """
      {"name":"scale","clusters":[\(clusters.joined(separator: ","))],"hosts":[\(hostRows.joined(separator: ",\n"))],
      "datastores":[{"name":"d","capacity_mib":10000000000}],"vms":[\(vmRows.joined(separator: ",\n"))]}
      """
  }

  private func row(
    _ name: String, _ command: [String], _ database: String, rounds: Int = Rounds.count
  ) throws -> BenchRow {
    let measured = try Rounds.run(
      count: rounds, { try ChildProcess(BenchOptions.yadokari, command + ["--db", database]) },
      { try ChildProcess(BenchOptions.yadokari, ["--version"]) })
    let (ours, beside) = (median(measured[0], \.cpu), median(measured[1], \.cpu))
    let memory = measured[0].map(\.peakMemory).max() ?? 0
    return BenchRow(
      name: name, ours: "\(Figure.seconds(ours)) CPU, \(Figure.megabytes(memory))",
      beside: "\(Figure.seconds(beside)) CPU, yadokari --version", ratio: ours / beside)
  }
}
