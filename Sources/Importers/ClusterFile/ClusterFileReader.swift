internal import Foundation
package import Inventory

/// Reads cluster files and scenario files: one JSON object each, described in docs/cluster-files.md.
///
/// Nothing is guessed: a key that is not known, a value of another kind and a name that leads nowhere are errors.
package enum ClusterFileReader {
  private static let keys = [
    "name", "about", "seed", "start", "clusters", "hosts", "datastores", "luns", "vms", "placement", "anti_affinity",
    "rules",
    "timeline", "until_s", "expect",
  ]

  /// Larger files are none of ours.
  static let sizeLimit = 64 << 20

  /// Reads a file.
  /// - Parameter path: `-` is standard input; it may be compressed.
  /// - Throws: `failed`, naming the file, the place in it and what was expected there; `notFound`; `usage` for a folder.
  package static func scenario(at path: String) throws -> Scenario {
    guard let found = try FileFinder.files(at: path).first, found.isNamed else {
      throw YadokariError(.usage, "\(path) is a folder; name the cluster file in it")
    }
    if let error = found.report.error { throw error }
    return try scenario(at: found.path)
  }

  /// The text of a file, unpacked, in UTF-8.
  /// - Throws: as `scenario(at:)` does.
  package static func text(at path: String) throws -> String {
    guard let found = try FileFinder.files(at: path).first, found.isNamed else {
      throw YadokariError(.usage, "\(path) is a folder; name the scenario file in it")
    }
    if let error = found.report.error { throw error }
    return String(decoding: try bytes(at: found.path), as: UTF8.self)
  }

  static func scenario(at path: InputPath) throws -> Scenario {
    try scenario(from: bytes(at: path), file: path.name)
  }

  private static func bytes(at path: InputPath) throws -> Data {
    let file = try ChunkedFile(path: path)
    var bytes = Data()
    while let data = try file.next() {
      bytes.append(data)
      guard bytes.count <= sizeLimit else {
        throw YadokariError(.failed, "\(path): a cluster file of more than \(sizeLimit >> 20) MiB; split it by clusters")
      }
    }
    return bytes
  }

  /// Whether a file is one of ours, sound or not: its first key is, and words stand in it that no other format has together.
  static func recognises(_ path: InputPath) throws -> Bool {
    let file = try ChunkedFile(path: path)
    var bytes = Data()
    var isOurs = false
    while bytes.count <= sizeLimit, let data = try file.next() {
      bytes.append(data)
      if !isOurs {
        guard let key = String(decoding: bytes.prefix(1000), as: UTF8.self).prefixMatch(of: /\s*\{\s*"(\w+)"/)?.1 else {
          return false
        }
        isOurs = keys.contains(String(key))
        guard isOurs else { return false }
      }
    }
    return isOurs && ["\"hosts\"", "\"mem_mib\""].allSatisfy { bytes.range(of: Data($0.utf8)) != nil }
  }

  /// Reads the content of a file, in UTF-8.
  /// - Parameter file: what messages call it.
  /// - Throws: `failed`
  package static func scenario(from bytes: some Collection<UInt8>, file: String) throws -> Scenario {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch let error as JSONError {
      let line = bytes.prefix(error.offset).count { $0 == 0x0a } + 1
      throw YadokariError(.failed, "\(file), line \(line): no JSON: \(error)")
    }
    return try scenario(ClusterFileValue(value: value, path: "", file: file))
  }

  private static func scenario(_ whole: ClusterFileValue) throws -> Scenario {
    let file = try whole.object()
    try file.allowOnly(keys)
    let name = try file.required("name").text()
    let names = try ClusterFileNames(file, name: name)
    var scenario = Scenario(
      name: name, start: try file["start"].map(start) ?? Instant(microseconds: 1_767_225_600_000_000),
      cluster: try cluster(file, name: name, names))
    scenario.about = try file.known("about")?.text()
    scenario.seed = try file["seed"].map { UInt64(try $0.integer(0...Int64.max)) } ?? 1
    let entries = try file["timeline"]?.list().map { try TimelineEntry($0, names) } ?? []
    // Stable: entries of one second stay in the order of the file.
    scenario.timeline = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
    scenario.until = try file.known("until_s")?.amount(to: TimelineEntry.longestPlay)
    return scenario
  }

  private static func start(_ value: ClusterFileValue) throws -> Instant {
    guard let start = value.value.stringValue.flatMap({ Instant(rfc3339: $0) }),
      start.microseconds < Instant.distantFuture.microseconds - Int64(TimelineEntry.longestPlay) * 1_000_000
    else { throw value.error(expected: "a time such as 2026-01-01T00:00:00Z") }
    return start
  }

  private static func cluster(
    _ file: ClusterFileObject, name: String, _ names: ClusterFileNames
  ) throws -> ClusterSnapshot {
    var cluster = ClusterSnapshot()
    cluster.clusters = try file["clusters"]?.list().map { try Cluster($0) } ?? [Cluster(name: name)]
    if cluster.clusters.isEmpty { throw try file.required("clusters").error(expected: "a list of clusters") }
    cluster.hosts = try file["hosts"]?.list().map { try Host($0, names) } ?? []
    cluster.datastores = try file["datastores"]?.list().map { try Datastore($0, names) } ?? [.only]
    cluster.luns = try file["luns"]?.list().map { try LUN($0, names) } ?? []
    let sizes = Dictionary(cluster.luns.map { ($0.id, $0.sizeMiB) }) { first, _ in first }
    cluster.vms = try file["vms"]?.list().map { try VirtualMachine($0, names, sizesOfLUNs: sizes) } ?? []
    let products = Dictionary(cluster.hosts.map { ($0.name, ProductVersion($0.product)) }) { first, _ in first }
    for index in cluster.vms.indices where cluster.vms[index].hardware == nil {
      cluster.vms[index].hardware = (products[cluster.vms[index].host] ?? nil)?.onlyHardware
    }
    cluster.rules = try file["rules"]?.list().map { try PlacementRule($0, names) } ?? []
    cluster.rules += try file["anti_affinity"]?.list().map { try PlacementRule(antiAffinity: $0, names) } ?? []
    try ClusterFileCheck(cluster, file).run()
    return cluster
  }
}
