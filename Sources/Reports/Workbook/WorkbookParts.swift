internal import Inventory

/// The parts of a workbook beside its sheets: what it consists of, and when it was made.
struct WorkbookParts {
  private let workbook: Workbook

  init(_ workbook: Workbook) { self.workbook = workbook }

  private static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
  private static let packages = "http://schemas.openxmlformats.org/package/2006"
  private static let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  /// Names and texts, in the order in which programs want to find them.
  var fixed: [(name: String, text: String)] {
    [
      ("[Content_Types].xml", contentTypes), ("_rels/.rels", relationships), ("docProps/core.xml", properties),
      ("xl/workbook.xml", list), ("xl/_rels/workbook.xml.rels", sheetRelationships),
      ("xl/styles.xml", styles),
    ]
  }

  private var numbers: Range<Int> { 1..<workbook.sheets.count + 1 }

  private var contentTypes: String {
    let sheets = numbers.map {
      #"<Override PartName="/xl/worksheets/sheet\#($0).xml" ContentType="\#(Self.types).worksheet+xml"/>"#
    }
    return Self.head + #"<Types xmlns="\#(Self.packages)/content-types">"#
      + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
      + #"<Default Extension="xml" ContentType="application/xml"/>"#
      + #"<Override PartName="/xl/workbook.xml" ContentType="\#(Self.types).sheet.main+xml"/>"#
      + #"<Override PartName="/xl/styles.xml" ContentType="\#(Self.types).styles+xml"/>"#
      + #"<Override PartName="/docProps/core.xml" "#
      + #"ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"# + sheets.joined() + "</Types>"
  }

  private var relationships: String {
    Self.head + #"<Relationships xmlns="\#(Self.packages)/relationships">"#
      + #"<Relationship Id="rId1" Type="\#(Self.documents)/officeDocument" Target="xl/workbook.xml"/>"#
      + #"<Relationship Id="rId2" Type="\#(Self.packages)/relationships/metadata/core-properties" "#
      + #"Target="docProps/core.xml"/></Relationships>"#
  }

  /// Programs expect the time in whole seconds.
  private var properties: String {
    let time = workbook.created.inWholeSeconds.description.prefix(19) + "Z"
    return Self.head + #"<cp:coreProperties xmlns:cp="\#(Self.packages)/metadata/core-properties" "#
      + #"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#
      + #"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>yadokari</dc:creator>"#
      + #"<dcterms:created xsi:type="dcterms:W3CDTF">\#(time)</dcterms:created></cp:coreProperties>"#
  }

  private var list: String {
    let sheets = zip(numbers, workbook.sheets).map { number, sheet in
      #"<sheet name="\#(SheetText.escaped(SheetText.name(sheet.name)))" sheetId="\#(number)" r:id="rId\#(number)"/>"#
    }
    return Self.head + #"<workbook xmlns="\#(SheetWriter.space)" xmlns:r="\#(Self.documents)"><sheets>"#
      + sheets.joined() + "</sheets></workbook>"
  }

  private var sheetRelationships: String {
    let sheets = numbers.map {
      #"<Relationship Id="rId\#($0)" Type="\#(Self.documents)/worksheet" Target="worksheets/sheet\#($0).xml"/>"#
    }
    let styles =
      #"<Relationship Id="rId\#(sheets.count + 1)" Type="\#(Self.documents)/styles" Target="styles.xml"/>"#
    return Self.head + #"<Relationships xmlns="\#(Self.packages)/relationships">"# + sheets.joined() + styles
      + "</Relationships>"
  }

  /// The number of the style in which dates stand.
  static let dateStyle = 1

  /// Programs want a font, a fill and a border, even where there is but one of each.
  private var styles: String {
    Self.head + #"<styleSheet xmlns="\#(SheetWriter.space)">"#
      + #"<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/mm/dd\ hh:mm:ss"/></numFmts>"#
      + #"<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>"#
      + #"<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"#
      + "</fills><borders count=\"1\"><border/></borders>"
      + #"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#
      + #"<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#
      + #"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>"#
      + #"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#
  }
}
