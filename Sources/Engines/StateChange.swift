package import Inventory

/// A change of state: subject, old → new, because.
package struct StateChange: Sendable, Equatable {
  package let at: Instant
  package let subject: String
  package let old: String
  package let new: String
  package let because: String

  package init(at: Instant, subject: String, old: String, new: String, because: String) {
    (self.at, self.subject, self.old, self.new, self.because) = (at, subject, old, new, because)
  }
}
