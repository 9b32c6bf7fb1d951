/// Whether a virtual machine runs.
package enum PowerState: String, Sendable {
  case on
  case off
  case suspended
}
