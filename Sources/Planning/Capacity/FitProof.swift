/// A placement that shows that a fit holds: where the new VMs start, and where all VMs go for each set of failed hosts.
/// Anybody can check it with the cluster beside it.
package struct FitProof: Sendable {
  /// A VM and the host that takes it, by name. The new VMs of a host are called `new/HOST/0`, `new/HOST/1` and so on.
  package struct Place: Sendable, Equatable {
    package var vm: String
    package var host: String
  }

  /// Where the VMs of a set of failed hosts go.
  package struct Evacuation: Sendable, Equatable {
    package var failed: [String]
    package var to: [Place]
  }

  package var profile: VMProfile
  package var keepFailures: Int
  package var vcpusPerCore: Double?
  /// The hosts on which new VMs start, and how many.
  package var new: [(host: String, count: Int)]
  package var evacuations: [Evacuation]

  /// - Returns: nil where the fit is not proved.
  package init?(of fit: Fit, keepFailures failures: Int, in pool: Pool) {
    guard fit.verdict == .proved else { return nil }
    (profile, keepFailures, vcpusPerCore) = (fit.profile, failures, pool.vcpusPerCore)
    new = zip(pool.hosts, fit.new).filter { $0.1 > 0 }.map { ($0.0.name, $0.1) }
    evacuations = []
    guard failures > 0 else { return }
    let evacuation = Planning.Evacuation(pool, profile: fit.profile)
    for failed in FailureSets(of: min(failures, pool.hosts.count), hosts: pool.hosts).sets {
      let verdict = evacuation.verdict(of: failed, fit.new, budget: FitSearch.searchSteps)
      guard let places = verdict.places else { return nil }
      var to: [Place] = []
      var numbers: [Int: Int] = [:]
      for (moved, place) in zip(evacuation.moved(of: failed, fit.new), places) {
        let host = pool.hosts[place].name
        if let load = moved.load {
          to += pool.loads[load].vms.map { Place(vm: $0, host: host) }
        } else {
          let name = "new/\(pool.hosts[moved.host].name)/\(numbers[moved.host, default: 0])"
          to.append(Place(vm: name, host: host))
          numbers[moved.host, default: 0] += 1
        }
      }
      evacuations.append(Evacuation(failed: failed.map { pool.hosts[$0].name }, to: to))
    }
  }
}
