internal import Foundation
internal import Inventory

/// What the files of a VM are called.
///
/// Where no inventory tells, by convention: `NAME/NAME.vmx` in its home; its disks beside it, each on its own datastore:
/// `NAME/NAME.vmdk`, `NAME/NAME_1.vmdk`, `NAME/NAME_2.vmdk` and so on.
package struct VMFiles: Sendable, Equatable {
  package let vm: String
  /// The datastore of its home; nil where that is not known.
  package let home: String?
  /// The .vmx file in its home.
  package let configuration: String
  /// The datastores of its disks; nil where its inventory does not list them.
  package let disks: [String]?

  /// - Parameter path: of the .vmx file as an inventory told it; its datastore may be the one of an earlier time.
  package init(vm: String, home: String?, path: String?, disks: [String]?) {
    (self.vm, self.home, self.disks) = (vm, home, disks)
    let bracket = home.map { "[\($0)]" } ?? ""
    let file = path.map { path in
      path.hasPrefix(bracket) && home != nil
        ? path.dropFirst(bracket.count) : path.drop { $0 != "]" }.dropFirst()
    }
    let told = file?.trimmingCharacters(in: .whitespaces) ?? ""
    configuration = told.isEmpty ? "\(vm)/\(vm).vmx" : told
  }

  /// Whether a path names its .vmx file.
  package func isNamed(by path: DatastorePath) -> Bool { home.map { path.isFile(configuration, on: $0) } ?? false }

  /// The place in the VM of the disk that a path names.
  /// - Throws: `notFound`, with what its disks are called.
  package func disk(named path: DatastorePath) throws -> Int {
    guard let disks else {
      throw YadokariError(
        .notFound,
        "\(path.text): which disks VM \(vm) has, its inventory does not say; leave --disks out, or import a cluster file")
    }
    guard let number = disks.indices.first(where: { path.isFile(file(ofDisk: $0), on: disks[$0]) }) else {
      throw YadokariError(.notFound, "VM \(vm) has no disk \(path.text). Its files: \(list)")
    }
    return number
  }

  /// The .vmdk file of a disk, without its datastore.
  package func file(ofDisk number: Int) -> String {
    let stem = DatastorePath.ends(configuration, .configuration) ? configuration.dropLast(4) : configuration[...]
    return "\(stem)\(number == 0 ? "" : "_\(number)").vmdk"
  }

  /// All of them, as a person would write them.
  package var list: String {
    guard let home else { return "none that are known" }
    let all = ["[\(home)] \(configuration)"] + (disks ?? []).enumerated().map { "[\($1)] \(file(ofDisk: $0))" }
    return all.joined(separator: ", ")
  }
}
