package import Foundation

extension FileHandle {
  /// Opens an empty file for writing: a new one, or the one of that name without its content.
  ///
  /// `FileManager.createFile` makes the file under another name first, and a process that dies between leaves it behind.
  /// - Parameter rights: of the file, as `chmod` has them; nil for those that the process gives to new files.
  /// - Returns: nil where the file cannot be made.
  package static func empty(_ path: String, rights: mode_t? = nil) -> FileHandle? {
    let descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return nil }
    if let rights { fchmod(descriptor, rights) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
