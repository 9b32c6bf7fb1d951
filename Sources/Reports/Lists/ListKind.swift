/// A list with its columns: what to call it, what stands in it.
package struct ListKind: Sendable {
  package let schema: String
  package let key: String
  /// The heading of a page.
  package let title: String
  package let columns: [TableColumn]
  package let emptyText: String

  /// The same list with its sources shown to people, for a ledger that has several.
  package func showingSources(_ isShown: Bool) -> ListKind {
    guard isShown else { return self }
    let columns = columns.map { $0.key == "source" ? TableColumn($0.key, $0.title) : $0 }
    return ListKind(schema: schema, key: key, title: title, columns: columns, emptyText: emptyText)
  }
}
