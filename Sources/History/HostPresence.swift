/// Whether a host is in the inventory of its source.
package enum HostPresence: String, Sendable {
  case present
  case removed
}
