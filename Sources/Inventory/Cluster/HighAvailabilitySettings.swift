/// How a cluster restarts the VMs of failed hosts.
package struct HighAvailabilitySettings: Sendable, Equatable {
  /// How room for restarts is kept.
  package enum AdmissionPolicy: String, Sendable, CaseIterable {
    case none
    /// The VMs of any so many hosts are packed on the rest.
    case hosts
    case slots, percentage, dedicated
  }

  /// What an isolated host does with its VMs.
  package enum IsolationResponse: String, Sendable, CaseIterable {
    case leaveOn = "leave_on"
    case powerOff = "power_off"
    case shutDown = "shut_down"
  }

  package var isEnabled = false
  package var admissionPolicy = AdmissionPolicy.none
  /// How many failed hosts the policy provides for.
  package var admissionHosts = 1
  package var isolationResponse = IsolationResponse.leaveOn
  package var restartAttempts = 5

  package init() {}
}
