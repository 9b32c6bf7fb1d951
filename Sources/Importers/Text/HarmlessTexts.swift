/// Texts of vCenter that tell of no failure, though they may speak of one: what high availability says of itself, alarms,
/// logins, tasks. The one place that knows them.
enum HarmlessTexts {
  /// Whether a text that has none of the forms of `MessagePatterns` is known to tell of nothing that an answer needs.
  static func holds(_ text: MessageText) -> Bool {
    var steps = MessagePattern.stepLimit
    if whole.contains(where: { !$0.readings(of: text, steps: &steps).isEmpty }) { return true }
    guard !acts.contains(where: { text.holds($0) }) else { return false }
    if itself.contains(where: { !$0.readings(of: text, steps: &steps).isEmpty }) { return true }
    guard !TroubleWords.namesHighAvailability(text) else { return false }
    let isOfHost = text.holds(Array("host ".utf8)) && text.holds(Array("fail".utf8))
    return !isOfHost && topics.contains { text.holds($0) } || operations.contains { text.end(of: $0, at: 0) != nil }
  }

  private static let ha = "[The ]<vSphere |VMware |>HA"
  private static let place = "[ in cluster[ in] {cluster}][ in[ datacenter] {datacenter}]"

  private static func forms(_ texts: [String]) -> [MessagePattern] { texts.map { MessagePattern("", $0) } }

  /// Texts that are known whole, or by how they begin.
  private static let whole = forms([
    // Whoever or whatever acts on vCenter itself
    "User {_}@{_} logged <in|out>[ {_}]", "User {_} logged <in|out>[ {_}]", "Cannot login {_}",
    "Failed <login|to login> {_}",
    "Task: {_}", "[The ]Alarm {_}", "<Created|Removed|Reconfigured|Acknowledged|Cleared> alarm {_}", "Guest OS {_}",
    "Scheduled task {_}", "Could not send {_}", "Failed to send {_}",
    // The agents of high availability
    "\(ha) agent <on|for>[ the][ failover][ host] {_} is <running|healthy|configured correctly|not reachable|unreachable|"
      + "the master|connected to the master>[ {_}]",
    "\(ha) agent <on|for>[ the][ failover][ host] {_} <has an error|connected to|is not reachable|is now>{_}",
    "\(ha) agent on[ the][ host] {_} is an invalid master[{_}]",
    "\(ha) agent[ on][ host] {_} <is running|configured|unconfigured|is enabled|is disabled|is healthy>\(place)",
    "\(ha)[ agent][ has been| was| is][ successfully] <enabled|disabled|installed|configured|unconfigured|reconfigured>"
      + " on {_}",
    "\(ha) is being <enabled|disabled|configured|unconfigured> on {_}",
    "<Enabl|Disabl|Configur|Unconfigur|Reconfigur><ing|ed> \(ha)[ agent] on {_}", "\(ha) agent error on {_}",
    "\(ha) agent on[ the] host {_} <can|cannot> reach <all|some of> the {_} addresses[{_}]",
    "\(ha) agents have been updated with the current state of {_}", "Unable to update \(ha) agents given the state of {_}",
    "There was an error unconfiguring[ the] \(ha) agent on {_}",
    "\(ha) agent on this host could not reach isolation address[{_}]",
    // The master, and how one is found
    "[The ]Host {_} <was elected|has been elected|elected|is now>[ as][ the]{_} master[ {_}]",
    "vCenter Server is <connected to|disconnected from> a master HA agent {_}",
    "vCenter Server <cannot communicate with|is unable to find> <the|a> master \(ha) agent[ {_}]",
    "vCenter Server re-established contact with a primary host in this \(ha) cluster",
    "Unable to contact a primary \(ha) agent in {_}", "\(ha) agent on host {_} connected to the \(ha) master on host {_}",
    // Admission, resources, monitoring
    "\(ha) admission control {_}", "<Enabled|Disabled> admission control {_}", "Admission control {_}",
    "Insufficient resources to satisfy[ the][ configured] \(ha) failover level {_}",
    "Insufficient resources to satisfy[ the][ configured] failover level {_}",
    "Insufficient[ configured] resources to satisfy the desired \(ha) failover level {_}",
    "Sufficient resources are available to satisfy \(ha) failover level {_}",
    "Running VMs utilization cannot satisfy the configured failover resources {_}",
    "\(ha) <host|VM> monitoring <is|state> {_}", "\(ha) did not reset VM {_}", "\(ha) detected application {_}",
    "\(ha) detected an HA cluster state version inconsistency {_}", "\(ha) failover operation in progress in cluster {_}",
    "\(ha) disabled the automatic Virtual Machine Startup/Shutdown feature on {_}",
    "\(ha) answered the lock-lost question on {_}", "\(ha) restart priority of {_} changed[ {_}]",
    // Heartbeats and networks
    "Datastore {_} is {_} for storage heartbeating {_}", "The number of[ \(ha)] heartbeat datastores for host {_}",
    "All \(ha) isolation addresses are reachable {_}", "Host {_} could not reach isolation address[{_}]",
    "Host {_} has no isolation addresses defined {_}", "\(ha) removed a datastore from {_}",
    "\(ha) changed a host's heartbeat datastores", "Host {_} currently has no management network redundancy",
    "Host {_} has the following extra networks {_} HA communication[{_}]",
    "Host {_} does not have the following networks {_} HA communication[{_}]",
    "Host {_} is missing networks used by other hosts for HA communication[{_}]",
    "Host {_} has no available networks for HA communication[{_}]",
    "Host {_} has no port groups enabled for HA communication[{_}]",
    "Primary agent {_} was not specified as a short name to host {_}",
    "Host {_} is disconnected, but contains {_} protected {_}",
    "\(ha) cannot be configured on {_}", "\(ha) requires a SSL Thumbprint for host {_}",
    "{_} <is|are> incompatible with \(ha)[ {_}]", "\(ha) Cluster {_} contains {_} hosts {_}",
    // Agents of the hosts
    "[The ]{_} management agent[s] <is|are> being restarted", "[The ][{_} ]agent on[ host] {_} is being restarted",
    "Agent on[ host] {_} is updated and will soon restart",
    // Fault Tolerance keeps a VM running, or starts the copy that is behind it.
    "[The ]Fault Tolerance {_}", "vCenter is starting the Fault Tolerance {_}",
    "\(ha)[ agent] failed to start Fault Tolerance {_}",
    "\(ha)[ agent] successfully started a Fault Tolerance {_}",
  ])

  /// What high availability does for itself, unless the text also says that it acted.
  private static let itself = forms([
    "\(ha)[ agent][ {_}] <election|elected>[ {_}]", "{_} elected{_} master[ {_}]", "{_}heartbeat datastore{_}",

    "\(ha) agent {_} <is|was|has been>[ successfully] <configured|unconfigured|initialized|installed|enabled|disabled>[{_}]",
  ])

  /// Subjects that have nothing to do with the failure of a host, unless the text is of high availability or says that
  /// something ran elsewhere.
  private static let topics = [
    "snapshot", "customization", "vmware tools", "backup", "license", "certificate", "password", "host profile", "upgrade",
    "e-mail", "snmp trap",
  ].map { Array($0.utf8) }
  private static let operations = ["Cannot ", "Failed to ", "Unable to ", "Clone of "].map { Array($0.lowercased().utf8) }

  private static let acts = [
    "host failure", "failed over", "fail over", "failover", "isolat", "restart", "has failed", "host failed", "powered off",
  ].map { Array($0.utf8) }
}
