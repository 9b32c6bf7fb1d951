internal import Inventory

/// One page of HTML that stands alone: nothing to fetch, and readable without scripts. It is well-formed XML too.
struct Page {
  let zone: DisplayZone
  /// The program and its version, as the foot names it.
  let program: String
  /// What a person would type to make it again; nil where nobody typed it.
  var command: String?

  /// All before the content.
  func opening(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="generator" content="\(HTML.escaped(program))"/>
    <title>\(HTML.escaped(title))</title>
    <style>
    \(PageStyle.text)
    </style>
    </head>
    <body>

    """
  }

  /// The foot, and the end of the page.
  /// - Parameter facts: what the answer rests on.
  func closing(at moment: Instant?, facts: [(name: String, text: String)]) -> String {
    let view = moment.map { [("As of", "\(zone.text($0)) (\($0))")] } ?? []
    let items =
      view + [("Times in", zone.name)] + facts + [("Made by", program)]
      + (command.map { [("Command", $0)] } ?? [])
    return """
      <footer>
      <dl>
      \(items.map { "<div><dt>\(HTML.escaped($0.0))</dt><dd>\(HTML.escaped($0.1))</dd></div>\n" }.joined())</dl>
      </footer>
      </body>
      </html>

      """
  }
}
