internal import Inventory
package import Planning

/// How the capacity of a cluster changed: what is different from an earlier inventory, and where its resources go.
package struct CapacityCourse: Sendable {
  /// Nil where there is no earlier inventory.
  package var change: CapacityChange?
  package var trends: [Trend]

  package init(change: CapacityChange?, trends: [Trend]) { (self.change, self.trends) = (change, trends) }

  /// Where nobody asks for it.
  static let none: [JSONValue.Member] = [.init("changed_since", .null), .init("trend", [])]

  var members: [JSONValue.Member] {
    [
      .init("changed_since", change.map(Self.json) ?? .null),
      .init("trend", .array(trends.map(Self.json))),
    ]
  }

  private static func json(_ change: CapacityChange) -> JSONValue {
    func names(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }
    return [
      "since": JSONValue(change.since), "hosts_added": names(change.hostsAdded), "hosts_removed": names(change.hostsRemoved),
      "hosts_resized": .array(
        change.hostsResized.map {
          [
            "host": .string($0.name), "cores_before": .int(Int64($0.cpus.before)), "cores": .int(Int64($0.cpus.after)),
            "memory_mib_before": .int($0.memoryMiB.before), "memory_mib": .int($0.memoryMiB.after),
          ]
        }), "hosts_gone_away": names(change.hostsGoneAway), "hosts_back": names(change.hostsBack),
      "vms_added": names(change.vmsAdded), "vms_removed": names(change.vmsRemoved),
      "vms_resized": .array(
        change.resized.map {
          [
            "vm": .string($0.name), "vcpus_before": .int(Int64($0.cpus.before)), "vcpus": .int(Int64($0.cpus.after)),
            "memory_mib_before": .int($0.memoryMiB.before), "memory_mib": .int($0.memoryMiB.after),
          ]
        }), "granted_gib_before": .double(Double(change.grantedMiBBefore) / 1024),
      "granted_gib": .double(Double(change.grantedMiBAfter) / 1024),
    ]
  }

  private static func json(_ trend: Trend) -> JSONValue {
    var (days, earliest, latest): (Double?, Double?, Double?) = (nil, nil, nil)
    let verdict: String
    switch trend.verdict {
    case .notEnoughHistory: verdict = "not_enough_history"
    case .steady: verdict = "steady"
    case .full: verdict = "full"
    case .grows(let by, let early, let late): (verdict, days, earliest, latest) = ("grows", by, early, late)
    }
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    return [
      "resource": .string(trend.resource), "unit": .string(trend.unit), "verdict": .string(verdict),
      "days_left": number(days), "days_left_earliest": number(earliest), "days_left_latest": number(latest),
      "mean": number(trend.mean), "p95": number(trend.percentile95), "peak": number(trend.peak),
      "per_day": number(trend.slopePerDay), "capacity": .double(trend.capacity), "method": .string(Trend.method),
      "points": .array(trend.points.map { ["at": JSONValue($0.at), "used": .double($0.used)] }),
    ]
  }

  // MARK: In words

  /// Nil where nothing changed, or nobody knows.
  var changeWords: String? {
    guard let change, !change.isNothing else { return nil }
    var parts: [String] = []
    func say(_ names: [String], _ noun: String, _ verb: String) {
      if !names.isEmpty { parts.append("\(counted(names.count, noun)) \(verb) (\(CapacityText.list(names, most: 3)))") }
    }
    say(change.hostsAdded, "host", "came")
    say(change.hostsRemoved, "host", "went")
    say(change.hostsResized.map(\.name), "host", "changed size")
    say(change.hostsGoneAway, "host", "can run VMs no more")
    say(change.hostsBack, "host", "can run VMs again")
    say(change.vmsAdded, "VM", "came")
    say(change.vmsRemoved, "VM", "went")
    say(change.resized.map(\.name), "VM", "changed size")
    let difference = change.grantedMiBAfter - change.grantedMiBBefore
    if difference != 0 {
      parts.append("\(CapacityText.memory(abs(difference))) \(difference > 0 ? "more" : "less") is granted to VMs that run")
    }
    return parts.joined(separator: ", ")
  }

  static func words(_ trend: Trend) -> String {
    switch trend.verdict {
    case .notEnoughHistory:
      "not enough history: \(counted(trend.points.count, "moment")); \(Trend.leastPoints) are needed, "
        + "over \(Int(Trend.leastDays)) days"
    case .steady: "it does not grow"
    case .full: "it is used up"
    case .grows(let days, let earliest, let latest):
      "used up in \(Int(days)) days (\(Int(earliest)) at the earliest, "
        + "\(latest.map { "\(Int($0)) at the latest" } ?? "perhaps never"))"
    }
  }
}
