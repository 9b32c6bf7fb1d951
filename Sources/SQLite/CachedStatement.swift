/// A prepared statement in the cache of a connection, or one made beside it while the cached one was out.
package final class CachedStatement {
  let raw: OpaquePointer
  let isCached: Bool
  var isLent = true

  init(raw: OpaquePointer, isCached: Bool) {
    self.raw = raw
    self.isCached = isCached
  }
}
