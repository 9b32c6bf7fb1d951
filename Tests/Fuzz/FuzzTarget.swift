import Foundation
@testable import Inventory

@testable import Importers
@testable import Reports
@testable import yadokari

/// The readers that are tried with hostile bytes: no input may stop the program, and what they give has to hold together.
enum FuzzTarget: String {
  case xml
  case json
  case objects
  case jsonEvents = "json-events"
  case textEvents = "text-events"
  case wholeEvents = "whole-events"
  case syslog
  case inventoryLists = "inventory-lists"
  case csv
  case messages
  case times
  case input
  case `import`

  func take(_ bytes: [UInt8]) {
    do {
      switch self {
      case .xml: try takeXML(bytes)
      case .json: try takeJSON(bytes)
      case .objects: try takeObjects(bytes)
      case .jsonEvents:
        try JSONEventReader(path: FuzzFile.path(holding: bytes)).forEachRecord { item in checkRecord(item) }
      case .textEvents:
        let path = FuzzFile.path(holding: bytes)
        _ = try TextEventReader.isEvents(path)
        try TextEventReader(path: path, zone: zone(bytes)).forEachRecord { item in checkRecord(item) }
      case .wholeEvents: try takeWholeEvents(bytes)
      case .syslog:
        let path = FuzzFile.path(holding: bytes)
        var reader = SyslogEventReader(path: path)
        try reader.forEachRecord { item in checkRecord(item) }
        _ = try SyslogEventReader.isEvents(path)
      case .inventoryLists: try takeInventoryLists(bytes)
      case .csv: try takeCSV(bytes)
      case .messages: takeMessage(bytes)
      case .times: takeTimes(bytes)
      case .input: try takeInput(bytes)
      case .import: takeImport(bytes)
      }
    } catch is YadokariError {
    } catch is JSONError {
    } catch is RecordProblem {
    } catch is GzipDamage {
    } catch is ZipDamage {
    } catch {
      broken("an error of another kind: \(error)")
    }
  }

  /// The last byte chooses, so that files can be seeds as they are.
  func zone(_ bytes: [UInt8]) -> String? {
    ["Europe/Berlin", "UTC", "+01:00", nil][Int(bytes.last ?? 0) % 4]
  }

  private func takeXML(_ bytes: [UInt8]) throws {
    var reader = try XMLEventReader(path: FuzzFile.path(holding: bytes))
    var mapper = VCenterEventMapper()
    while let item = try reader.next() {
      guard case .piece(let record, let line) = item else { continue }
      if line < 1 { broken("a record on line \(line)") }
      do { checkEvent(try mapper.event(from: record)) } catch is RecordProblem {}
    }
  }

  private func takeJSON(_ bytes: [UInt8]) throws {
    let value = try JSONValue(parsing: bytes)
    let text = value.compactText
    if try JSONValue(parsing: Array(text.utf8)).compactText != text { broken("compact text does not come back") }
    if try JSONValue(parsing: Array(value.prettyText().utf8)).compactText != text {
      broken("pretty text does not come back")
    }
  }

  private func takeObjects(_ bytes: [UInt8]) throws {
    let path = FuzzFile.path(holding: bytes)
    _ = try ImportFormat.isEmptyList(path)
    let splitter = try JSONValueSplitter(path: path)
    while let item = try splitter.next() {
      guard case .piece(let data, _) = item, let value = try? JSONValue(parsing: data) else { continue }
      guard let object = CollectedObject(value) else { continue }
      let events = try? CollectMapper.events(from: object, at: Instant(microseconds: 0), keyPrefix: "k")
      for event in events ?? [] { checkEvent(event) }
    }
  }

  private func takeWholeEvents(_ bytes: [UInt8]) throws {
    let path = FuzzFile.path(holding: bytes)
    _ = try WholeEventReader.isEvents(path)
    let reader = try WholeEventReader(path: path)
    var mapper = VCenterEventMapper()
    while let item = try reader.next() {
      guard case .piece(let event, let line) = item else { continue }
      if line < 1 { broken("a record on line \(line)") }
      do {
        let whole = try mapper.event(from: event.record)
        checkEvent(whole)
        checkRecord(.piece(SparseRecord(event.record, whole), line: line))
      } catch is RecordProblem {}
    }
  }

  private func takeInventoryLists(_ bytes: [UInt8]) throws {
    let path = FuzzFile.path(holding: bytes)
    guard try InventoryList(path: path) != nil else { return }
    for part in try InventoryListReader.inventories(of: [path], FileReport(path: path.name)) {
      ListedMapper(part.inventory, at: Instant(microseconds: 0), keyPrefix: "k").forEachEvent { _, event in checkEvent(event)
      }
    }
  }

  private func takeCSV(_ bytes: [UInt8]) throws {
    let path = FuzzFile.path(holding: bytes)
    guard let header = try CSVHeader.find(path: path, nil) else { return }
    _ = (header.isMoves, header.isEvents)
    let order: DateOrder? = [nil, .dayMonthYear, .monthDayYear, .yearMonthDay][Int(bytes.last ?? 0) / 4 % 4]
    try PowerCLIReader(path: path, dateOrder: order, zone: zone(bytes)).forEachRecord { item in checkRecord(item) }
  }

  private func takeMessage(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let reading = MessageReading(text, foreignType: nil) { _, name in name.utf8.count % 3 == 0 }
    _ = reading?.availability
    if let type = reading?.foreignType { _ = MessageReading(text, foreignType: type) { _, _ in true } }
  }

  private func takeTimes(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let instant = Instant(rfc3339: text) {
      if Instant(rfc3339: instant.description) != instant { broken("\(instant) does not come back") }
    }
    let words = text.split(separator: "|", maxSplits: 1).map(String.init)
    guard let first = words.first else { return }
    if let wall = WallTime(first) {
      for order in DateOrder.allCases {
        guard let seconds = wall.seconds(order), var clock = try? LocalClock(zone: words.count > 1 ? words[1] : "UTC")
        else { continue }
        _ = Instant(microseconds: clock.seconds(ofWall: seconds) * 1_000_000).description
      }
    }
    if let instant = try? TimeArgument(argument: first).instant() {
      _ = instant.description
      if let zone = try? DisplayZone(name: words.count > 1 ? words[1] : "UTC") { _ = zone.text(instant) }
    }
  }

  private func takeInput(_ bytes: [UInt8]) throws {
    let path = FuzzFile.path(holding: bytes)
    let file = try ChunkedFile(path: path)
    var total = 0
    while let piece = try file.next() {
      if piece.isEmpty { broken("an empty piece") }
      total += piece.count
    }
    _ = try ChunkedFile(path: path).isBlank()
    let lines = try LineReader(path: path)
    var count = 0
    while let line = try lines.next() {
      count += 1
      if line.number != count { broken("line \(count) has number \(line.number)") }
    }
    _ = try ImportFormat.recognise(path: path)
  }
}
