internal import History
internal import Inventory
internal import SQLite

/// Writes what changed in histories into the tables of spans.
struct SpanWriter: ~Copyable {
  let connection: Connection

  init(_ connection: consuming Connection) { self.connection = connection }

  func write(_ changes: VMChanges, of vm: Int64) throws {
    try write(changes.residency, to: .residency, vm) { try $0.bind($1, $2?.rawValue) }
    try write(changes.power, to: .vmPower, vm) { try $0.bind($1, $2?.rawValue) }
    try write(changes.shape, to: .vmShape, vm, values: 2) { statement, index, shape in
      try statement.bind(index, shape?.vcpus)
      try statement.bind(index + 1, shape?.memoryMiB)
    }
    try write(changes.home, to: .diskPlacement, vm, key: "home") { try $0.bind($1, $2?.rawValue) }
    try write(changes.cluster, to: .membership, vm) { try $0.bind($1, $2?.rawValue) }
    try write(changes.name, to: .naming, vm) { try $0.bind($1, $2) }
    for (key, changes) in changes.settings { try write(changes, to: .setting, vm, key: key) { try $0.bind($1, $2) } }
  }

  private func write<Value>(
    _ changes: TimelineChanges<Value>?, to table: ProjectionTable, _ subject: Int64, key: String? = nil, values: Int = 1,
    bind: (borrowing Statement, Int, Value?) throws -> Void
  ) throws {
    guard let changes else { return }
    if let from = changes.from {
      try connection.withStatement(table.deletionFrom) { statement in
        try statement.bind(1, subject)
        if let key { try statement.bind(2, key) }
        try statement.bind(key == nil ? 2 : 3, from.microseconds)
        while try statement.step() {}
      }
    }
    guard !changes.spans.isEmpty else { return }
    try connection.withStatement(table.insertion) { statement in
      for span in changes.spans {
        try statement.bind(1, subject)
        if let key { try statement.bind(2, key) }
        let first = key == nil ? 2 : 3
        try statement.bind(first, span.from.microseconds)
        try statement.bind(first + 1, span.to.microseconds)
        try bind(statement, first + 2, span.value)
        try statement.bind(first + 2 + values, span.grade.rawValue)
        try statement.bind(first + 3 + values, span.began)
        try statement.bind(first + 4 + values, span.ended)
        while try statement.step() {}
        try statement.reset()
      }
    }
  }
}
