internal import Hypervisor
internal import Inventory

/// What is known when a migration is left to a person: each host, and each file that a host sees.
extension Migration.Inquiry {
  func known(source host: ObjectReference, target other: ObjectReference) -> JSONValue {
    var list = [Self.known(of: host, sourceTruth, source)]
    if other != host { list.append(Self.known(of: other, targetTruth, target)) }
    return .array(list)
  }

  private static func known(of host: ObjectReference, _ truth: Truth?, _ report: CopyReport?) -> JSONValue {
    let files = (report?.disks ?? []).flatMap { disk in
      disk.files.map { file -> JSONValue in
        [
          "disk": .int(Int64(disk.number)), "file": .string("[\(file.datastore)] \(file.name)"),
          "is": .string(file.side?.rawValue ?? "log"), "size_mib": .double(file.sizeMiB),
          "complete": .bool(file.isComplete), "open": .bool(disk.isOpen && (file.side == nil || file.side == disk.home)),
        ]
      }
    }
    return ["host": .string(host.name), "vm": .string(truth.map { "\($0)" } ?? "unknown"), "files": .array(files)]
  }
}
