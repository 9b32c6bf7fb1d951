/// The discussion of a command as the parser wants it: a paragraph is one line, which is wrapped to the width of the
/// terminal; the lines of the examples stay as they are, so that they can be copied.
func helpText(_ text: String) -> String {
  var (paragraphs, isExample): ([String], Bool) = ([], false)
  var isOpen = false
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line == "EXAMPLE" { isExample = true }
    if isOpen, !isExample, !line.isEmpty {
      paragraphs[paragraphs.count - 1] += " \(line)"
    } else {
      paragraphs.append(String(line))
    }
    isOpen = !line.isEmpty
  }
  return paragraphs.joined(separator: "\n")
}
