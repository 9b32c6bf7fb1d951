internal import ArgumentParser

/// Refuses what was given and says nothing: a blank name would fit objects without one.
func refuseBlank(_ options: (name: String, text: String?)...) throws {
  for (name, text) in options where text?.allSatisfy(\.isWhitespace) == true {
    throw ValidationError("\(name) is blank; fill it in, or leave it out")
  }
}
