/// What of a life's records is not there.
struct Losses {
  /// The records begin at this time.
  var before = Int64.min
  /// Classes of which no record is there; only such as tell nothing that others do not tell.
  var types: Set<String> = []

  func keeps(_ type: String, _ at: Int64) -> Bool { at >= before && !types.contains(type) }
}
