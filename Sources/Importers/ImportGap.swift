/// A hole in the evidence that an import shows.
package struct ImportGap: Sendable, Equatable {
  /// One of the contract's gap codes.
  package let code: String
  package let text: String

  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}
