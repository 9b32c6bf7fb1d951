internal import Inventory

/// Tells the power-offs that a dead host's VMs get when it is tidied up from real ones: the VM runs elsewhere by then, and
/// they name the host on which it had been.
struct VMBookkeeping: Sendable {
  private var place: ObjectID?
  /// Where it had been before it was started elsewhere without having been stopped.
  private var left: (host: ObjectID?, isByHA: Bool)?
  private var isOn = false

  /// Takes the VM's next record; says whether it is such a power-off, which says nothing of the VM.
  mutating func isBookkeeping(_ record: Record, _ evidence: PlaceEvidence) -> Bool {
    let isStop = record.type == .vmPoweredOff || record.meaning == .stopping
    if isStop, let left, let host = record.host, host != place, left.host == host || (left.host == nil && left.isByHA) {
      return true
    }
    if isStop { isOn = false }
    switch evidence {
    case .arrival(let host):
      if host != place, isOn || record.type == .vmRestarted { left = (place, record.type == .vmRestarted) }
      (place, isOn) = (host, true)
    case .move(_, let host):
      if record.type == .vmRestarted { left = (record.otherHost, true) } else { left = nil }
      place = host
    case .departure(let host):
      if place == nil || place == host { (place, left) = (nil, nil) }
    case .presence(let host): if !isStop { place = host } else { place = place ?? host }
    case .registration(let host): (place, left) = (host, nil)
    case .unregistration: (place, left) = (nil, nil)
    case .hint, .none: break
    }
    return false
  }
}
