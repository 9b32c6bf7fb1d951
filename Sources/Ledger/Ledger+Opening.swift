internal import Foundation
package import Inventory
internal import SQLite

extension Ledger {
  /// What a command wants to do with the file.
  package enum Access: Sendable {
    case read
    case write
    /// Read a file that may have been tampered with; its structure is not looked at.
    case inspect
  }

  /// Opens an existing ledger; one of an older schema is backed up and brought up to date when it is opened for writing.
  ///
  /// - Throws: `notFound` where there is no file; `failed` where it is not ours, newer than this program, or tampered with.
  package static func open(
    _ path: String, for access: Access, now: Instant, schema: Schema = .builtIn
  ) throws -> Ledger {
    try checkName(path)
    guard FileManager.default.fileExists(atPath: path) else {
      throw YadokariError(.notFound, "there is no database \(path); make one with \"yadokari import\" or name it with --db")
    }
    return try translatingErrors(path) {
      let connection = try Connection(path: path, mode: access == .write ? .readWrite : .readOnly)
      try connection.configure(for: access == .inspect ? .inspector : .reader)
      try checkOwner(connection, path)
      if access == .inspect { try checkReadable(connection, schema: schema, path) }
      if access != .inspect { try bringUpToDate(connection, to: schema, path: path, access: access, now: now) }
      if access == .write { try refuseDamage(connection, path) }
      return try ledger(path, writes: access == .write, role: access == .inspect ? .inspector : .reader)
    }
  }

  /// Opens a ledger for writing and makes it where there is no file yet.
  package static func create(_ path: String, now: Instant, schema: Schema = .builtIn) throws -> Ledger {
    try checkName(path)
    let isThere = FileManager.default.fileExists(atPath: path)
    do {
      return try translatingErrors(path) { try fill(path, isThere: isThere, now: now, schema: schema) }
    } catch {
      if !isThere { removeUnlessUsed(path) { isBare(path) } }
      throw error
    }
  }

  private static func fill(_ path: String, isThere: Bool, now: Instant, schema: Schema) throws -> Ledger {
    if isThere {
      // For writing: what a crash left of the first step has to be undone before the file can be looked at.
      let connection = try Connection(path: path, mode: .readWrite)
      // A file without any table is what a crash in the first moment leaves: it is ours to fill.
      let tables = try connection.first("SELECT count(*) FROM sqlite_schema", row: { $0.int(0) }) ?? 0
      if tables > 0 { return try open(path, for: .write, now: now, schema: schema) }
    }
    let connection = try Connection(path: path, mode: .create)
    try connection.configure(for: .writer)
    try schema.create(in: connection, now: now)
    return try ledger(path, writes: true, isNew: !isThere)
  }

  /// A ledger in memory that goes with the process.
  /// - Parameter name: tells databases in memory apart.
  package static func inMemory(name: String, now: Instant) throws -> Ledger {
    let (path, vfs) = ("/\(name)", "memdb")
    return try translatingErrors(path) {
      let connection = try Connection(path: path, mode: .create, vfs: vfs)
      try connection.configure(for: .writer)
      try Schema.builtIn.create(in: connection, now: now)
      return try ledger(path, writes: true, vfs: vfs)
    }
  }

  /// Copies a ledger into a new file while others may use it.
  package static func copy(_ path: String, to target: String, now: Instant) throws {
    _ = try open(path, for: .read, now: now)
    try translatingErrors(path) {
      let source = try Connection(path: path, mode: .readOnly)
      try refuseDamage(source, path)
      do throws(SQLiteError) {
        try source.backup(to: target)
      } catch {
        let isOfSource = error.code.primary == .corrupt || error.code.primary == .notADatabase
        throw translated(error, isOfSource ? path : target)
      }
    }
  }

  private static func ledger(
    _ path: String, writes: Bool, role: Connection.Role = .reader, vfs: String? = nil, isNew: Bool = false
  ) throws -> Ledger {
    var writer: Writer?
    if writes {
      let connection = try Connection(path: path, mode: .readWrite, vfs: vfs)
      try connection.configure(for: .writer)
      writer = Writer(connection)
    }
    return Ledger(
      path: path, readers: try ReaderPool(path: path, count: 2, role: role, vfs: vfs), writer: writer, isNew: isNew)
  }

  /// SQLite reads more into some names than the name of a file.
  private static func checkName(_ path: String) throws {
    if path.isEmpty || path.hasPrefix(":") {
      throw YadokariError(.usage, "\"\(path)\" does not name a database file; give one with --db or YADOKARI_DB")
    }
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR { throw YadokariError(.usage, "\(path) is a folder; name a file in it with --db") }
    // Opening a pipe waits for somebody at its other end.
    if kind != S_IFREG { throw YadokariError(.usage, "\(path) is no file, but a pipe or a device; name a file with --db") }
  }

  private static func checkOwner(_ connection: borrowing Connection, _ path: String) throws {
    guard try connection.pragma("application_id") == Schema.applicationID else {
      let isEmpty = try connection.first("SELECT count(*) FROM sqlite_schema") { $0.int(0) } == 0
      throw YadokariError(
        .failed,
        isEmpty
          ? "\(path) holds nothing yet; fill it with \"yadokari import\""
          : "\(path) is a database, but not one of Yadokari; name another file with --db")
    }
  }

  /// An older file lacks what an inspector reads. One whose list of migrations says otherwise was tampered with: it is read.
  private static func checkReadable(_ connection: borrowing Connection, schema: Schema, _ path: String) throws {
    let version = Int(try connection.pragma("user_version"))
    guard version < schema.migrations.count else { return }
    guard try connection.migrationProblem(version: version, schema: schema) != nil else { throw older(path, version) }
  }

  private static func older(_ path: String, _ version: Int) -> YadokariError {
    YadokariError(
      .failed, "\(path) has the older schema \(version); bring it up to date with \"yadokari db rebuild --db \(path)\"")
  }

  private static func bringUpToDate(
    _ connection: borrowing Connection, to schema: Schema, path: String, access: Access, now: Instant
  ) throws {
    let version = Int(try connection.pragma("user_version"))
    let newest = schema.migrations.count
    guard version <= newest else {
      throw YadokariError(
        .failed, "\(path) has schema \(version), this program knows \(newest); use the newer yadokari that wrote it")
    }
    if let problem = try connection.migrationProblem(version: version, schema: schema) { throw tampered(path, problem) }
    if version < newest {
      guard access == .write else { throw older(path, version) }
      try copyAndMigrate(connection, to: schema, from: version, path: path, now: now)
    }
    if let problem = try connection.structureProblem(schema: schema) { throw tampered(path, problem) }
  }

  /// Looks through a file of up to 16 MiB: that takes less time than an import. Damage of a larger one is met where it is
  /// read.
  private static func refuseDamage(_ connection: borrowing Connection, _ path: String) throws {
    guard try connection.pragma("page_count") <= (16 << 20) / 4096, let damage = try connection.damage() else { return }
    throw damaged(path, damage)
  }

  static func damaged(_ path: String, _ damage: String) -> YadokariError {
    YadokariError(
      .failed, "\(path) is damaged (\(damage)); nothing was done, restore it from a backup (\"yadokari db check\" says more)"
    )
  }

  private static func tampered(_ path: String, _ problem: String) -> YadokariError {
    YadokariError(
      .failed,
      "\(path) was tampered with: \(problem); only \"event verify\" and \"db check\" read it still, restore it from a backup"
    )
  }
}

extension Ledger {
  /// Removes the file again that `create` made, where nothing was appended to it and no other process uses it.
  package func removeIfUnfilled() {
    guard isNew, isEmpty else { return }
    Self.removeUnlessUsed(path) { isEmpty }
  }

  private var isEmpty: Bool { (try? read { try $0.chainHead().seq }) == 0 }

  /// Whether a file has at most its first page, and no log of writes.
  private static func isBare(_ path: String) -> Bool {
    func size(_ path: String) -> Int {
      var status = stat()
      return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
    return size(path) <= 4096 && size(path + "-wal") == 0
  }

  /// Removes a database and what lies beside it, where no other process has it open.
  ///
  /// Whoever has a ledger open holds SQLite's shared lock on it. Taking the same bytes alone shows that there is nobody, and
  /// keeps others waiting until the file is gone: they find then that it is, and try again.
  private static func removeUnlessUsed(_ path: String, if isUnfilled: () -> Bool) {
    guard let name = realpath(path, nil) else { return }
    defer { free(name) }
    let file = String(cString: name)
    // Never closed: that would give up every lock of this process on the file.
    let descriptor = openForLocking(file)
    var lock = flock()
    (lock.l_whence, lock.l_start, lock.l_len) = (Int16(SEEK_SET), 0x4000_0002, 510)
    lock.l_type = Int16(F_WRLCK)
    guard descriptor >= 0, fcntl(descriptor, F_SETLK, &lock) == 0 else { return }
    if isUnfilled() {
      for suffix in ["-wal", "-shm", ""] { unlink(file + suffix) }
    } else {
      lock.l_type = Int16(F_RDLCK)
      _ = fcntl(descriptor, F_SETLK, &lock)
    }
  }
}

/// The name is taken inside `Ledger`.
private func openForLocking(_ path: String) -> Int32 { open(path, O_RDWR | O_CLOEXEC) }

extension Connection {
  /// The first thing that is wrong with the pages of the file, in SQLite's words; nil where nothing is. Reads all of it.
  func damage() throws -> String? {
    try execute("PRAGMA cell_size_check = ON")
    let found = try first("PRAGMA quick_check(1)") { $0.text(0) } ?? "ok"
    return found == "ok" ? nil : found.split(separator: "\n").last.map(String.init)
  }

  /// What is wrong with the list of migrations that the file says it has seen; nil where nothing is.
  func migrationProblem(version: Int, schema: Schema) throws -> String? {
    let applied = try all("SELECT number, name, sha256 FROM schema_migration ORDER BY number") {
      (Int($0.int(0)), $0.text(1), $0.text(2))
    }
    guard applied.map(\.0) == Array(1...max(1, version)), version >= 1 else {
      return "its list of schema migrations does not fit its version \(version)"
    }
    for (number, name, digest) in applied where number <= schema.migrations.count {
      let known = schema.migrations[number - 1]
      if known.name != name || known.digest != digest { return "schema migration \(number) is not the one that we know" }
    }
    return nil
  }

  /// What is wrong with tables, indexes, triggers and views; nil where nothing is.
  func structureProblem(schema: Schema) throws -> String? {
    try SchemaShape(of: self).difference(from: SchemaShape.expected(of: schema))
  }
}
