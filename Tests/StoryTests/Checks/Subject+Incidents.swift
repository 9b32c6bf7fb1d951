import Inventory

/// Which VMs a failure hit, and what became of them.
extension Subject {
  mutating func checkIncidents() throws {
    let document = try product.affected()
    var incidents = (document["incidents"]?.arrayValue ?? []).filter {
      !hasSources || $0["source"]?.stringValue == part.source
    }
    guard form.hasEvents else {
      let codes = (document["gaps"]?.arrayValue ?? []).compactMap { $0["code"]?.stringValue }
      if !incidents.isEmpty { complain(.incident, "an incident from \(form.rawValue)") }
      if !hasSources, !codes.contains("no-failure-events") {
        complain(.incident, "no gap says that failures cannot be seen")
      }
      return
    }
    for outage in truth.outages {
      let index = incidents.firstIndex { incident in
        isHost(outage.host, incident["host"]?.stringValue, incident["host_id"]?.stringValue)
          && isNear(incident["failed_at"], outage.since)
      }
      let isIncident = outage.trigger != "connection_lost" || (outage.isDeath && outage.isStopShown)
      let words = "\(hostName(outage.host) ?? "") at \(Self.time(outage.since))"
      guard let index else {
        let mayLack = outage.trigger == "host_isolated" && !outage.isStopShown
        if isIncident, !mayLack, !isFormBlind(outage) { complain(.incident, "no incident of \(words)") }
        continue
      }
      let incident = incidents.remove(at: index)
      guard isIncident else {
        if !isUncertain(outage) { complain(.incident, "an incident of \(words), which was only cut off") }
        continue
      }
      check(incident, outage, words)
      checkVMs(incident["vms"]?.arrayValue ?? [], outage, words)
    }
    for incident in incidents {
      complain(
        .incident,
        "invented: \(incident["host"]?.stringValue ?? "?") \(incident["trigger"]?.stringValue ?? "") at "
          + (incident["failed_at"]?.stringValue ?? ""))
    }
  }

  /// An outage without a declaration whose VMs this form cannot follow.
  private func isFormBlind(_ outage: Truth.Outage) -> Bool {
    outage.declaredAt == nil
      && outage.hits.allSatisfy { isHidden.contains($0.vm) || $0.isUncertain || outage.doubtful.contains($0.vm) }
  }

  private func isUncertain(_ outage: Truth.Outage) -> Bool { !outage.doubtful.isEmpty }

  func isNear(_ value: JSONValue?, _ time: Int64?, within extra: Int64 = 0) -> Bool {
    guard let text = value?.stringValue, let time else { return (value ?? .null) == .null && time == nil }
    guard let instant = Instant(rfc3339: text) else { return false }
    return abs(instant.microseconds - time) <= form.tolerance + extra
  }

  private mutating func check(_ incident: JSONValue, _ outage: Truth.Outage, _ words: String) {
    func text(_ key: String) -> String { incident[key]?.stringValue ?? "null" }
    if text("trigger") != outage.trigger {
      complain(.incident, "\(words): trigger \(text("trigger")), not \(outage.trigger)")
    }
    let cluster = outage.cluster.flatMap { life.world.clusters[$0]?.name } ?? "null"
    if text("cluster") != cluster, !(form.isText && outage.declaredAt == nil && text("cluster") == "null") {
      complain(.incident, "\(words): cluster \(text("cluster")), not \(cluster)")
    }
    if !isNear(incident["declared_at"], outage.declaredAt),
      outage.stateAt == nil || !isNear(incident["declared_at"], outage.stateAt)
    {
      complain(.incident, "\(words): declared \(text("declared_at")), not \(Self.time(outage.declaredAt))")
    }
    if !isNear(incident["host_recovered_at"], outage.backAt) {
      complain(.times, "\(words): back \(text("host_recovered_at")), not \(Self.time(outage.backAt))")
    }
  }

  private mutating func checkVMs(_ given: [JSONValue], _ outage: Truth.Outage, _ words: String) {
    var rows = given
    let isUnanswered = outage.trigger == "host_isolated" && !outage.isStopShown
    for hit in outage.hits where !outage.doubtful.contains(hit.vm) && !isHidden.contains(hit.vm) {
      if isUnfollowed(hit.vm) { continue }
      let name = truth.stays[hit.vm]?.last?.name ?? ""
      // Of two VMs of one name the text may mean either: the one whose row fits is taken. The name of that time counts
      // first: another VM may have borne it before or since.
      let borne = rows.indices.filter { isVM(hit.vm, rows[$0]["vm"]?.stringValue, rows[$0]["vm_id"]?.stringValue) }
      let nameThen = truth.stay(hit.vm, at: outage.since)?.name ?? name
      let exact = borne.filter { rows[$0]["vm"]?.stringValue == nameThen }
      let fitting = exact.isEmpty ? borne : exact
      guard let index = fitting.first(where: { isHost(hit.to, rows[$0]["to"]?.stringValue, nil) }) ?? fitting.first else {
        if !hit.isUncertain, !isUnanswered { complain(.victims, "\(words): \(name) is not listed") }
        continue
      }
      let row = rows.remove(at: index)
      if isUnanswered {
        complain(.victims, "\(words): \(name) is listed, but nothing stopped")
      } else if !hit.isUncertain, !hit.isOpen {
        check(row, hit, outage, "\(words): \(name)")
      }
    }
    for row in rows {
      let (name, id) = (row["vm"]?.stringValue, row["vm_id"]?.stringValue)
      let others = outage.doubtful.union(isHidden).union(outage.hits.filter(\.isUncertain).map(\.vm))
      // Without power events a VM that was created may have been started since.
      if !tellsPower || others.contains(where: { isVM($0, name, id) }) { continue }
      if truth.names.keys.contains(where: { isVM($0, name, id) && isUnfollowed($0) }) { continue }
      complain(.victims, "\(words): \(name ?? "?") is listed (\(row["outcome"]?.stringValue ?? ""))")
    }
  }

  private mutating func check(_ row: JSONValue, _ hit: Truth.Hit, _ outage: Truth.Outage, _ words: String) {
    let outcome = row["outcome"]?.stringValue ?? "null"
    // Only an inventory says that HA is off.
    let mayBeOff =
      outage.declaredAt == nil && hit.outcome == .noTrace && !life.inventories.isEmpty && outcome == "not_protected"
    guard outcome == hit.outcome.rawValue || mayBeOff else {
      complain(.outcome, "\(words): \(outcome), not \(hit.outcome.rawValue)")
      return
    }
    let from = row["from"]?.stringValue
    if from != nil || hit.outcome != .restarted, !isHost(outage.host, from, row["from_id"]?.stringValue) {
      complain(.outcome, "\(words): from \(from ?? "null")")
    }
    let to = row["to"]?.stringValue
    if hit.to == nil ? to != nil : !isHost(hit.to, to, row["to_id"]?.stringValue) {
      if !hit.isSurvivor { complain(.outcome, "\(words): to \(to ?? "null"), not \(hostName(hit.to) ?? "null")") }
    }
    if row["attempts"]?.intValue != Int64(hit.attempts), hit.startedBy != "user" {
      complain(.outcome, "\(words): \(row["attempts"]?.compactText ?? "") attempts, not \(hit.attempts)")
    }
    if !hit.isSurvivor, !isNear(row["up_at"], hit.upAt) {
      complain(.times, "\(words): up \(row["up_at"]?.stringValue ?? "null"), not \(Self.time(hit.upAt))")
    }
    let downtime = hit.upAt.map { Double($0 - hit.downSince) / 1_000_000 }
    let given = row["downtime_s"]?.doubleValue
    if downtime == nil ? given != nil : abs((given ?? -99) - (downtime ?? 0)) > Double(form.tolerance) / 1_000_000 + 0.001 {
      complain(.times, "\(words): down \(given.map { "\($0)" } ?? "null") s, not \(downtime.map { "\($0)" } ?? "null")")
    }
    if let removedAt = hit.removedAt, hit.outcome == .noTrace {
      let reason = row["reason"]?.stringValue ?? ""
      if reason.isEmpty { complain(.outcome, "\(words): no reason says that it was removed") }
      if let told = row["removed_at"], !isNear(told, removedAt) { complain(.times, "\(words): removed \(told.compactText)") }
    }
    if let startedBy = row["started_by"], startedBy.stringValue != hit.startedBy, hit.upAt != nil, form != .plainJSON {
      // A list without users cannot tell.
      let canTell = form.isWhole || form == .texts || form == .raw || hit.startedBy == "ha"
      if canTell { complain(.outcome, "\(words): started by \(startedBy.compactText)") }
    }
  }
}
