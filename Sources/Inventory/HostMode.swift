/// What a host is set to do.
package enum HostMode: String, Sendable {
  case normal
  case enteringMaintenance = "entering_maintenance"
  case maintenance
  case standby
}
