internal import SQLite

/// The tables of spans. Each is written, read and emptied for one subject at a time.
enum ProjectionTable: String, CaseIterable, Sendable {
  case residency
  case vmPower = "vm_power"
  case vmShape = "vm_shape"
  case diskPlacement = "disk_placement"
  case hostState = "host_state"
  case membership
  case setting
  case naming
  case outage
  case stopInOutage = "stop_in_outage"

  /// A row, its columns in the order of the schema.
  typealias Row = [SQLiteValue]

  var insertion: StaticString {
    switch self {
    case .residency:
      "INSERT INTO residency (vm, from_at, to_at, host, grade, began, ended) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    case .vmPower:
      "INSERT INTO vm_power (vm, from_at, to_at, power, grade, began, ended) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    case .vmShape:
      """
      INSERT INTO vm_shape (vm, from_at, to_at, vcpus, memory_mib, grade, began, ended)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """
    case .diskPlacement:
      """
      INSERT INTO disk_placement (vm, disk, from_at, to_at, datastore, grade, began, ended)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """
    case .hostState:
      """
      INSERT INTO host_state (host, aspect, from_at, to_at, state, grade, began, ended)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """
    case .membership:
      "INSERT INTO membership (member, from_at, to_at, cluster, grade, began, ended) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    case .setting:
      """
      INSERT INTO setting (object, key, from_at, to_at, value, grade, began, ended)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """
    case .naming:
      "INSERT INTO naming (object, from_at, to_at, name, grade, began, ended) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    case .outage:
      "INSERT INTO outage (host, failed_at, back_at, trigger, declared_at, began, ended) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    case .stopInOutage: "INSERT INTO stop_in_outage (vm, host, failed_at, seq) VALUES ($1, $2, $3, $4)"
    }
  }

  var deletion: StaticString {
    switch self {
    case .residency: "DELETE FROM residency WHERE vm = $1"
    case .vmPower: "DELETE FROM vm_power WHERE vm = $1"
    case .vmShape: "DELETE FROM vm_shape WHERE vm = $1"
    case .diskPlacement: "DELETE FROM disk_placement WHERE vm = $1"
    case .hostState: "DELETE FROM host_state WHERE host = $1"
    case .membership: "DELETE FROM membership WHERE member = $1"
    case .setting: "DELETE FROM setting WHERE object = $1"
    case .naming: "DELETE FROM naming WHERE object = $1"
    case .outage: "DELETE FROM outage WHERE host = $1"
    case .stopInOutage: "DELETE FROM stop_in_outage WHERE vm = $1"
    }
  }

  /// Deletes the rows of a subject that begin at a time or later; of those with a key, its rows of that key.
  var deletionFrom: StaticString {
    switch self {
    case .residency: "DELETE FROM residency WHERE vm = $1 AND from_at >= $2"
    case .vmPower: "DELETE FROM vm_power WHERE vm = $1 AND from_at >= $2"
    case .vmShape: "DELETE FROM vm_shape WHERE vm = $1 AND from_at >= $2"
    case .diskPlacement: "DELETE FROM disk_placement WHERE vm = $1 AND disk = $2 AND from_at >= $3"
    case .hostState: "DELETE FROM host_state WHERE host = $1 AND aspect = $2 AND from_at >= $3"
    case .membership: "DELETE FROM membership WHERE member = $1 AND from_at >= $2"
    case .setting: "DELETE FROM setting WHERE object = $1 AND key = $2 AND from_at >= $3"
    case .naming: "DELETE FROM naming WHERE object = $1 AND from_at >= $2"
    case .outage: "DELETE FROM outage WHERE host = $1 AND failed_at >= $2"
    case .stopInOutage: "DELETE FROM stop_in_outage WHERE vm = $1 AND failed_at >= $2"
    }
  }

  var emptying: StaticString {
    switch self {
    case .residency: "DELETE FROM residency"
    case .vmPower: "DELETE FROM vm_power"
    case .vmShape: "DELETE FROM vm_shape"
    case .diskPlacement: "DELETE FROM disk_placement"
    case .hostState: "DELETE FROM host_state"
    case .membership: "DELETE FROM membership"
    case .setting: "DELETE FROM setting"
    case .naming: "DELETE FROM naming"
    case .outage: "DELETE FROM outage"
    case .stopInOutage: "DELETE FROM stop_in_outage"
    }
  }

  /// The rows of a subject.
  var selection: StaticString {
    switch self {
    case .residency: "SELECT vm, from_at, to_at, host, grade, began, ended FROM residency WHERE vm = $1"
    case .vmPower: "SELECT vm, from_at, to_at, power, grade, began, ended FROM vm_power WHERE vm = $1"
    case .vmShape: "SELECT vm, from_at, to_at, vcpus, memory_mib, grade, began, ended FROM vm_shape WHERE vm = $1"
    case .diskPlacement:
      "SELECT vm, disk, from_at, to_at, datastore, grade, began, ended FROM disk_placement WHERE vm = $1"
    case .hostState: "SELECT host, aspect, from_at, to_at, state, grade, began, ended FROM host_state WHERE host = $1"
    case .membership: "SELECT member, from_at, to_at, cluster, grade, began, ended FROM membership WHERE member = $1"
    case .setting: "SELECT object, key, from_at, to_at, value, grade, began, ended FROM setting WHERE object = $1"
    case .naming: "SELECT object, from_at, to_at, name, grade, began, ended FROM naming WHERE object = $1"
    case .outage: "SELECT host, failed_at, back_at, trigger, declared_at, began, ended FROM outage WHERE host = $1"
    case .stopInOutage: "SELECT vm, host, failed_at, seq FROM stop_in_outage WHERE vm = $1"
    }
  }

  /// How many rows there are.
  var count: StaticString {
    switch self {
    case .residency: "SELECT count(*) FROM residency"
    case .vmPower: "SELECT count(*) FROM vm_power"
    case .vmShape: "SELECT count(*) FROM vm_shape"
    case .diskPlacement: "SELECT count(*) FROM disk_placement"
    case .hostState: "SELECT count(*) FROM host_state"
    case .membership: "SELECT count(*) FROM membership"
    case .setting: "SELECT count(*) FROM setting"
    case .naming: "SELECT count(*) FROM naming"
    case .outage: "SELECT count(*) FROM outage"
    case .stopInOutage: "SELECT count(*) FROM stop_in_outage"
    }
  }

  var columnCount: Int {
    switch self {
    case .stopInOutage: 4
    case .residency, .vmPower, .membership, .naming, .outage: 7
    case .vmShape, .diskPlacement, .hostState, .setting: 8
    }
  }
}
