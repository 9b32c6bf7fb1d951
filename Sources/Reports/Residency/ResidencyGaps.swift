internal import History
internal import Inventory
internal import Ledger

/// What the evidence of where VMs ran does not show.
struct ResidencyGaps {
  /// - Parameter sources: those that were asked for, and where the evidence of each begins.
  static func gaps(
    _ residency: Residency, _ question: ResidencyQuestion, sources: [String: Instant], _ reader: borrowing LedgerReader
  ) throws -> [ReportGap] {
    if residency.head.seq == 0 {
      return [ReportGap(code: "no-events", text: "the database holds nothing yet; fill it with \"yadokari import\"")]
    }
    let concerned = question.vm.flatMap { _ in residency.vms.first.map { [$0.summary.source] } } ?? sources.keys.sorted()
    var gaps: [ReportGap] = []
    for source in concerned {
      let evidence = try reader.evidence(of: source)
      if let begin = sources[source], question.since > .distantPast, question.since < begin {
        let text = "nothing of \(source) is known before \(begin), where its evidence begins"
        gaps.append(ReportGap(code: "evidence-begins-later", text: text))
      }
      let inventories = evidence.snapshots.filter { $0.at <= residency.until }
      if inventories.isEmpty {
        let text = "no inventory of the VMs of \(source) was imported; VMs that no event names cannot be seen"
        gaps.append(ReportGap(code: "no-inventory", text: text))
      }
      if inventories.contains(where: { $0.origin == .fileDate }) {
        let text = "the time of an inventory of \(source) is the date of its file or import (use import --at)"
        gaps.append(ReportGap(code: "snapshot-time-from-file-date", text: text))
      }
      if try reader.hasOnlyInventories(source) {
        let text = "of \(source) only inventories were imported; moves and restarts between them do not show"
        gaps.append(ReportGap(code: "inventories-only", text: text))
      }
    }
    for gap in try reader.evidenceGaps() where gap.from <= residency.until && gap.to >= residency.since {
      guard concerned.contains(gap.source) else { continue }
      let text = "records of \(gap.source) between \(gap.from) and \(gap.to) are missing; moves of that time may be, too"
      gaps.append(ReportGap(code: gap.code, text: text))
    }
    for lacking in try reader.importGaps() where lacking.from <= residency.until && lacking.to >= residency.since {
      guard concerned.contains(lacking.source) else { continue }
      gaps += lacking.gaps.map {
        ReportGap($0, text: "import \(lacking.number) of source \(lacking.source): \($0.text)")
      }
    }
    for ambiguous in try reader.ambiguousRecords()
    where ambiguous.from <= residency.until && ambiguous.to >= residency.since {
      if concerned.contains(ambiguous.source) { gaps.append(ReportGap(ambiguous)) }
    }
    add("placement-unknown", "nothing shows where they were in some of the time", residency, to: &gaps) {
      $0.host == nil && $0.isRunning != false
    }
    add("power-unknown", "nothing shows whether they ran in some of the time, which is not counted", residency, to: &gaps) {
      $0.isRunning == nil
    }
    add(
      "text-only", "known from the texts of messages, whose times are to the second at best", residency, to: &gaps
    ) { $0.grade == .text }
    return gaps
  }

  private static func add(
    _ code: String, _ text: String, _ residency: Residency, to gaps: inout [ReportGap], where isSo: (RunStay) -> Bool
  ) {
    let vms = residency.vms.filter { $0.stays.contains(where: isSo) }.map(\.summary)
    guard !vms.isEmpty else { return }
    gaps.append(ReportGap(code: code, text: text, vms: vms.map(\.name), vmIDs: vms.map(\.foreignID)))
  }

  /// Hosts whose sockets or cores nothing tells, so that sums with them are not known.
  static func gaps(ofSizes residency: Residency) -> [ReportGap] {
    let hosts = residency.ranOn.union(residency.reach)
    let unknown = hosts.filter { residency.size(of: $0).sockets == nil || residency.size(of: $0).cores == nil }
    guard !unknown.isEmpty else { return [] }
    let names = unknown.compactMap { residency.hosts[$0]?.summary.name }.sorted().joined(separator: ", ")
    return [
      ReportGap(
        code: "host-size-unknown", text: "no inventory tells sockets and cores of \(names); sums with them are not known")
    ]
  }
}
