package import Inventory
package import Planning

/// Where a VM can go, and every reason why not.
package struct MigrationPlanReport {
  /// - Parameters:
  ///   - targets: in the order in which they are shown.
  ///   - forecasts: what moving to each would take; nil where it is not possible or not known.
  ///   - noun: what they are, a host or a datastore.
  ///   - hostIDs: the sources' ids of hosts, by name.
  package static func report(
    vm: String, id: String?, targets: [Verdict], forecasts: [MoveForecast?], noun: String, hostIDs: [String: String],
    at moment: Instant
  ) -> Report {
    var report = Report(schema: "yadokari.migration-plan/1", at: moment, itemsKey: "targets")
    report.items = zip(targets, forecasts).map { json($0, $1, hostIDs) }
    report.document = [
      "schema": .string(report.schema), "at": JSONValue(moment), "vm": .string(vm), "vm_id": JSONValue(id),
      "targets": .array(report.items),
    ]
    let possible = targets.count(where: \.isAllowed)
    report.answer = [answer(vm, targets, possible, noun)]
    var section = Report.Section(heading: "Targets")
    let movesFiles = targets.contains { $0.datastore != nil }
    section.columns = columns(showingDatastores: movesFiles, forecasts: forecasts.contains { $0 != nil })
    section.rows = zip(targets, forecasts).flatMap(rows)
    var cures = Report.Section(heading: "What to do")
    cures.columns = [TableColumn("code", "Code"), TableColumn("cure", "Cure")]
    cures.rows = self.cures(targets)
    report.sections = [section, cures].filter { !$0.rows.isEmpty }
    report.flatColumns = [TableColumn("vm", "VM")] + section.columns
    report.flatRows = section.rows.map { [.text(vm)] + $0 }
    return report
  }

  private static func answer(_ vm: String, _ targets: [Verdict], _ possible: Int, _ noun: String) -> String {
    guard targets.count == 1, let target = targets.first else {
      return "VM \(vm) can go to \(possible) of \(counted(targets.count, noun))."
    }
    let place = target.datastore.map { "\($0) on \(target.host)" } ?? target.host
    return "VM \(vm) can\(target.isAllowed ? "" : "not") go to \(place) (\(target.kind.rawValue))."
  }

  private static func columns(showingDatastores: Bool, forecasts: Bool) -> [TableColumn] {
    [
      TableColumn("host", "Host"), TableColumn("datastore", "Datastore", isDataOnly: !showingDatastores),
      TableColumn("kind", "Move"), TableColumn("ok", "Possible"),
      TableColumn("forecast", "Would take", isDataOnly: !forecasts), TableColumn("severity", "Severity", isMinor: true),
      TableColumn("code", "Code"), TableColumn("text", "Why"), TableColumn("cure", "What to do", isDataOnly: true),
    ]
  }

  private static func rows(_ target: Verdict, _ forecast: MoveForecast?) -> [[Cell]] {
    let own: [Cell] = [
      .text(target.host), .text(target.datastore), .text(target.kind.rawValue),
      .state(target.isAllowed ? "yes" : "no", target.isAllowed ? .good : .bad), .text(forecast.map(text)),
    ]
    guard !target.reasons.isEmpty else { return [own + Array(repeating: .text(nil), count: 4)] }
    return target.reasons.map { reason in
      own + [.text(reason.severity.rawValue), .text(reason.code.rawValue), .text(reason.text), .text(reason.cure)]
    }
  }

  /// Each once, though many hosts may need it.
  private static func cures(_ targets: [Verdict]) -> [[Cell]] {
    let codes = Set(targets.flatMap(\.reasons).map(\.code))
    return ReasonCode.allCases.filter(codes.contains).map { [.text($0.rawValue), .text($0.cure)] }
  }

  private static func json(_ target: Verdict, _ forecast: MoveForecast?, _ hostIDs: [String: String]) -> JSONValue {
    [
      "host": .string(target.host), "host_id": JSONValue(hostIDs[target.host]),
      "datastore": JSONValue(target.datastore), "kind": .string(target.kind.rawValue), "ok": .bool(target.isAllowed),
      "must_wait": .bool(target.mustWait), "forecast": forecast.map(json) ?? .null,
      "reasons": .array(target.reasons.map(json)),
    ]
  }

  private static func json(_ reason: Reason) -> JSONValue {
    [
      "code": .string(reason.code.rawValue), "severity": .string(reason.severity.rawValue), "text": .string(reason.text),
      "cure": .string(reason.cure), "features": .array(reason.features.map { .string($0) }),
      "unknown": .array(reason.unknown.names.map { .string($0) }),
    ]
  }

  /// As people read it: how long it takes and how long the VM stands still.
  private static func text(_ forecast: MoveForecast) -> String {
    guard let seconds = forecast.seconds else { return "never ends" }
    func time(_ seconds: Double) -> String { durationText(microseconds: Int64((min(seconds, 9e12) * 1e6).rounded())) }
    let passes = "\(forecast.passes) \(forecast.passes == 1 ? "pass" : "passes"), \(Int64(mib(forecast).rounded())) MiB"
    if forecast.ending == .givenUp { return "given up after \(time(seconds)), \(passes)" }
    let pause = forecast.downtimeSeconds > 0 ? "\(time(forecast.downtimeSeconds)) pause" : "no pause"
    return "\(time(seconds)), \(passes), \(pause)"
  }

  private static func json(_ forecast: MoveForecast) -> JSONValue {
    [
      "ending": .string(forecast.ending.rawValue), "duration_s": forecast.seconds.map { .double($0) } ?? .null,
      "downtime_ms": .double((forecast.downtimeSeconds * 1e6).rounded() / 1000), "passes": .int(Int64(forecast.passes)),
      "bytes": .int(Int64((mib(forecast) * 1_048_576).rounded())),
    ]
  }

  /// All that is written at the target.
  private static func mib(_ forecast: MoveForecast) -> Double { forecast.copiedMiB + forecast.mirroredMiB }
}
