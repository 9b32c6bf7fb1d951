/// What goes wrong with orders, each counted from 1 as they are sent.
package struct OrderFaults: Sendable, Equatable {
  /// Carried out; its answer never comes.
  package var loseAnswer: Int?
  /// Reaches its host half a minute late.
  package var lateOrder: Int?
  /// Reaches its host twice.
  package var repeatOrder: Int?

  package init() {}
}
