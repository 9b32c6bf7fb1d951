/// What copies share: it goes through one of these at the speed that is left for it.
enum SharedLink: Sendable, Hashable {
  /// A host's link, either direction by itself.
  case out(of: String)
  case into(String)
  /// What a datastore can do of each kind at a time.
  case read(String)
  case write(String)
  case commit(String)
}
