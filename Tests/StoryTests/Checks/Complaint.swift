import Inventory

/// Something that the program said wrongly.
struct Complaint: CustomStringConvertible {
  /// What kind of answer is wrong.
  enum Check: String {
    case broken, incident, victims, outcome, times, place, power, move, moveKind = "move-kind", list, name, agreement
  }

  let form: Form
  let check: Check
  let text: String

  var description: String { "\(form.rawValue): \(check.rawValue): \(text)" }
}

/// One life in one form, with what the program makes of it.
struct Subject {
  let form: Form
  let part: Story.Part
  let life: Life
  let product: Product
  /// The kinds of happenings that may occur in the story.
  let allowed: Set<Kind>
  /// Whether the story has several sources.
  let hasSources: Bool
  /// Clusters, and hosts in none, of which a record says in which datacenter they are.
  let toldPlaces: Set<String>
  /// Hosts of which a text says so.
  let toldHosts: Set<String>
  /// Whether any record tells that a VM was started or stopped.
  let tellsPower: Bool
  var complaints: [Complaint] = []

  init(form: Form, part: Story.Part, life: Life, product: Product, allowed: Set<Kind>, hasSources: Bool) {
    self.form = form
    self.part = part
    self.life = life
    self.product = product
    self.allowed = allowed
    self.hasSources = hasSources
    let records = life.numbered(from: 1)
    toldPlaces = Set(records.filter { $0.datacenter != nil }.compactMap { $0.cluster?.name ?? $0.host?.name })
    toldHosts = Set(
      records.compactMap { record in
        guard let host = record.host?.name, let datacenter = record.datacenter?.name else { return nil }
        let words = ["in \(datacenter)", "datacenter \(datacenter)"]
        return record.text.contains(host) && words.contains { record.text.contains($0) } ? host : nil
      })
    tellsPower = records.contains { $0.type.hasPrefix("VmPowered") || $0.type == "VmStartingEvent" }
  }

  var truth: Truth { life.truth }

  mutating func complain(_ check: Complaint.Check, _ text: String) {
    complaints.append(Complaint(form: form, check: check, text: text))
  }

  func isOurs(_ row: Product.Row) -> Bool { !hasSources || row["source"]?.stringValue == part.source }

  /// VMs of which this form cannot tell the whole.
  var isHidden: Set<Int> { form.isWhole ? [] : truth.onlyInXML }

  func hostName(_ number: Int?) -> String? { number.flatMap { truth.everyHost[$0]?.name } }

  /// Whether a name and an id, where they are known, are those of a host.
  func isHost(_ number: Int?, _ name: String?, _ id: String?) -> Bool {
    guard let host = number.flatMap({ truth.everyHost[$0] }), let name else { return false }
    let isSame = name == host.name || (form.isMoves && host.name.hasPrefix(name + "."))
    // A list of moves does not tell that a host was added again: its name may stand for the one before.
    return isSame && (id == nil || form.isMoves || id == host.id)
  }

  /// Whether a name and an id can be those of a VM.
  func isVM(_ number: Int, _ name: String?, _ id: String?) -> Bool {
    id.map { $0 == "vm-\(number)" } ?? name.map { truth.names[number]?.contains($0) == true } ?? false
  }

  static func time(_ microseconds: Int64?) -> String {
    guard let microseconds, microseconds > 0 else { return "-" }
    return StoryClock(microseconds).govc
  }
}
