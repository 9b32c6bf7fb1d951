/// A list with its columns: what to call it, what stands in it.
package struct ListKind: Sendable {
  package let schema: String
  package let key: String
  package let columns: [TableColumn]
  package let emptyText: String
}
