package import Foundation

/// Writes small Excel workbooks, with the parts as a test wants them.
package struct WorkbookFile {
  /// The names of the sheets and the XML between `<sheetData>` and its end.
  package var sheets: [(name: String, rows: String)]
  /// The shared texts as XML, `<si>` after `<si>`; nil for none.
  package var strings: String?
  /// `dcterms:created`; nil for no properties.
  package var created: String? = "2026-09-01T10:00:00Z"
  /// What stands before the names of the sheets' parts in the relationships: they may be relative or begin at the root.
  package var targetPrefix = ""
  /// Parts to leave out.
  package var missing: Set<String> = []

  package init(_ sheets: [(name: String, rows: String)]) { self.sheets = sheets }

  /// Sheets of texts: each field becomes a cell with its own text, but for numbers; a blank one is none.
  package init(tables: KeyValuePairs<String, [String]>) {
    self.init(tables.map { ($0.key, Self.rows($0.value)) })
  }

  /// Rows of fields that are separated by `|`.
  package static func rows(_ lines: [String]) -> String {
    lines.enumerated().map { number, line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { field in
        if field.isEmpty { return "<c/>" }
        if Double(field) != nil { return "<c><v>\(field)</v></c>" }
        return "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">\(field)</t></is></c>"
      }
      return "<row r=\"\(number + 1)\">\(cells.joined())</row>"
    }.joined()
  }

  /// The archive.
  package var data: Data {
    let namespace = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    var parts: [(String, String)] = [
      ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
      (
        "xl/workbook.xml",
        "<workbook \(namespace) xmlns:r=\"\(types)\"><sheets>"
          + sheets.enumerated().map { "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>" }.joined()
          + "</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        relations
          + sheets.indices.map {
            "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(types)/worksheet\" "
              + "Target=\"\(targetPrefix)worksheets/sheet\($0 + 1).xml\"/>"
          }.joined()
          + (strings == nil ? "" : "<Relationship Id=\"s\" Type=\"\(types)/sharedStrings\" Target=\"sharedStrings.xml\"/>")
          + "</Relationships>"
      ),
    ]
    if let strings { parts.append(("xl/sharedStrings.xml", "<sst \(namespace)>\(strings)</sst>")) }
    if let created {
      parts.append(
        (
          "docProps/core.xml",
          "<cp:coreProperties xmlns:cp=\"c\" xmlns:dcterms=\"http://purl.org/dc/terms/\"><dcterms:created>\(created)"
            + "</dcterms:created></cp:coreProperties>"
        ))
    }
    for (number, sheet) in sheets.enumerated() {
      parts.append(
        (
          "xl/worksheets/sheet\(number + 1).xml",
          "<worksheet \(namespace)><sheetData>\(sheet.rows)</sheetData></worksheet>"
        ))
    }
    var zip = StoredZip()
    for (name, text) in parts where !missing.contains(name) { zip.add(name, Data(text.utf8)) }
    return zip.data
  }
}

extension ScratchFolder {
  /// Writes bytes.
  package func write(_ data: Data, to name: String) throws -> String {
    try data.write(to: url.appendingPathComponent(name))
    return path(name)
  }
}
