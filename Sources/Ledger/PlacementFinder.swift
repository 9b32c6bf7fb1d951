internal import Inventory
internal import SQLite

/// Finds where VMs were at one moment: of each table of spans the one row that counts, of each host and name what is needed
/// once.
struct PlacementFinder {
  private struct Residence {
    var host: Int64?
    let from: Int64
    var grade: Grade
    /// When the unbroken stay began.
    var since: Int64
  }

  private let moment: Instant
  private var names: SummaryCache
  private var clusters: [Int64: Int64?] = [:]
  /// Where the evidence of each source begins.
  private var begins: [String: Int64] = [:]
  /// The inventories that it has looked up.
  var inventories = LastInventories()

  init(at moment: Instant) {
    self.moment = moment
    names = SummaryCache(at: moment)
  }

  /// A VM at the moment; nil where it was not there: not yet, or no more; or before the evidence of its source begins.
  mutating func placement(of vm: ObjectSummary, _ reader: borrowing LedgerReader) throws -> Placement? {
    guard moment.microseconds >= (try begin(of: vm.source, reader)),
      try !inventories.lack(vm, .vm, at: moment, reader)
    else { return nil }
    let id = vm.id.rawValue
    var residence = try residence(of: id, reader)
    var power =
      try reader.connection.first(
        "SELECT to_at, power, from_at FROM vm_power WHERE vm = $1 AND from_at <= $2 ORDER BY from_at DESC LIMIT 1",
        id, moment.microseconds
      ) { row -> (state: PowerState?, from: Int64)? in
        isPast(row) ? nil : (row.optionalText(1).flatMap(PowerState.init), row.int(2))
      } ?? nil
    var shape =
      try reader.connection.first(
        """
        SELECT to_at, vcpus, memory_mib FROM vm_shape WHERE vm = $1 AND from_at <= $2 ORDER BY from_at DESC LIMIT 1
        """, id, moment.microseconds
      ) { row -> (vcpus: Int64?, memory: Int64?)? in
        isPast(row) ? nil : (row.optionalInt(1), row.optionalInt(2))
      } ?? nil
    let membership = try cluster(of: id, reader)
    // Between inventories that differ nothing is known; at the moment of one all is that it says.
    let isUnsure = residence.map { $0.host == nil } ?? false || power.map { $0.state == nil } ?? false
    if isUnsure || shape.map({ $0.vcpus == nil || $0.memory == nil }) ?? false,
      let seen = try SightedVM(vm.id, at: moment, reader)
    {
      if residence?.host == nil, seen.host != nil {
        residence?.host = seen.host
        residence?.grade = .proven
      }
      if let known = power, known.state == nil { power = (seen.power, known.from) }
      if let known = shape { shape = (known.vcpus ?? seen.vcpus, known.memory ?? seen.memoryMiB) }
    }
    guard residence != nil || power != nil || membership != nil else { return nil }
    let hostCluster: Int64? = if let id = residence?.host { try cluster(ofHost: id, reader) } else { nil }
    let datastore =
      try reader.connection.first(
        """
        SELECT to_at, datastore FROM disk_placement WHERE vm = $1 AND disk = 'home' AND from_at <= $2
        ORDER BY from_at DESC LIMIT 1
        """, id, moment.microseconds
      ) { row -> Int64? in isPast(row) ? nil : row.optionalInt(1) } ?? nil
    let since = residence.flatMap { $0.host == nil || $0.since == Instant.distantPast.microseconds ? nil : $0.since }
    return Placement(
      vm: vm, cluster: try names.summary(hostCluster ?? membership?.cluster, reader),
      host: try names.summary(residence?.host, reader), power: power?.state, vcpus: shape?.vcpus,
      memoryMiB: shape?.memory, datastore: try names.summary(datastore, reader),
      since: since.map { Instant(microseconds: $0) }, grade: residence?.host == nil ? .unknown : residence?.grade ?? .unknown
    )
  }

  private func isPast(_ row: borrowing Statement) -> Bool { row.int(0) <= moment.microseconds }

  private mutating func begin(of source: String, _ reader: borrowing LedgerReader) throws -> Int64 {
    if let known = begins[source] { return known }
    let begin =
      try reader.connection.first(
        """
        SELECT min(b.first_at) FROM import_batch AS b JOIN source AS s ON s.id = b.source
        WHERE s.name = $1 AND b.retracted_by IS NULL
        """, source
      ) { $0.optionalInt(0) } ?? nil
    begins[source] = begin ?? .min
    return begin ?? .min
  }

  /// The span of the moment, and those before it for as long as they are of the same stay.
  private func residence(of vm: Int64, _ reader: borrowing LedgerReader) throws -> Residence? {
    try reader.connection.withStatement(
      "SELECT to_at, from_at, host, grade FROM residency WHERE vm = $1 AND from_at <= $2 ORDER BY from_at DESC"
    ) { row in
      try row.bind(1, vm)
      try row.bind(2, moment.microseconds)
      guard try row.step(), !isPast(row) else { return nil }
      var found = Residence(
        host: row.optionalInt(2), from: row.int(1), grade: Grade(rawValue: row.text(3)) ?? .unknown, since: row.int(1))
      guard found.host != nil else { return found }
      while try row.step(), row.int(0) == found.since, row.optionalInt(2) == found.host {
        // A record at this very moment may state what the span after it only infers.
        if found.since == moment.microseconds, found.from == found.since, found.grade == .inferred,
          let stated = Grade(rawValue: row.text(3)), stated == .proven || stated == .text
        {
          found.grade = stated
        }
        found.since = row.int(1)
      }
      return found
    }
  }

  /// In which cluster the records of a host or VM put it, and since when; nil where they do not speak of the moment, the
  /// cluster nil where they do not show which.
  private func cluster(
    of member: Int64, _ reader: borrowing LedgerReader
  ) throws -> (cluster: Int64?, from: Int64)? {
    try reader.connection.first(
      """
      SELECT to_at, cluster, from_at FROM membership WHERE member = $1 AND from_at <= $2 ORDER BY from_at DESC LIMIT 1
      """, member, moment.microseconds
    ) { row -> (cluster: Int64?, from: Int64)? in isPast(row) ? nil : (row.optionalInt(1), row.int(2)) } ?? nil
  }

  private mutating func cluster(ofHost id: Int64, _ reader: borrowing LedgerReader) throws -> Int64? {
    if let known = clusters[id] { return known }
    let found = try cluster(of: id, reader)?.cluster
    clusters[id] = .some(found)
    return found
  }
}
