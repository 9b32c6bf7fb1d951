internal import History
internal import Inventory
internal import Ledger

/// A replay for people: the answer in words, the places before and after, and the moves.
struct ReplayView {
  let replay: Replay
  let names: ReplayNames
  let gaps: [ReportGap]

  // MARK: The answer

  var answer: [String] {
    let moves = replay.moves
    guard !moves.isEmpty else { return ["No move is on record from \(replay.since) to \(replay.until)."] }
    let restarts = moves.filter { $0.kind == .restart }
    let plain = moves.filter { $0.kind != .restart }
    var parts = Move.Result.allCases.compactMap { result in
      let count = plain.count { $0.result == result }
      return count > 0 ? "\(count) \(result.words)" : nil
    }
    let restarted = restarts.count { $0.result == .completed }
    if restarted > 0 { parts.append("\(restarted) restarted by HA") }
    if restarts.count > restarted { parts.append("\(counted(restarts.count - restarted, "restart")) failed") }
    let vms = Set(moves.map(\.vm)).count
    var lines = ["\(counted(moves.count, "move")) of \(counted(vms, "VM")): \(parts.joined(separator: ", "))."]
    let elsewhere = replay.places.count(where: \.hasMoved)
    lines.append(
      elsewhere == 0
        ? "No VM changed hosts." : "\(counted(elsewhere, "VM")) ended on a different host.")
    let restless = Set(replay.pingPong.map(\.vm)).count
    if restless > 0 { lines.append("\(counted(restless, "VM")) bounced between hosts.") }
    return lines
  }

  // MARK: The sections

  func sections(_ columns: [TableColumn], _ rows: [[Cell]]) -> [Report.Section] {
    var steps = Report.Section(heading: "Moves")
    (steps.columns, steps.rows) = (columns, rows)
    steps.rowTimes = replay.moves.map(\.at)
    steps.caption = "Each move with the numbers of the events that say so"
    if rows.isEmpty { steps.notes = ["no move is on record in this time"] }
    var sections = [hosts("Start", replay.since, \.start), steps, hosts("End", replay.until, \.end)]
    if replay.places.contains(where: \.hasMoved) { sections.append(difference) }
    if !replay.pingPong.isEmpty { sections.append(pingPong) }
    sections[sections.count - 1].notes += gaps.map { gap in
      "\(gap.code): \(gap.text)\(gap.vms.map { ": " + $0.joined(separator: ", ") } ?? "")"
    }
    sections[sections.count - 1].notesHeading = "What the evidence does not show"
    return sections
  }

  /// Who was where, host by host; named are those that move.
  private func hosts(_ heading: String, _ at: Instant, _ side: KeyPath<Replay.Place, ObjectID??>) -> Report.Section {
    var section = Report.Section(heading: heading)
    section.times = [("at", at)]
    section.columns = [
      TableColumn("host", "Host"), TableColumn("vms", "VMs", isNumber: true), TableColumn("moving", "Moving VMs"),
    ]
    let moving = Set(replay.moves.map(\.vm))
    var byHost: [ObjectID?: [ObjectID]] = [:]
    for place in replay.places {
      if let host = place[keyPath: side] { byHost[host, default: []].append(place.vm) }
    }
    section.rows = byHost.sorted {
      (names.name($0.key) ?? "~", $0.key?.rawValue ?? 0) < (names.name($1.key) ?? "~", $1.key?.rawValue ?? 0)
    }
    .map { host, vms in
      let named = vms.filter(moving.contains).map(names.label).sorted()
      return [.text(host == nil ? "unknown" : names.name(host)), .int(vms.count), .value(.array(named.map { .string($0) }))]
    }
    return section
  }

  private var difference: Report.Section {
    var section = Report.Section(heading: "Difference")
    section.columns = [TableColumn("vm", "VM"), TableColumn("from", "From"), TableColumn("to", "To")]
    section.rows = replay.places.filter(\.hasMoved).map { place in
      [.text(names.label(place.vm)), .text(names.name(place.start ?? nil)), .text(names.name(place.end ?? nil))]
    }
    return section
  }

  private var pingPong: Report.Section {
    var section = Report.Section(heading: "Ping-pong")
    (section.columns, section.rows) = (Self.pingPongColumns, pingPongRows)
    return section
  }

  private static let pingPongColumns = [
    TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isDataOnly: true), TableColumn("rule", "Why"),
    TableColumn("from_at", "From"), TableColumn("to_at", "To"), TableColumn("moves", "Moves"),
  ]

  private var pingPongRows: [[Cell]] {
    replay.pingPong.map { found in
      [
        .text(names.label(found.vm)), .text(names.foreignID(found.vm)), .text(found.rule.rawValue), .time(found.from),
        .time(found.to), .value(.array(found.moves.map { .int($0) })),
      ]
    }
  }

  // MARK: The tables

  func tables(_ columns: [TableColumn], _ rows: [[Cell]]) -> [Report.Table] {
    let placeColumns = ["vm", "vm_id", "start", "start_id", "end", "end_id", "added_at", "removed_at"].map {
      TableColumn($0, $0)
    }
    let places: [[Cell]] = replay.places.map { place in
      let (start, end) = (place.start ?? nil, place.end ?? nil)
      return [
        .text(names.name(place.vm)), .text(names.foreignID(place.vm)), .text(names.name(start)),
        .text(names.foreignID(start)), .text(names.name(end)), .text(names.foreignID(end)), .time(place.added),
        .time(place.removed),
      ]
    }
    let gapColumns = ["code", "text", "vms", "vm_ids"].map { TableColumn($0, $0) }
    return [
      Report.Table(name: "steps", columns: columns, rows: rows),
      Report.Table(name: "places", columns: placeColumns, rows: places),
      Report.Table(name: "ping_pong", columns: Self.pingPongColumns, rows: pingPongRows),
      Report.Table(name: "gaps", columns: gapColumns, rows: gaps.map { Array($0.cells(of: nil).dropFirst()) }),
    ]
  }
}
