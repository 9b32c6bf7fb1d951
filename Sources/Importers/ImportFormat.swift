internal import Foundation
internal import Inventory

/// The formats that we read. The raw value stands in reports and in the ledger.
package enum ImportFormat: String, Sendable, CaseIterable {
  case govcAbout = "govc-about"
  case govcCollectClusters = "govc-collect-clusters"
  case govcList = "govc-ls"
  case govcCollectHosts = "govc-collect-hosts"
  case govcHostInfo = "govc-host-info"
  case govcCollectDatastores = "govc-collect-datastores"
  case govcCollectVMs = "govc-collect-vms"
  case govcVMInfo = "govc-vm-info"
  case govcDatastoreInfo = "govc-datastore-info"
  case rvtoolsWorkbook = "rvtools-xlsx"
  case rvtoolsLists = "rvtools-csv"
  case powerCLIInventory = "powercli-inventory"
  case clusterFile = "cluster-file"
  case govcEventsXML = "govc-events-xml"
  case vcenterEventsJSON = "vcenter-events-json"
  case govcEventsListJSON = "govc-events-list-json"
  case govcEventsJSON = "govc-events-json"
  case govcEventsList = "govc-events-list"
  case vcenterSyslog = "vcenter-syslog"
  case powerCLIEvents = "powercli-events"
  case powerCLIMoves = "powercli-moves"

  /// Inventories come before events: they say who the source is, and where things were.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Whether it holds events; else it is an inventory, with one time for all of it.
  var isEvents: Bool { rank >= Self.govcEventsXML.rank }

  /// Whether its times are those of a clock on some wall, without a zone.
  var hasWallTimes: Bool { self == .govcEventsList || self == .powerCLIEvents || self == .powerCLIMoves }

  /// Whether the date of the file tells when it was taken, where nobody says it.
  var hasTimeOfFile: Bool { !isEvents && self != .clusterFile && !isListed }

  /// Whether it is an export of RVTools, whose tabs are one inventory.
  var isRVTools: Bool { self == .rvtoolsWorkbook || self == .rvtoolsLists }

  /// Whether several files, one for each kind of object, are one inventory.
  var isInLists: Bool { self == .rvtoolsLists || self == .powerCLIInventory }

  /// Whether it is read as lists of objects that together are one inventory.
  var isListed: Bool { isRVTools || self == .powerCLIInventory }

  /// Whether such an inventory lists everything there is.
  var listsEverything: Bool { isRVTools || self == .clusterFile }

  /// The formats of inventories of the same kind: of these one takes the place of another.
  var kind: [ImportFormat] {
    switch self {
    case .rvtoolsWorkbook, .rvtoolsLists: [.rvtoolsWorkbook, .rvtoolsLists]
    case .govcCollectVMs, .govcVMInfo: [.govcCollectVMs, .govcVMInfo]
    case .govcCollectHosts, .govcHostInfo: [.govcCollectHosts, .govcHostInfo]
    default: [self]
    }
  }

  /// Recognises a file by its content; nil where it is none of ours.
  /// - Parameter columns: what a person says of the columns of lists.
  /// - Throws: `failed` for one that holds what we could read in a form that we do not unpack.
  static func recognise(path: InputPath, columns: ColumnChoice? = nil) throws -> ImportFormat? {
    if ZipArchive.isZip(path) { return try workbookFormat(path) }
    let file = try ChunkedFile(path: path)
    var first: UInt8?
    var isBinary = false
    while first == nil, let piece = try file.next() {
      if piece.starts(with: ZipArchive.mark) {
        throw YadokariError(
          .failed, "\(path) is a zip archive or an Excel workbook that was compressed again; gunzip it first")
      }
      if piece.starts(with: oldExcelMark) {
        throw YadokariError(
          .failed,
          "\(path) is a document of an old Office, or one with a password; save it as .xlsx without a password, or the "
            + "sheet as \"CSV UTF-8\"")
      }
      first = piece.first { $0 > 0x20 && $0 != 0xef && $0 != 0xbb && $0 != 0xbf }
      // A byte of zero stands in no text.
      isBinary = isBinary || piece.contains(0)
    }
    switch first {
    case UInt8(ascii: "<"):
      // A syslog may begin each line with its priority: <14>.
      if try LineReader(path: path).next().map({ SyslogLine.hasHeader($0.text) }) == true {
        return try SyslogEventReader.isEvents(path) ? .vcenterSyslog : nil
      }
      return try isEventXML(path) ? .govcEventsXML : nil
    case UInt8(ascii: "{"): return try ClusterFileReader.recognises(path) ? .clusterFile : jsonFormat(path)
    case UInt8(ascii: "["): return try TextEventReader.isEvents(path) ? .govcEventsList : jsonFormat(path)
    default:
      if let format = try textFormat(path, columns) { return format }
      do {
        // Something stands before the first piece: what comes after may still be an export.
        return try isEventXML(path) ? .govcEventsXML : nil
      } catch is YadokariError where isBinary {
        // What looks like tags there is chance, and so is what is wrong with them.
        return nil
      }
    }
  }

  private static let oldExcelMark: [UInt8] = [0xd0, 0xcf, 0x11, 0xe0]

  private static func workbookFormat(_ path: InputPath) throws -> ImportFormat {
    guard try RVToolsReader.recognises(workbook: path) else {
      throw YadokariError(
        .failed,
        "\(path) is an Excel workbook without a tab of RVTools, such as vInfo; save the sheet as \"CSV UTF-8\" if it is a "
          + "list of events")
    }
    return .rvtoolsWorkbook
  }

  private static func textFormat(_ path: InputPath, _ columns: ColumnChoice?) throws -> ImportFormat? {
    if try TextEventReader.isEvents(path) { return .govcEventsList }
    if let header = try CSVHeader.find(path: path, columns) { return header.isMoves ? .powerCLIMoves : .powerCLIEvents }
    if try TabSource(list: path) != nil { return .rvtoolsLists }
    if try InventoryList(path: path) != nil { return .powerCLIInventory }
    return try SyslogEventReader.isEvents(path) ? .vcenterSyslog : nil
  }

  /// How many pieces are looked at: the first may be broken.
  private static let lookahead = 64

  /// A document that is one of an export has a key and a time.
  private static func isEventXML(_ path: InputPath) throws -> Bool {
    var reader = try XMLEventReader(path: path)
    for _ in 0..<lookahead {
      guard let item = try reader.next() else { return false }
      if case .piece(let record, _) = item, record[.key] != nil, record[.createdTime] != nil { return true }
    }
    return false
  }

  /// Lists of whole objects, by the name of the list in lower case.
  private static let wholeObjects: [String: ImportFormat] = [
    "elements": .govcList, "hostsystems": .govcHostInfo, "virtualmachines": .govcVMInfo, "datastores": .govcDatastoreInfo,
  ]

  /// Whether a file holds a list of whole objects that names none.
  static func isEmptyList(_ path: InputPath) throws -> Bool {
    let splitter = try JSONValueSplitter(path: path)
    guard let item = try splitter.next() else { return splitter.list != nil }
    guard case .piece(let data, _) = item, case .object(let members)? = try? JSONValue(parsing: data) else { return false }
    return members.count == 1 && members[0].value == .null && wholeObjects[members[0].key.lowercased()] != nil
  }

  private static func jsonFormat(_ path: InputPath) throws -> ImportFormat? {
    if try WholeEventReader.isEvents(path) { return .vcenterEventsJSON }
    let splitter = try JSONValueSplitter(path: path)
    for _ in 0..<lookahead {
      guard let item = try splitter.next() else { return nil }
      guard case .piece(let data, _) = item, let value = try? JSONValue(parsing: data) else { continue }
      if let list = splitter.list {
        guard CollectedObject(value) != nil else { continue }
        return wholeObjects[list]
      }
      if value[anyCase: "about"]?[anyCase: "instanceUuid"] != nil { return .govcAbout }
      let (isEvent, isLong) = JSONEventReader.form(of: value.arrayValue?.first ?? value)
      if isEvent { return isLong ? .govcEventsListJSON : .govcEventsJSON }
      switch CollectedObject(value)?.kind {
      case .vm: return .govcCollectVMs
      case .host: return .govcCollectHosts
      case .cluster: return .govcCollectClusters
      case .datastore: return .govcCollectDatastores
      default: return nil
      }
    }
    return nil
  }
}
