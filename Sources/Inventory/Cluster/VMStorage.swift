/// What a VM has on datastores, as far as its source says it. All in MiB.
package struct VMStorage: Sendable, Equatable {
  /// What its files may become.
  package var provisionedMiB: Double?
  /// What they take now.
  package var inUseMiB: Double?
  /// What the file systems in the guest hold.
  package var guestConsumedMiB: Double?

  package init() {}

  /// Out of a setting; nil where it says nothing.
  init?(json: JSONValue) {
    provisionedMiB = json["provisioned_mib"]?.doubleValue
    inUseMiB = json["in_use_mib"]?.doubleValue
    guestConsumedMiB = json["guest_consumed_mib"]?.doubleValue
    if self == VMStorage() { return nil }
  }
}
