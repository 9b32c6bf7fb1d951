/// The number of an object in this database. It means nothing outside of it and never enters a hash.
package struct ObjectID: RawRepresentable, Sendable, Hashable, Comparable {
  package let rawValue: Int64

  package init(rawValue: Int64) { self.rawValue = rawValue }

  package static func < (left: ObjectID, right: ObjectID) -> Bool { left.rawValue < right.rawValue }
}
