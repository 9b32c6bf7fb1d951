package import Inventory

/// The rows of a query that a person wrote: its columns are known when it runs.
package struct QueryList {
  /// - Parameters:
  ///   - names: of the columns; one that occurs again gets a number, so that no value is lost in JSON.
  ///   - first: the first row, by which numbers are told from texts; nil where there is none.
  package static func kind(columns names: [String], first: [JSONValue]?) -> ListKind {
    var used: [String: Int] = [:]
    let columns = names.enumerated().map { index, name in
      used[name, default: 0] += 1
      let count = used[name] ?? 1
      let key = count == 1 ? name : "\(name)_\(count)"
      return TableColumn(key, key, isNumber: first.map { isNumber($0[index]) } ?? false)
    }
    return ListKind(
      schema: "yadokari.db-query/1", key: "rows", title: "Rows of a query", columns: columns, emptyText: "No row.")
  }

  private static func isNumber(_ value: JSONValue) -> Bool {
    switch value {
    case .int, .double: true
    default: false
    }
  }
}
