/// Whether a virtual machine runs.
package enum PowerState: String, Sendable, CaseIterable {
  case on
  case off
  case suspended
}
