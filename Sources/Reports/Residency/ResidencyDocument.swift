internal import Inventory
internal import Ledger

/// Where VMs ran, as a document.
struct ResidencyDocument {
  private let residency: Residency
  private let tables: ResidencyTables

  init(_ residency: Residency, _ tables: ResidencyTables) { (self.residency, self.tables) = (residency, tables) }

  /// One object for each VM.
  var vms: [JSONValue] {
    residency.vms.map { vm in
      let own = Self.members(ResidencyTables.vmColumns, tables.row(vm))
      let named: Set<String> = ["vm", "vm_id", "source"]
      let stays = vm.stays.map { stay in
        JSONValue.object(
          Self.members(ResidencyTables.stayColumns, tables.row(stay, of: vm)).filter { !named.contains($0.key) })
      }
      return .object(
        own.filter { named.contains($0.key) } + [.init("stays", .array(stays))]
          + own.filter { !named.contains($0.key) })
    }
  }

  func json(schema: String, at moment: Instant, vms: [JSONValue]) -> JSONValue {
    let hosts = tables.hosts.map { JSONValue.object(Self.members(ResidencyTables.hostColumns, $0)) }
    return [
      "schema": .string(schema), "at": JSONValue(moment), "since": JSONValue(residency.since),
      "until": JSONValue(residency.until),
      "head": ["seq": .int(residency.head.seq), "hash": .string(residency.head.hash.bytes.hexadecimal)],
      "vms": .array(vms), "hosts": .array(hosts), "summary": summary, "gaps": .array(residency.gaps.map(\.json)),
    ]
  }

  private var summary: JSONValue {
    let (ran, could) = (residency.sum(of: residency.ranOn), residency.sum(of: residency.reach))
    func hours(_ running: Bool?) -> JSONValue {
      .double(ResidencyTables.hours(residency.vms.reduce(0) { $0 + $1.seconds(running: running) }))
    }
    func number(_ value: Int64?) -> JSONValue { value.map { .int($0) } ?? .null }
    return [
      "vms": .int(Int64(residency.vms.count)), "vms_ran": .int(Int64(residency.vms.count { !$0.ranOn.isEmpty })),
      "hours_on": hours(true), "hours_unknown": hours(nil), "hosts": .int(Int64(ran.hosts)),
      "sockets": number(ran.sockets), "cores": number(ran.cores),
      "cores_per_socket_minimum": number(residency.coresPerSocket.map(Int64.init)),
      "cores_with_minimum": number(ran.coresAtLeast), "could_hosts": .int(Int64(could.hosts)),
      "could_sockets": number(could.sockets), "could_cores": number(could.cores),
      "could_cores_with_minimum": number(could.coresAtLeast),
    ]
  }

  private static func members(_ columns: [TableColumn], _ cells: [Cell]) -> [JSONValue.Member] {
    zip(columns, cells).map { JSONValue.Member($0.key, $1.json) }
  }
}
