internal import History
internal import Inventory
internal import SQLite

/// The rows of the projection tables that a subject's history gives.
struct ProjectionRows {
  let subject: Int64
  /// The tables in which such a subject has rows.
  let tables: [ProjectionTable]
  private(set) var rows: [ProjectionTable: [ProjectionTable.Row]] = [:]

  init(vm: Int64, _ history: VMHistory) {
    subject = vm
    tables = [.residency, .vmPower, .vmShape, .diskPlacement, .membership, .naming, .setting, .stopInOutage]
    var history = history
    addStops(history.takeStops(), of: vm)
    add(history.residency, to: .residency, [.integer(vm)]) { [.number($0)] }
    add(history.power.line, to: .vmPower, [.integer(vm)]) { [.string($0?.rawValue)] }
    add(history.shape, to: .vmShape, [.integer(vm)]) { [.number($0?.vcpus), .number($0?.memoryMiB)] }
    add(history.home, to: .diskPlacement, [.integer(vm), .text("home")]) { [.number($0)] }
    add(history.cluster, to: .membership, [.integer(vm)]) { [.number($0)] }
    add(history.name, to: .naming, [.integer(vm)]) { [.number($0)] }
    addSettings(history.settings, of: vm)
  }

  init(host: Int64, _ history: HostHistory, outages: [Outage]) {
    subject = host
    tables = [.hostState, .membership, .naming, .setting, .outage]
    addOutages(outages, of: host)
    add(history.availability, to: .hostState, [.integer(host), .text("availability")]) { [.string($0?.rawValue)] }
    add(history.mode, to: .hostState, [.integer(host), .text("mode")]) { [.string($0?.rawValue)] }
    add(history.presence, to: .hostState, [.integer(host), .text("presence")]) { [.string($0?.rawValue)] }
    add(history.cluster, to: .membership, [.integer(host)]) { [.number($0)] }
    add(history.name, to: .naming, [.integer(host)]) { [.number($0)] }
    addSettings(history.settings, of: host)
  }

  init(cluster: Int64, _ history: ClusterHistory) {
    subject = cluster
    tables = [.naming, .setting]
    add(history.name, to: .naming, [.integer(cluster)]) { [.number($0)] }
    addSettings(history.settings, of: cluster)
  }

  private mutating func addStops(_ stops: [StopInOutage], of vm: Int64) {
    for stop in stops {
      rows[.stopInOutage, default: []].append([
        .integer(vm), .integer(stop.host.rawValue), .integer(stop.failedAt.microseconds), .integer(stop.seq),
      ])
    }
  }

  private mutating func addOutages(_ outages: [Outage], of host: Int64) {
    for outage in outages { rows[.outage, default: []].append(Self.row(outage, of: host)) }
  }

  /// The row of an outage.
  static func row(_ outage: Outage, of host: Int64) -> ProjectionTable.Row {
    let trouble = HostTrouble(outage, stoppedVMs: false)
    return [
      .integer(host), .integer(outage.failedAt.microseconds), .integer(outage.backAt.microseconds),
      .text(outage.trigger.rawValue), .number(outage.declaredAt?.microseconds), .integer(trouble.began),
      .number(trouble.ended),
    ]
  }

  private mutating func addSettings(_ settings: [String: Timeline<String>], of subject: Int64) {
    for (key, timeline) in settings.sorted(by: { $0.key < $1.key }) {
      add(timeline, to: .setting, [.integer(subject), .text(key)]) { [.string($0)] }
    }
  }

  private mutating func add<Value>(
    _ timeline: Timeline<Value>, to table: ProjectionTable, _ key: [SQLiteValue], value: (Value?) -> [SQLiteValue]
  ) {
    for span in timeline.spans {
      rows[table, default: []].append(
        key + [.integer(span.from.microseconds), .integer(span.to.microseconds)] + value(span.value)
          + [.text(span.grade.rawValue), .number(span.began), .number(span.ended)])
    }
  }
}

extension SQLiteValue {
  static func number(_ value: Int64?) -> SQLiteValue { value.map { .integer($0) } ?? .null }
  static func number(_ value: ObjectID?) -> SQLiteValue { number(value?.rawValue) }
  static func string(_ value: String?) -> SQLiteValue { value.map { .text($0) } ?? .null }
}
