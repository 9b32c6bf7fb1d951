/// What a writer remembers from one transaction to the next: it is right for as long as nobody else wrote meanwhile.
///
/// It lives with the writer: only what the writer is lent to touches it.
final class WriterMemory: @unchecked Sendable {
  struct Contents {
    var dictionary = ObjectDictionary()
    var foreignFields = ForeignFields()
    var folds = VMFolds()
    /// Objects that are known to have been named together.
    var pairs: Set<NamePair> = []
    /// Names that stand for several objects; nil where they have to be read.
    var sharedNames: Set<Int64>?
    /// The hosts that were ever in trouble; nil where that has to be read.
    var troubledHosts: Set<Int64>?
    /// Whether the records that do not count are known to be those that the events exclude.
    var hasCheckedExclusions = false
  }

  private var stored: (head: ChainHead, contents: Contents)?

  /// Takes the contents out, if they are of the ledger with this head: a transaction that fails leaves none behind.
  func take(at head: ChainHead) -> Contents {
    defer { stored = nil }
    guard let stored, stored.head == head else { return Contents() }
    return stored.contents
  }

  func keep(_ contents: Contents, at head: ChainHead) { stored = (head, contents) }
}
