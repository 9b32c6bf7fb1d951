/// What came of trying every way.
enum SearchOutcome {
  case found
  /// Every way was tried, and none is one.
  case none
  /// The steps were used up.
  case unfinished
}
