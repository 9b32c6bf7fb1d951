internal import Foundation

extension Event {
  /// Whether one of its texts holds U+0000, which databases that the ledger may be copied to refuse.
  package var holdsZero: Bool {
    Self.holdsZero(foreignType) || Self.holdsZero(foreignKey) || Self.holdsZero(chain) || Self.holdsZero(severity)
      || Self.holdsZero(actor) || Self.holdsZero(reason) || Self.holdsZero(message) || Self.holdsZero(datacenter)
      || Self.holdsZero(cluster) || Self.holdsZero(host) || Self.holdsZero(vm) || Self.holdsZero(datastore)
      || Self.holdsZero(otherHost) || Self.holdsZero(otherDatastore)
  }

  private static func holdsZero(_ reference: ObjectReference?) -> Bool {
    guard let reference else { return false }
    return holdsZero(reference.foreignID) || holdsZero(reference.name)
  }

  private static func holdsZero(_ text: String?) -> Bool {
    guard let text, !text.isEmpty else { return false }
    return text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
    } ?? text.utf8.contains(0)
  }
}
