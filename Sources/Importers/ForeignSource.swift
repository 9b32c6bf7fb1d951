internal import Inventory

/// A file that is of another vCenter than the one known: what lies in the same folder is so, too.
struct ForeignSource: Error {
  let error: YadokariError
}
