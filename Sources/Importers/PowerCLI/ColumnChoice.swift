internal import Inventory

/// Which columns of a list a person says are what: `time=When,message=What`.
package struct ColumnChoice: Sendable, Equatable {
  /// Their names by ours.
  private let names: [String: String]

  /// - Throws: `usage` for a name that is none of ours, one that is given twice, or a pair that is none.
  package init(parsing text: String) throws {
    let known = ListColumn.allCases.map(\.rawValue).sorted().joined(separator: ", ")
    var names: [String: String] = [:]
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0.trimmed) }
      guard parts.count == 2, !parts[1].isEmpty, ListColumn(rawValue: parts[0]) != nil else {
        throw YadokariError(
          .usage,
          "--columns needs pairs such as time=When,message=What; \"\(pair)\" is none; the names before = are \(known)")
      }
      guard names.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw YadokariError(.usage, "--columns names \(parts[0]) twice")
      }
    }
    guard !names.isEmpty else { throw YadokariError(.usage, "--columns names no column; the names are \(known)") }
    self.names = names
  }

  /// What a column is called in the file; nil where it was not given.
  func name(of column: ListColumn) -> String? { names[column.rawValue] }
}
