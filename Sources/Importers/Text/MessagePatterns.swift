internal import Inventory

/// The forms of vCenter's messages in English from which places, moves and failures can be read.
///
/// They differ by version: parts may be missing, and words have older names. Of the forms some are measured (those that the
/// fixtures hold); the others follow VMware's published lists of events. A text that has none of them is kept as it is, and
/// nothing is read from it.
enum MessagePatterns {
  static let all: [MessagePattern] = virtualMachines + moves + hosts + failures + restarts + protection

  /// Forms with words of no meaning to us in them, for texts that have none of the others: what is certain of a failure is
  /// said in few ways, whatever stands around it.
  static let loose: [MessagePattern] = [
    MessagePattern(
      "com.vmware.vc.HA.DasHostFailedEvent",
      "{_} <host failure|failure> <of|on> [the ][host ]{host}\(place)\(tail)"),
    MessagePattern("com.vmware.vc.HA.DasHostFailedEvent", "{_} host {host}\(place) <has failed|failed|is dead>\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostIsolatedEvent",
      "{_} host {host}\(place) <is|was|has been|has become> [network ]isolated[ from the network]\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent",
      "{_} restarted [the ][virtual machine |VM ]{vm} on [host ]{host}\(place)\(tail)"
    ),
  ]

  /// Words that turn what a text says round, or make a wish of it.
  static let doubts = [
    " not ", " no ", " never ", " if ", " may ", " might ", " could ", " would ", " should ", " cannot ", " unless ",
    " unable ",
    " test", " simulat",
  ].map { Array($0.utf8) }

  /// Whether a text speaks of other things that may be what failed.
  static func isBarred(_ pattern: MessagePattern, _ text: MessageText) -> Bool {
    VCenterTypes.type(of: pattern.foreignType) == .hostFailed && others.contains { text.holds($0) }
  }

  private static let others = [
    "restart", "virtual machine", " vm ", "datastore", "migrat", "power", " agent", "monitor", "configur", "storage",
    "network", "update", "upgrade", "task", "operation",
  ].map { Array($0.utf8) }

  /// The forms that records of a type may have: those of all types that mean the same to us, since versions print the text
  /// of one for the other.
  static func forms(ofType foreignType: String) -> [MessagePattern] { forms(ofType: foreignType, byKey, byMeaning) }

  /// The same of the loose forms.
  static func looseForms(ofType foreignType: String) -> [MessagePattern] {
    forms(ofType: foreignType, looseByKey, looseByMeaning)
  }

  private static func forms(
    ofType foreignType: String, _ byKey: [String: [MessagePattern]], _ byMeaning: [EventType: [MessagePattern]]
  ) -> [MessagePattern] {
    let type = VCenterTypes.type(of: foreignType)
    return (type == .foreignOther ? byKey[VCenterTypes.key(foreignType)] : byMeaning[type]) ?? []
  }

  private static let byKey = Dictionary(grouping: all) { VCenterTypes.key($0.foreignType) }
  private static let byMeaning = Dictionary(grouping: all) { VCenterTypes.type(of: $0.foreignType) }
  private static let looseByKey = Dictionary(grouping: loose) { VCenterTypes.key($0.foreignType) }
  private static let looseByMeaning = Dictionary(grouping: loose) { VCenterTypes.type(of: $0.foreignType) }

  // MARK: Parts of forms

  /// High availability under all its names, as what did something.
  static let ha = "[The ]<vSphere |VMware |>HA[ agent][ has]"
  /// Where in the inventory; vCenter itself prints "in cluster in C".
  static let place = "[ in cluster[ in] {cluster}][ in[ datacenter] {datacenter}]"
  /// What may stand behind the last name.
  static let tail = "<|. {rest}|: {why}|; {why}>"
}
