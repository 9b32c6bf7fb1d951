/// How many VMs of a profile can be added to a pool.
package struct Fit: Sendable, Equatable {
  /// Whether what fits with failures kept is proved.
  package enum Verdict: String, Sendable {
    /// A placement was found for each failure that is provided for.
    case proved
    /// The pool does not survive the failures as it is, and a bound or a search through every way says so.
    case impossible
    /// No placement was found for the pool as it is, and nothing says that there is none.
    case unknown
  }

  package var profile: VMProfile
  /// When no host fails: exact.
  package var free: Int
  /// How many of them survive the failures, too; nil where the pool does not survive them as it is.
  package var keeping: Int?
  /// No placement can have more.
  package var bound: FitBound
  package var verdict: Verdict
  /// How many start on each host, by its number.
  package var new: [Int]
  /// Where the verdict is not `proved`: the hosts whose failure the pool does not survive, and what was found.
  package var obstacle: SetVerdict?
}
