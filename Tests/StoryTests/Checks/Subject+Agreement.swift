import Inventory

/// At the end of the evidence all commands say the same.
extension Subject {
  mutating func checkAgreement() throws {
    let end = try product.end()
    let rows = try product.vms(at: end).filter(isOurs)
    try agreeOnHistories(end)
    try agreeOnViews(rows, end)
    try agreeOnResidency(rows, end)
    try agreeOnClusters(rows, end)
  }

  /// Whether agreement on a VM's power is asked: stories without the third kind leave out what a failure has down.
  private func asksPower(of row: Product.Row) -> Bool {
    guard !allowed.contains(.c3) else { return true }
    let down = truth.outages.filter { !$0.isOver }.flatMap { outage in
      Set(outage.hits.map(\.vm)).union(outage.doubtful)
    }
    return !down.contains { isVM($0, row["vm"]?.stringValue, row["vm_id"]?.stringValue) }
  }

  private func key(_ row: Product.Row) -> String {
    "\(row["vm"]?.stringValue ?? "")|\(row["vm_id"]?.stringValue ?? "")|\(row["source"]?.stringValue ?? "")"
  }

  private mutating func agreeOnHistories(_ end: Int64) throws {
    for (row, history) in try product.histories(at: end) where isOurs(row) {
      for (what, column) in [("host", "host"), ("power", "power")] {
        let spans = (history["spans"]?.arrayValue ?? []).filter { $0["what"] == .string(what) }
        let last = spans.last { span in
          guard let text = span["from"]?.stringValue, let from = Instant(rfc3339: text) else { return true }
          return from.microseconds <= end
        }
        let (told, listed) = (last?["value"]?.stringValue, row[column]?.stringValue)
        if told != listed, what == "host" || asksPower(of: row) {
          complain(.agreement, "\(key(row)): \(what) is \(listed ?? "null") in the list, \(told ?? "null") in its history")
        }
      }
    }
  }

  private mutating func agreeOnViews(_ rows: [Product.Row], _ end: Int64) throws {
    for (view, column) in [("v_placement", "host"), ("v_power", "power")] {
      let found = try product.query(
        "SELECT vm, vm_id, source, \(column) FROM \(view) WHERE from_at <= \(end) AND to_at > \(end)"
      ).filter(isOurs)
      // Several VMs of one name, without ids, have one key.
      let listed = Dictionary(grouping: rows, by: key).mapValues(\.count)
      let values = Dictionary(grouping: found, by: key).mapValues { own in
        // What nothing is known of has no row.
        own.map { $0[column]?.stringValue } + (own.count < listed[key(own[0])] ?? 0 ? [nil] : [])
      }
      for row in rows where !(values[key(row)] ?? [nil]).contains(row[column]?.stringValue) {
        guard column == "host" || asksPower(of: row) else { continue }
        let told = values[key(row)]?.first?.flatMap(\.self) ?? "null"
        complain(
          .agreement, "\(key(row)): \(column) is \(row[column]?.stringValue ?? "null") in the list, \(told) in \(view)")
      }
    }
  }

  private mutating func agreeOnResidency(_ rows: [Product.Row], _ end: Int64) throws {
    let document = try product.residency(at: end)
    var last: [String: [JSONValue]] = [:]
    for vm in document["vms"]?.arrayValue ?? [] {
      let key = "\(vm["vm"]?.stringValue ?? "")|\(vm["vm_id"]?.stringValue ?? "")|\(vm["source"]?.stringValue ?? "")"
      guard let stay = vm["stays"]?.arrayValue?.last, let text = stay["to"]?.stringValue,
        let to = Instant(rfc3339: text), to.microseconds >= end
      else { continue }
      last[key, default: []].append(stay)
    }
    // Several VMs of one name, without ids, have one key; one of which the first record is the last of all has no stay.
    let listed = Dictionary(grouping: rows, by: key).mapValues(\.count)
    for row in rows {
      guard let stays = last[key(row)], let stay = stays.first, stays.count >= listed[key(row)] ?? 0 else { continue }
      if !stays.contains(where: { $0["host"]?.stringValue == row["host"]?.stringValue }) {
        complain(
          .agreement,
          "\(key(row)): on \(row["host"]?.compactText ?? "") in the list, \(stay["host"]?.compactText ?? "") in residency")
      }
    }
  }

  private mutating func agreeOnClusters(_ rows: [Product.Row], _ end: Int64) throws {
    guard form.isWhole, life.usesInventories else { return }
    let capacity = try product.capacity(source: part.source, at: end)
    for row in try product.clusters(at: end).filter(isOurs) {
      guard let name = row["cluster"]?.stringValue, let counts = capacity[name] else { continue }
      if Int64(counts.hosts) != row["hosts"]?.intValue || Int64(counts.vms) != row["vms"]?.intValue {
        complain(
          .agreement,
          "cluster \(name): \(row["hosts"]?.compactText ?? "") hosts and \(row["vms"]?.compactText ?? "") VMs in the list, "
            + "\(counts.hosts) and \(counts.vms) in the capacity report")
      }
      let members = rows.count { $0["cluster"]?.stringValue == name }
      if Int64(members) != row["vms"]?.intValue {
        complain(.agreement, "cluster \(name): \(row["vms"]?.compactText ?? "") VMs, but \(members) in the list of VMs")
      }
    }
  }
}
