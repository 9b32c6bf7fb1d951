/// Where a disk's file is: the one that it had before it began to move, or the copy.
package enum DiskSide: String, Sendable, Codable, CaseIterable {
  case source, target
}
