internal import Inventory
internal import Ledger

/// How one of our own moves stands, by its journal.
struct MigrationView {
  let request: Event
  let last: Event
  /// Where each disk goes that moves.
  let disks: [(number: Int64, from: String, to: String)]
  /// In one word: the phase, or the end.
  let state: String
  /// What the last pass left, MiB; nil where none was made, or nothing is under way.
  let leftMiB: Double?
  /// How long copying goes on, if the guest writes on as it did during the last pass; nil where that cannot be said.
  let etaSeconds: Double?

  /// Nil where there are no events.
  init?(_ events: [RecordedEvent]) {
    guard let request = events.first?.event, let last = events.last?.event else { return nil }
    (self.request, self.last) = (request, last)
    disks = (request.detail?["files"]?["disks"]?.arrayValue ?? []).compactMap { disk in
      guard let number = disk["disk"]?.intValue, let from = disk["from"]?.stringValue, let to = disk["to"]?.stringValue
      else { return nil }
      return (number, from, to)
    }
    state = Self.state(last)
    guard last.type == .migrationPhase, let left = last.detail?["left_mib"]?.doubleValue else {
      (leftMiB, etaSeconds) = (nil, nil)
      return
    }
    leftMiB = left
    // Each pass leaves dirty/rate of what it copied: L/R + L/R·D/R + … = L/(R-D).
    let rate = last.detail?["rate_mib_s"]?.doubleValue ?? 0
    let dirty = last.detail?["dirty_mib_s"]?.doubleValue ?? 0
    etaSeconds = rate > dirty ? left / (rate - dirty) : nil
  }

  private static func state(_ last: Event) -> String {
    if last.type == .migrationPhase {
      let phase = last.detail?["phase"]?.stringValue ?? "unknown"
      return phase == "asking" ? "in doubt" : phase
    }
    let words = last.type.rawValue.split(separator: ".").last.map(String.init) ?? "unknown"
    return words == "requested" ? "queued" : words
  }

  /// `esx01 [san-a]`: where it was, and where it goes.
  var from: String? { place(request.host?.name, disks.map(\.from)) }
  var to: String? { place(request.otherHost?.name, disks.map(\.to)) }

  private func place(_ host: String?, _ datastores: [String]) -> String? {
    var names: [String] = []
    for name in datastores where !names.contains(name) { names.append(name) }
    return host.map { names.isEmpty ? $0 : "\($0) [\(names.joined(separator: ", "))]" }
  }

  /// As a document has it.
  func json(_ number: Int64) -> JSONValue {
    let list = disks.map { disk -> JSONValue in
      ["disk": .int(disk.number), "from": .string(disk.from), "to": .string(disk.to)]
    }
    return [
      "migration": .int(number), "vm": JSONValue(request.vm?.name), "vm_id": JSONValue(request.vm?.foreignID),
      "kind": JSONValue(request.detail?["kind"]?.stringValue), "from": JSONValue(request.host?.name),
      "to": JSONValue(request.otherHost?.name), "disks": .array(list), "requested_at": JSONValue(request.occurredAt),
      "state": .string(state), "left_mib": leftMiB.map { .double($0) } ?? .null,
      "eta_s": etaSeconds.map { .double($0) } ?? .null, "because": JSONValue(last.reason),
    ]
  }
}
