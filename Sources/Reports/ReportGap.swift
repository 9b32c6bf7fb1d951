package import Inventory
internal import Ledger

/// A hole in what the evidence of an answer shows.
package struct ReportGap: Sendable, Equatable {
  /// One of the contract's gap codes.
  package let code: String
  /// What is missing, as people read it.
  package let text: String
  /// The VMs concerned, where the gap is about some.
  package var vms: [String]?
  /// The ids of the same VMs.
  package var vmIDs: [String?]?
  /// How many records it is about, and some of their texts, where an import counted them.
  package var count: Int?
  /// Texts of some of those records; nil where an import counted none.
  package var examples: [String]?
  /// The source that it is about, where it is about one.
  package var source: String?

  /// The gap in a line for people.
  package var line: String {
    let names = vms.map { ": " + $0.joined(separator: ", ") } ?? ""
    return "! \(code): \(text)\(names)"
  }

  /// The gap as documents have it.
  package var json: JSONValue {
    .object(
      [.init("code", .string(code)), .init("text", .string(text))]
        + (source.map { [.init("source", .string($0))] } ?? [])
        + (vms.map { [.init("vms", .array($0.map { .string($0) }))] } ?? [])
        + (vmIDs.map { [.init("vm_ids", .array($0.map { JSONValue($0) }))] } ?? [])
        + (count.map { [.init("count", .int(Int64($0)))] } ?? [])
        + (examples.map { [.init("examples", .array($0.map { .string($0) }))] } ?? []))
  }

  /// The gap as a row.
  /// - Parameter incident: nil where it is one of the whole ledger.
  func cells(of incident: Int64?) -> [Cell] {
    [
      .int(incident), .text(code), .text(text), .value(vms.map { .array($0.map { .string($0) }) } ?? .null),
      .value(vmIDs.map { .array($0.map { JSONValue($0) }) } ?? .null),
    ]
  }
}

extension ReportGap {
  /// Records that name a VM as several are named.
  init(_ ambiguous: AmbiguousRecords) {
    self.init(code: "name-ambiguous", text: ambiguous.text)
    (count, examples) = (ambiguous.count, ambiguous.examples)
  }

  /// What an import lacks.
  /// - Parameter text: the gap's own where nothing is added to it.
  init(_ gap: ImportGap, text: String? = nil) {
    self.init(code: gap.code, text: text ?? gap.text)
    guard let count = gap.count else { return }
    (self.count, examples) = (count, gap.examples)
  }
}
