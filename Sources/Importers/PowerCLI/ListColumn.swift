/// What a column of a list of events or moves is. The raw value is its name for `--columns`.
enum ListColumn: String, CaseIterable {
  case time, message, type, vm, host, user, key, start, duration, chain, severity, cluster, datastore
  case sourceHost = "source_host"
  case targetHost = "target_host"
  case sourceDatastore = "source_datastore"
  case targetDatastore = "target_datastore"

  /// What scripts call it, without blanks and signs, the most certain name first.
  var names: [String] {
    switch self {
    case .time:
      [
        "createdtime", "eventtime", "eventdate", "datetime", "timestamp", "endtime", "finishtime", "completedtime", "time",
        "date",
      ]
    case .start: ["starttime", "begintime", "started", "start"]
    case .duration: ["duration"]
    case .message: ["fullformattedmessage", "message", "eventmessage", "fullmessage"]
    case .type: ["eventtypeid", "eventtype", "type", "migrationtype", "motiontype"]
    case .vm: ["vm", "vmname", "virtualmachine", "virtualmachinename"]
    case .host: ["hostname", "host", "vmhost", "vmhostname", "esxhost", "esxihost"]
    case .sourceHost: ["srcvmhost", "srchost", "sourcehost", "sourcevmhost", "fromhost", "oldhost", "source", "from"]
    case .targetHost:
      [
        "tgtvmhost", "tgthost", "dsthost", "desthost", "destinationhost", "targethost", "targetvmhost", "destvmhost",
        "destinationvmhost", "tohost", "newhost", "destination", "target", "to",
      ]
    case .sourceDatastore: ["srcdatastore", "srcds", "sourcedatastore", "sourceds", "fromdatastore", "olddatastore"]
    case .targetDatastore:
      [
        "tgtdatastore", "tgtds", "dstdatastore", "dstds", "destdatastore", "destds", "destinationdatastore",
        "targetdatastore", "targetds", "todatastore", "newdatastore",
      ]
    case .user: ["username", "user", "initiatedby", "initiator"]
    case .key: ["key", "eventkey"]
    case .chain: ["chainid"]
    case .severity: ["severity"]
    case .cluster: ["clustername", "cluster", "computeresource"]
    case .datastore: ["ds", "datastore"]
    }
  }

  /// A name of a column without what scripts write in different ways: case, blanks and signs.
  static func canonical(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && !"_-./#()[]:?'".contains($0) }
  }
}
