/// What `db check` found wrong: structure, chain, projections. Empty where everything is right.
package struct CheckReport: Sendable, Equatable {
  package var problems: [String] = []
  package var events: Int64 = 0
  package var rows: Int64 = 0
}
