import Foundation

@testable import Importers

/// The file that readers are given: one without a name, filled anew with each input.
enum FuzzFile {
  private static let descriptor: Int32 = {
    var template = Array("\(NSTemporaryDirectory())yadokari-fuzz-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { fatalError("no temporary file") }
    unlink(template)
    return descriptor
  }()

  static func path(holding bytes: some Collection<UInt8>) -> InputPath {
    ftruncate(descriptor, 0)
    let bytes = Array(bytes)
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { fatalError("no space for the input") }
    return InputPath("/dev/fd/\(descriptor)")
  }
}
