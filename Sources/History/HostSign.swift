package import Inventory

/// What a record says of a host's being alive.
package enum HostSign: Sendable, Equatable {
  case trouble(HostAvailability)
  case recovered
  /// An administrator took it out of sight: neither alive nor dead.
  case disconnected

  package init?(_ record: Record) {
    switch record.type {
    case .hostFailed: self = .trouble(.failed)
    case .hostIsolated: self = .trouble(.isolated)
    case .hostStorageLost: self = .trouble(.storageLost)
    case .hostConnectionLost: self = .trouble(.connectionLost)
    case .hostRecovered: self = .recovered
    case .hostObserved, .foreignOther:
      if let seen = record.facts.availability {
        switch seen {
        case .connected: self = .recovered
        case .disconnected: self = .disconnected
        default: self = .trouble(seen)
        }
      } else if record.meaning == .hostDisconnected {
        self = .disconnected
      } else {
        return nil
      }
    default: return nil
    }
  }

  var availability: HostAvailability {
    switch self {
    case .trouble(let trouble): trouble
    case .recovered: .connected
    case .disconnected: .disconnected
    }
  }
}
