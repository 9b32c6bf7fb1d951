/// What some hosts come to.
struct ResidencySum {
  var hosts: Int
  /// Nil where one of the hosts does not tell.
  var sockets: Int64?
  var cores: Int64?
  /// The cores where each socket counts as at least so many as was asked for.
  var coresAtLeast: Int64?
}
