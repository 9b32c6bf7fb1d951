/// What a driver has to say.
package enum Message: Sendable, Equatable {
  /// The end of an order, with its number.
  case answer(order: Int, Result)
  /// A host no longer answers. That is no proof that it is off.
  case hostLost(String)
  /// A host answers again.
  case hostFound(String)
  /// A VM stands still, though nobody asked for it, and why.
  case vmStopped(vm: String, host: String, because: String)

  /// How an order ended.
  package enum Result: Sendable, Equatable {
    case done
    /// A pass, or the rest, was copied.
    case copied(Copied)
    case report(CopyReport)
    /// Nothing was done, and why.
    case refused(String)
    /// Nothing was done: the host knows of a newer epoch.
    case outdated(known: Int)
    /// It was begun and came to nothing, and why.
    case failed(String)
  }
}
