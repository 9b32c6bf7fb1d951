internal import Planning

/// Where the policies of admission control and the packing say different things, and which way each errs.
struct PolicyWords {
  private let capacity: ClusterCapacity

  init(_ capacity: ClusterCapacity) { self.capacity = capacity }

  var disagreements: [String] {
    guard let tolerance = capacity.failuresTolerated else { return [] }
    let proved = tolerance.proved
    var words: [String] = []
    func compare(_ policy: String, _ failures: Int?, cautious: String, bold: String) {
      guard let failures, failures != proved else { return }
      if failures < proved {
        words.append(
          "\(policy) provides for \(failures), packing proves \(proved): it is conservative, since \(cautious)")
      } else if case .set(let next) = tolerance.next, next.isProved {
        words.append(
          "\(policy) provides for \(failures), and no more than \(proved) can be survived: it is optimistic, "
            + "since \(bold)"
        )
      } else {
        words.append(
          "\(policy) provides for \(failures), packing proves \(proved) so far: it may promise too much, since \(bold)")
      }
    }
    compare(
      "the slot policy", capacity.slots?.failuresTolerated,
      cautious: "every VM counts as the one with the largest reservations",
      bold: "memory that was granted without a reservation takes no slot")
    compare(
      "the percentage policy", capacity.percentage?.failuresTolerated, cautious: "it counts the largest hosts as full",
      bold: "it sees reservations only, and not whether a VM finds one host with room")
    compare(
      "dedicated hosts", capacity.dedicated?.hosts.count, cautious: "room on hosts that run VMs is not counted",
      bold: "it asks only whether a host is as large as the largest")
    return words
  }
}
