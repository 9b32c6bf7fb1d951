import Inventory

/// Hosts, clusters and datastores, and what names mean.
extension Subject {
  mutating func checkLists(at moment: Int64) throws {
    guard form.hasEvents else { return }
    try checkHosts(at: moment)
    try checkNames(at: moment)
    if form.isWhole, life.usesInventories { try checkDatastores(at: moment) }
  }

  private func exists(_ host: Int, at moment: Int64) -> Bool {
    truth.hosts[host].map { $0.from <= moment && moment < $0.until } ?? false
  }

  private mutating func checkHosts(at moment: Int64) throws {
    var rows = try product.hosts(at: moment).filter(isOurs)
    var counts: [String: (least: Int, most: Int)] = [:]
    for number in truth.everyHost.keys.sorted() where exists(number, at: moment) {
      guard let host = truth.everyHost[number] else { continue }
      let isShown = (truth.shownHosts[number] ?? .max) <= moment
      if let cluster = host.cluster.flatMap({ life.world.clusters[$0]?.name }) {
        counts[cluster, default: (0, 0)].most += 1
        if isShown { counts[cluster, default: (0, 0)].least += 1 }
      }
      if let index = rows.firstIndex(where: { isHost(number, $0["host"]?.stringValue, $0["host_id"]?.stringValue) }) {
        rows.remove(at: index)
      } else if isShown, form.isWhole {
        complain(.list, "host \(host.name) \(host.id) is not listed at \(Self.time(moment))")
      }
    }
    for row in rows {
      complain(
        .list,
        "host \(row["host"]?.stringValue ?? "") \(row["host_id"]?.stringValue ?? "") is listed at \(Self.time(moment))")
    }
    guard form.isWhole else { return }
    for row in try product.clusters(at: moment).filter(isOurs) {
      guard let name = row["cluster"]?.stringValue, let hosts = row["hosts"]?.intValue, let count = counts[name] else {
        continue
      }
      if hosts < Int64(count.least) || hosts > Int64(count.most) {
        complain(.list, "cluster \(name) has \(hosts) hosts at \(Self.time(moment)), not \(count.least) to \(count.most)")
      }
    }
  }

  /// A name that one VM bears at a time means that one.
  private mutating func checkNames(at moment: Int64) throws {
    guard form.isWhole else { return }
    var bearers: [String: [Int]] = [:]
    for number in truth.stays.keys {
      guard let stay = truth.stay(number, at: moment), stay.host != nil else { continue }
      bearers[stay.name, default: []].append(number)
    }
    for (name, numbers) in bearers.sorted(by: { $0.key < $1.key }) {
      // Before its first record a VM may have any of its names.
      let others = truth.names.filter { $0.value.contains(name) }.keys
      guard numbers.count == 1, others.allSatisfy({ (truth.shownVMs[$0] ?? .max) <= moment }) else { continue }
      do {
        let answer = try product.whereIs(name, source: part.source, at: moment)
        if answer["vm_id"]?.stringValue != "vm-\(numbers[0])" {
          complain(
            .name, "\(name) at \(Self.time(moment)) is \(answer["vm_id"]?.compactText ?? "null"), not vm-\(numbers[0])")
        }
      } catch { complain(.name, "\(name) at \(Self.time(moment)): \(error)") }
    }
    for number in truth.everyHost.keys.sorted() {
      guard let host = truth.everyHost[number], exists(number, at: moment), (truth.shownHosts[number] ?? .max) <= moment
      else {
        continue
      }
      do {
        let id = try product.hostID(named: host.name, source: part.source, at: moment)
        if id != host.id { complain(.name, "\(host.name) at \(Self.time(moment)) is \(id ?? "null"), not \(host.id)") }
      } catch { complain(.name, "\(host.name) at \(Self.time(moment)): \(error)") }
    }
  }

  private mutating func checkDatastores(at moment: Int64) throws {
    guard let first = life.inventories.values.map(\.at).min(), moment >= first else { return }
    var counts: [Int: Int] = [:]
    for number in truth.stays.keys {
      guard let stay = truth.stay(number, at: moment), stay.host != nil else { continue }
      counts[stay.datastore, default: 0] += 1
    }
    let expected = counts.compactMap { number, count in life.world.datastores[number].map { "\($0.name) \(count)" } }
      .sorted()
    let rows = try product.datastores(at: moment).filter(isOurs).filter { ($0["vms"]?.intValue ?? 0) > 0 }
    let found = rows.map { "\($0["datastore"]?.stringValue ?? "") \($0["vms"]?.intValue ?? 0)" }.sorted()
    guard tellsDatastoresApart(counts) else { return }
    if found != expected {
      complain(
        .list,
        "datastores at \(Self.time(moment)): \(found.joined(separator: ", ")), not \(expected.joined(separator: ", "))")
    }
    for row in rows {
      guard let id = row["datastore_id"]?.stringValue, id.hasPrefix("datastore-") else { continue }
      let number = Int(id.dropFirst(10)) ?? 0
      if Int64(counts[number] ?? 0) != row["vms"]?.intValue {
        complain(.list, "\(id) has \(row["vms"]?.compactText ?? "") VMs")
      }
    }
  }

  /// Whether the records say in which datacenter the hosts are of VMs on datastores that share a name with any other.
  private func tellsDatastoresApart(_ counts: [Int: Int]) -> Bool {
    let all = life.world.datastores.values.map(\.name)
    let isShared = counts.keys.compactMap { life.world.datastores[$0]?.name }.contains { name in
      all.count { $0 == name } > 1
    }
    return !isShared || tellsDatacenters
  }

  /// Whether the records say of every host, or of its cluster, in which datacenter it is.
  var tellsDatacenters: Bool { truth.everyHost.values.allSatisfy { toldPlaces.contains(place(of: $0)) } }

  /// Whether the texts say of every host on which one of these VMs was in which datacenter it is.
  func tellsDatacenters(ofHostsOf vms: Set<Int>) -> Bool {
    vms.flatMap { truth.stays[$0] ?? [] }.compactMap(\.host).allSatisfy { number in
      truth.everyHost[number].map { toldHosts.contains($0.name) } ?? false
    }
  }

  private func place(of host: World.Host) -> String {
    host.cluster.flatMap { life.world.clusters[$0]?.name } ?? host.name
  }
}
