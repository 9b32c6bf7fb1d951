internal import Inventory
internal import Planning

/// How figures of capacity are said.
enum CapacityText {
  /// `4 GiB`, `1.5 GiB`, `512 MiB`
  static func memory(_ mib: Int64) -> String {
    if abs(mib) < 1024 { return "\(mib) MiB" }
    return "\(number(Double(mib) / 1024)) GiB"
  }

  /// `4 GiB`, `4097 MiB`
  static func exactly(_ mib: Int64) -> String { mib % 1024 == 0 ? "\(mib / 1024) GiB" : "\(mib) MiB" }

  /// With one digit behind the point, where that is not 0.
  static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard abs(tenths) < 1e15 else { return "\(value)" }
    let whole = Int64(tenths)
    return whole % 10 == 0 ? "\(whole / 10)" : "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
  }

  /// `62 %`
  static func percent(_ ratio: Double) -> String { "\(number(ratio * 100))%" }

  /// The first few of some names.
  static func list(_ names: [String], most: Int = 5) -> String {
    let shown = names.prefix(most).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }

  /// What is short, in brackets.
  static func short(_ obstacle: SetVerdict) -> String {
    let parts =
      (obstacle.shortMemory > 0 ? [memory(Int64(obstacle.shortMemory))] : [])
      + (obstacle.shortVCPUs > 0 ? [counted(obstacle.shortVCPUs, "vCPU")] : [])
      + (obstacle.shortMHz > 0 ? ["\(obstacle.shortMHz) MHz of CPU"] : [])
    return parts.isEmpty ? "" : " (\(parts.joined(separator: " and ")) short)"
  }

  static func json(_ obstacle: SetVerdict) -> JSONValue {
    .object(
      [
        .init("hosts", .array(obstacle.hosts.map { .string($0) })),
        .init("verdict", .string(obstacle.isProved ? "impossible" : "not_found")),
        .init("unplaced", .array(obstacle.unplaced.map { .string($0) })),
        .init("because", .string(obstacle.cause.rawValue)),
        .init(
          "short_of",
          [
            "memory_mib": .int(Int64(obstacle.shortMemory)), "cpu_mhz": .int(Int64(obstacle.shortMHz)),
            "vcpus": .int(Int64(obstacle.shortVCPUs)),
          ]),
        .init("argument", .string(obstacle.argument)),
      ])
  }

  /// - Parameter pool: nil where it is of none.
  static func json(_ gap: ClusterCapacity.Gap, of pool: PoolIdentity?) -> JSONValue {
    [
      "code": .string(gap.code), "text": .string(gap.text), "cluster": JSONValue(pool?.scope.cluster),
      "host": JSONValue(pool?.scope.host),
      "vms": .array(gap.vms.map { .string($0) }),
    ]
  }
}
