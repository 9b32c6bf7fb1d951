/// Why a text is no JSON, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  package let reason: String
  /// Bytes from the beginning of the text.
  package let offset: Int

  package var description: String { "\(reason) at byte \(offset)" }
}
