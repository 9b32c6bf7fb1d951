internal import Inventory

/// A file of a VM in the plan of a move: where it is, and where it will be.
package struct PlannedFile: Sendable {
  private let name: String
  private let source: String
  private let target: String
  private let sizeMiB: Double?

  /// - Parameter sizeMiB: nil where it is not known, or the file takes no space.
  package init(_ name: String, from source: String, to target: String, sizeMiB: Double?) {
    (self.name, self.source, self.target, self.sizeMiB) = (name, source, target, sizeMiB)
  }

  /// The plan of a move with its files.
  package static func add(_ files: [PlannedFile], to report: Report) -> Report {
    var report = report
    var section = Report.Section(heading: "Files")
    section.columns = [
      TableColumn("file", "File"), TableColumn("from", "From"), TableColumn("to", "To"),
      TableColumn("size_mib", "Size", isNumber: true),
    ]
    section.rows = files.map { [.text($0.name), .text($0.source), .text($0.target), .value($0.size)] }
    report.sections.append(section)
    if case .object(let members) = report.document {
      let list = files.map { file -> JSONValue in
        ["file": .string(file.name), "from": .string(file.source), "to": .string(file.target), "size_mib": file.size]
      }
      report.document = .object(members + [.init("files", .array(list))])
    }
    return report
  }

  private var size: JSONValue { sizeMiB.map { .double($0) } ?? .null }
}
