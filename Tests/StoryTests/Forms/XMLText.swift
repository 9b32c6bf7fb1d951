import Foundation

/// Texts and elements of XML, as Go's encoder writes them.
enum XMLText {
  static func escape(_ text: String) -> String {
    guard text.contains(where: { "&<>\"'".contains($0) }) else { return text }
    return [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&#34;"), ("'", "&#39;")].reduce(text) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }

  /// An element with the type attribute's odd prefix.
  static func typed(_ name: String, _ type: String, _ text: String) -> String {
    "<\(name) xmlns:_XMLSchema-instance=\"http://www.w3.org/2001/XMLSchema-instance\" _XMLSchema-instance:type=\"\(type)\">"
      + "\(escape(text))</\(name)>"
  }

  static func fault(_ type: String, _ words: String) -> String {
    "<reason>" + typed("fault", type, "") + "<localizedMessage>\(escape(words))</localizedMessage></reason>"
  }

  static func reference(_ field: String, _ inner: String, _ type: String, _ value: StoryRecord.Reference?) -> String {
    guard let value else { return "" }
    return "<\(field)><name>\(escape(value.name))</name><\(inner) type=\"\(type)\">\(value.id)</\(inner)></\(field)>"
  }
}
