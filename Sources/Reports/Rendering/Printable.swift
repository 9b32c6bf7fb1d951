/// The text as a terminal or a page may show it: what would move the cursor, turn the direction of writing or break the
/// line becomes a blank. Data formats keep every character.
package func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isHarmful) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(isHarmful(scalar) ? " " : scalar) }
  return String(result)
}

private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value >= 0x20 && scalar.value < 0x7f { return false }
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: return true
  // Marks of direction and characters without a width; the joiners of emoji and of some scripts may stay.
  case .format: return scalar.value != 0x200c && scalar.value != 0x200d
  default: return false
  }
}
