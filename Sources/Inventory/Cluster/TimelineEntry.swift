/// What happens in a scenario, and when.
package struct TimelineEntry: Sendable, Equatable {
  /// In seconds from the start.
  package var at: Double
  package var action: TimelineAction

  package init(at: Double, action: TimelineAction) {
    self.at = at
    self.action = action
  }
}
