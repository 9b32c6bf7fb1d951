extension Connection {
  /// What a connection is for; each has its own settings.
  package enum Role: Sendable {
    /// Changes the file: an acknowledged commit survives a loss of power.
    case writer
    /// Reads only, and is refused anything else.
    case reader
    /// Reads a file that may be damaged: pages are checked, nothing is mapped.
    case inspector
  }

  /// Applies the settings of a role.
  package func configure(for role: Role) throws(SQLiteError) {
    try execute(
      """
      PRAGMA busy_timeout = 5000;
      PRAGMA foreign_keys = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA recursive_triggers = ON;
      PRAGMA temp_store = MEMORY;
      """)
    switch role {
    case .writer:
      try execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;")
    case .reader:
      // Nothing is mapped: what a command takes of memory would grow with the file that it reads.
      try execute("PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -24576;")
    case .inspector:
      try execute(
        "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -24576;")
    }
  }

  /// What a pragma answers in its first column, as an integer.
  package func pragma(_ name: String) throws -> Int64 {
    let statement = try prepare("PRAGMA \(name)")
    return try statement.step() ? statement.int(0) : 0
  }
}
