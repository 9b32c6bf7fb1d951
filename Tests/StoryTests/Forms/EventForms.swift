import Foundation

/// Writes records as the tools of vCenter's users do.
enum EventForms {
  static func xml(_ record: StoryRecord) -> String {
    var text = "<\(record.type)><key>\(record.key)</key><chainId>\(record.chain ?? record.key)</chainId>"
    text += "<createdTime>\(StoryClock(record.at).govc)</createdTime><userName>\(XMLText.escape(record.user))</userName>"
    text += XMLText.reference("datacenter", "datacenter", "Datacenter", record.datacenter)
    let kind = record.isStandalone ? "ComputeResource" : "ClusterComputeResource"
    text += XMLText.reference("computeResource", "computeResource", kind, record.cluster)
    text += XMLText.reference("host", "host", "HostSystem", record.host)
    text += XMLText.reference("vm", "vm", "VirtualMachine", record.vm)
    text += XMLText.reference("ds", "datastore", "Datastore", record.datastore)
    text += "<fullFormattedMessage>\(XMLText.escape(record.text))</fullFormattedMessage>"
    if let move = record.move {
      text += XMLText.reference("sourceHost", "host", "HostSystem", move.from)
      text += XMLText.reference("sourceDatacenter", "datacenter", "Datacenter", record.datacenter)
      text += XMLText.reference("sourceDatastore", "datastore", "Datastore", move.fromDatastore)
    }
    if let id = record.typeID {
      text += "<eventTypeId>\(id)</eventTypeId><severity>\(record.severity)</severity>"
    }
    text += record.more
    if let object = record.object {
      text += "<objectId>\(object.reference.id)</objectId><objectType>\(object.kind)</objectType>"
      text += "<objectName>\(XMLText.escape(object.reference.name))</objectName>"
    }
    return text + "</\(record.type)>\n"
  }

  /// The id behind the text of an EventEx, as govc prints it.
  private static func message(_ record: StoryRecord) -> String {
    record.text + (record.object.map { " (\($0.reference.id))" } ?? "")
  }

  static func json(_ record: StoryRecord, withType: Bool) -> String {
    var lines: [String] = []
    if withType { lines.append("\"type\": \"\(record.listedType)\"") }
    lines.append("\"createdTime\": \"\(StoryClock(record.at).govc)\"")
    lines.append("\"category\": \"\(record.severity)\"")
    lines.append("\"message\": \"\(CollectForm.escape(message(record)))\"")
    if withType { lines.append("\"key\": \(record.key)") }
    return "{\n" + lines.map { "  \($0)" }.joined(separator: ",\n") + "\n}\n"
  }

  static func line(_ record: StoryRecord) -> String {
    let clock = StoryClock(record.at, offset: Form.zoneOffset).unix
    return "[\(clock)] [\(record.severity)] [\(record.key)] [\(record.listedType)] \(message(record))\n"
  }

  private static func row(_ cells: [String]) -> String {
    cells.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
  }

  /// `Select-Object CreatedTime, UserName, FullFormattedMessage`, the newest first.
  static func texts(_ records: [StoryRecord]) -> String {
    let rows = records.reversed().map {
      row([StoryClock($0.at, offset: Form.zoneOffset).powerShell, $0.user, $0.text])
    }
    return row(["CreatedTime", "UserName", "FullFormattedMessage"]) + rows.joined()
  }

  /// `Get-VIEvent | Export-Csv` whose first object is an EventEx: the type of the others is lost.
  static func raw(_ records: [StoryRecord]) -> String {
    let columns = [
      "EventTypeId", "Severity", "Message", "Arguments", "ObjectId", "ObjectType", "ObjectName", "Fault", "Key", "ChainId",
      "CreatedTime", "UserName", "Datacenter", "ComputeResource", "Host", "Vm", "Ds", "Net", "Dvs", "FullFormattedMessage",
      "ChangeTag",
    ]
    func argument(_ kind: String, _ isThere: Bool) -> String { isThere ? "VMware.Vim.\(kind)EventArgument" : "" }
    let rows = records.reversed().map { record in
      row([
        record.typeID ?? "", record.typeID == nil ? "" : record.severity, "", "", record.object?.reference.id ?? "",
        record.object?.kind ?? "", record.object?.reference.name ?? "", "", "\(record.key)", "\(record.chain ?? record.key)",
        StoryClock(record.at, offset: Form.zoneOffset).powerShell, record.user,
        argument("Datacenter", record.datacenter != nil), argument("ComputeResource", record.cluster != nil),
        argument("Host", record.host != nil), argument("Vm", record.vm != nil),
        argument("Datastore", record.datastore != nil),
        "", "", record.text, "",
      ])
    }
    return "#TYPE VMware.Vim.EventEx\r\n" + row(columns) + rows.joined()
  }

  /// The motion history of LucD: moves that ended, the newest first, hosts without their domain.
  static func moves(_ records: [StoryRecord]) -> String {
    func short(_ name: String) -> String { String(name.prefix { $0 != "." }) }
    let rows = records.reversed().compactMap { record -> String? in
      guard let move = record.move, let vm = record.vm else { return nil }
      let isStorage = move.fromDatastore.id != move.toDatastore.id
      return row([
        StoryClock(record.at, offset: Form.zoneOffset).powerShell, isStorage ? "svMotion" : "vMotion", record.user, vm.name,
        short(move.from.name), move.from.id == move.to.id ? "" : short(move.to.name), move.fromDatastore.name,
        isStorage ? move.toDatastore.name : "",
      ])
    }
    let head = ["CreatedTime", "Type", "UserName", "VM", "SrcVMHost", "TgtVMHost", "SrcDatastore", "TgtDatastore"]
    return row(head) + rows.joined()
  }

  /// `Get-VMotion`: moves with their beginning and their end; `DRS` where no user is known.
  static func motions(_ records: [StoryRecord]) -> String {
    let rows = records.reversed().compactMap { record -> String? in
      guard let move = record.move, let vm = record.vm else { return nil }
      let begun = records.last { $0.chain != nil && $0.chain == record.chain && $0.at < record.at }?.at ?? record.at
      let (isStorage, isHost) = (move.fromDatastore.id != move.toDatastore.id, move.from.id != move.to.id)
      let seconds = record.at / 1_000_000 - begun / 1_000_000
      let duration = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { StoryClock.two(Int($0)) }
      let clocks = [begun, record.at].map { StoryClock($0, offset: Form.zoneOffset).powerShell }
      return row([
        vm.name, isStorage ? (isHost ? "Both" : "s-vMotion") : "vMotion", move.from.name, move.to.name,
        move.fromDatastore.name, move.toDatastore.name, duration.joined(separator: ":"), clocks[0], clocks[1],
        record.user.isEmpty && record.type == "DrsVmMigratedEvent" ? "DRS" : record.user, "\(record.chain ?? record.key)",
      ])
    }
    let head = [
      "Name", "Type", "SrcHost", "DstHost", "SrcDS", "DstDS", "Duration", "StartTime", "EndTime", "Username", "ChainID",
    ]
    return row(head) + rows.joined()
  }
}
