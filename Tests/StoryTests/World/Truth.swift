/// What really happened, and what of it can be known from the records.
struct Truth {
  /// How a VM was, from a time on.
  struct Stay {
    let from: Int64
    /// Nil while it does not exist.
    var host: Int?
    var power: World.Power?
    var name: String
    var datastore: Int
    /// The outage that stopped it, as long as no record after it tells of its power: where nothing shows that outage to
    /// have stopped VMs, the records cannot tell the power.
    var doubt: Int?
  }

  /// What a failure did to a VM.
  struct Hit {
    enum Outcome: String {
      case restarted, failed, waiting
      case notProtected = "not_protected"
      case noTrace = "no_trace"
      case recovered = "recovered_with_host"
    }

    let vm: Int
    var outcome = Outcome.noTrace
    var downSince: Int64
    var to: Int?
    var upAt: Int64?
    var attempts = 0
    /// `ha`, `user`, or nil where the records do not say it or nothing started it.
    var startedBy: String?
    var removedAt: Int64?
    /// Whether it ran on all the time, and a record shows it: then no downtime may be claimed.
    var isSurvivor = false
    /// What became of it is settled.
    var isSettled = false
    /// Whether the records before the failure show neither place nor power: it may be in the list or not.
    var isUncertain = false
    /// Whether its records leave the outcome open.
    var isOpen = false
  }

  /// A host out of sight.
  struct Outage {
    let host: Int
    let cluster: Int?
    let since: Int64
    var trigger: String
    /// Whether its VMs stopped with it.
    var isDeath: Bool
    var declaredAt: Int64?
    /// Another record that may count as the declaration.
    var stateAt: Int64?
    var backAt: Int64?
    /// Whether a record of the host's own tells of the return.
    var isReturnRecorded = false
    var isOver = false
    var isConnectionLost = false
    var isFinished = false
    var hits: [Hit] = []
    /// VMs that may be listed or not.
    var doubtful: Set<Int> = []
    /// Running there when it went away.
    var residents: Set<Int> = []
    /// Whether a record shows that VMs of it stopped.
    var isStopShown = false
    /// Whether a record shows more than a lost connection.
    var isShown: Bool { declaredAt != nil || isStopShown }
  }

  /// A move that ended.
  struct Move {
    let vm: Int
    let from: Int
    let to: Int
    let since: Int64
    let until: Int64
    /// The kinds that are right; empty for any.
    var kinds: Set<String>
    /// Whether HA made it with a restart.
    var isRestart = false
    /// Whether the place before is shown by no record.
    var isSourceHidden = false
    /// Whether several failures can be the one that the restart belongs to, so that the place before may be any.
    var isSourceOpen = false
    /// Whether no record before it shows whether the VM ran.
    var isKindHidden = false
    /// Whether it need not be listed.
    var isOptional = false
    /// As in `Stay`.
    var doubt: Int?
  }

  var stays: [Int: [Stay]] = [:]
  var outages: [Outage] = []
  var moves: [Move] = []
  /// All hosts that there ever were.
  var everyHost: [Int: World.Host] = [:]
  /// When each host began and ceased to exist.
  var hosts: [Int: (from: Int64, until: Int64)] = [:]
  /// The first record that names each host or VM.
  var shownHosts: [Int: Int64] = [:]
  var shownVMs: [Int: Int64] = [:]
  var shownPowers: [Int: Int64] = [:]
  /// All names that each VM bore.
  var names: [Int: Set<String>] = [:]
  /// VMs of which only records in XML tell the whole.
  var onlyInXML: Set<Int> = []
  var kinds: Set<Kind> = []
  /// VMs whose first record renames them, which in a text tells no host.
  var placedByRename: Set<Int> = []
  /// VMs of which a stop was not recorded.
  var quiet: Set<Int> = []

  /// Whether records can tell what hangs on an outage.
  func isClear(_ doubt: Int?, of vm: Int) -> Bool {
    doubt.map { outages[$0].isShown && !outages[$0].doubtful.contains(vm) } ?? true
  }

  /// How a VM was at a time.
  func stay(_ vm: Int, at time: Int64) -> Stay? { stays[vm]?.last { $0.from <= time } }
}
