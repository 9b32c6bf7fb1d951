internal import Foundation
internal import Importers
internal import Inventory
internal import Planning

/// What still fits, found in memory and said by commands, on the clusters of Tests/Fixtures/clusters and on a large one.
struct CapacityBench {
  private let options: BenchOptions
  private let clusters: String

  init(_ options: BenchOptions) {
    self.options = options
    clusters = (options.sample as NSString).deletingLastPathComponent + "/../clusters"
  }

  func run() throws -> [BenchRow] {
    var rows: [BenchRow] = []
    for file in ["d8.json", "d32.json", "de32.json.gz", "dr32.json", "dh32.json.gz", "d64.json.gz", "d96.json.gz"] {
      let path = clusters + "/" + file
      guard FileManager.default.fileExists(atPath: path) else { throw BenchError("there is no \(path)") }
      let name = String(file.prefix { $0 != "." })
      let pool = Pool(of: .cluster(name), in: try ClusterFileReader.scenario(at: path).cluster)
      rows.append(try fit(pool, name))
      rows.append(tolerance(pool, name))
    }
    return rows + (try report())
  }

  /// The time to find, and what was found beside what no placement can pass.
  private func fit(_ pool: Pool, _ name: String) throws -> BenchRow {
    var found: Fit?
    let times = try Rounds.run(count: 3) {
      let watch = Stopwatch()
      var search = FitSearch(pool, profile: VMProfile(vcpus: 2, memoryMiB: 4096), keepFailures: 1)
      found = search.run()
      return watch.elapsed.cpu
    }
    guard let found, let keeping = found.keeping else { throw BenchError("\(name) does not survive a failure") }
    return BenchRow(
      name: "VMs of 4 GiB that fit into \(name), one failure kept: \(keeping)",
      ours: "\(Figure.seconds(median(times[0]))) CPU",
      beside: "\(found.bound.count) no placement can pass", ratio: Double(keeping) / Double(found.bound.count))
  }

  private func tolerance(_ pool: Pool, _ name: String) -> BenchRow {
    let watch = Stopwatch()
    let tolerance = FailureTolerance.of(pool)
    return BenchRow(
      name: "hosts of \(name) that may fail: \(tolerance.proved)", ours: "\(Figure.seconds(watch.elapsed.cpu)) CPU")
  }

  // MARK: The report

  /// From a database to a page, as a process; beside it the process that does nothing.
  private func report() throws -> [BenchRow] {
    let (file, database) = (options.path("capacity.json"), options.path("capacity.db"))
    try large().write(toFile: file, atomically: true, encoding: .utf8)
    _ = try ChildProcess(BenchOptions.yadokari, ["import", file, "--db", database])
    let measured = try Rounds.run(
      { try ChildProcess(BenchOptions.yadokari, ["report", "capacity", "-o", "html", "--db", database]) },
      { try ChildProcess(BenchOptions.yadokari, ["--version"]) })
    let (ours, beside) = (median(measured[0], \.wall), median(measured[1], \.wall))
    return [
      BenchRow(
        name: "report capacity of 100 hosts and 5,000 VMs, to a page, as a process", ours: "\(Figure.seconds(ours)) wall",
        beside: "\(Figure.seconds(beside)) wall, yadokari --version", ratio: ours / beside),
      BenchRow(
        name: "its most memory", ours: Figure.megabytes(measured[0].map(\.peakMemory).max() ?? 0),
        beside: "\(Figure.megabytes(measured[1].map(\.peakMemory).max() ?? 0)) of yadokari --version"),
    ]
  }

  /// 100 hosts, each with 50 VMs of six sizes, unevenly.
  private func large() -> String {
    let sizes = [1152, 2368, 4800, 9600, 19_200, 38_464]
    let hosts = (0..<100).map { #"{"name":"esx\#($0)","cores":32,"mem_mib":655360,"node_mem_mib":2048}"# }
    let vms = (0..<5000).map { number in
      let size = sizes[(number * 7 + number / 100) % 13 % 6]
      return #"{"name":"vm\#(number)","host":"esx\#(number * 37 % 100)","mem_mib":\#(size),"vcpus":2,"cpu_demand":0.3}"#
    }
    return #"{"name":"large","hosts":[\#(hosts.joined(separator: ","))],"vms":[\#(vms.joined(separator: ","))]}"#
  }
}
