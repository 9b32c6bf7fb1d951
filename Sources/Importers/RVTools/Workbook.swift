internal import Inventory

/// An Excel workbook: which sheets it has, when it was made, and the rows of each.
final class Workbook {
  /// A sheet, and the part of the archive that holds it.
  struct Sheet {
    let name: String
    let part: String
  }

  private let path: InputPath
  private let archive: ZipArchive
  private let workbookPart: String
  /// In the order of the tabs.
  private(set) var sheets: [Sheet] = []
  /// `dcterms:created` of the properties, as it stands there.
  private(set) var created: String?
  private var stringsPart: String?
  private lazy var strings = Result { try readStrings() }

  /// Parts that only list others are small.
  private static let listLimit = 8 << 20

  /// - Throws: `failed` for an archive that is no workbook.
  init(path: InputPath) throws {
    self.path = path
    archive = try ZipArchive(path: path)
    let package = try Self.relationships(of: "", in: archive, path)
    workbookPart = package.first { $0.type == "officeDocument" }?.target ?? "xl/workbook.xml"
    guard archive.has(workbookPart), archive.has("[Content_Types].xml") else {
      throw YadokariError(
        .failed,
        "\(path) is a zip archive, but no Excel workbook (it has no \(workbookPart)); unpack it and import what is in it")
    }
    let parts = try Self.relationships(of: workbookPart, in: archive, path)
    stringsPart = parts.first { $0.type == "sharedStrings" }?.target
    let targets = Dictionary(parts.map { ($0.id, $0.target) }, uniquingKeysWith: { first, _ in first })
    var named: [(name: String, id: String)] = []
    try read(
      workbookPart,
      XMLElementList(element: { name, attributes in
        if case "sheet" = name, let sheet = attributes["name"], let id = attributes["id"] { named.append((sheet, id)) }
      }))
    for (name, id) in named {
      guard let part = targets[id], archive.has(part) else {
        throw YadokariError(
          .failed,
          "\(path), sheet \(name): the workbook has no part \(targets[id] ?? id); copy it again, or save it again in Excel")
      }
      sheets.append(Sheet(name: name, part: part))
    }
    let properties = package.first { $0.type == "core-properties" }?.target ?? "docProps/core.xml"
    if archive.has(properties) {
      try read(properties, XMLElementList(content: { if case "created" = $0 { self.created = $1 } }))
    }
  }

  /// Gives the rows of a sheet in which something stands.
  /// - Parameter body: false where it has seen enough.
  func forEachRow(of sheet: Sheet, _ body: (SheetRow) throws -> Bool) throws {
    let strings = try strings.get()
    try withoutActuallyEscaping(body) { body in
      let place = "\(path), sheet \(sheet.name)"
      try read(sheet.part, SheetParser(strings: strings, place: place, take: body), limit: ZipArchive.sizeLimit)
    }
  }

  private func read(_ part: String, _ handler: any XMLPartHandler, limit: Int = listLimit) throws {
    _ = try XMLPart.parse(part, of: archive, at: path, limit: limit, telling: handler)
  }

  private func readStrings() throws -> SharedStrings {
    let strings = SharedStrings()
    // A workbook whose cells hold their own texts has none.
    if let stringsPart {
      guard archive.has(stringsPart) else {
        throw YadokariError(.failed, "\(path): it has no \(stringsPart), where its texts are; copy it again")
      }
      try read(stringsPart, strings, limit: SharedStrings.sizeLimit)
    }
    return strings
  }

  private struct Relationship {
    let id: String
    /// The end of its address, such as `worksheet`.
    let type: String
    /// From the root of the archive, without a slash before it.
    let target: String
  }

  /// What a part refers to: targets are relative to its folder, or begin at the root.
  private static func relationships(of part: String, in archive: ZipArchive, _ path: InputPath) throws -> [Relationship] {
    let names = part.split(separator: "/")
    let folder = names.dropLast()
    let list = (folder + ["_rels", "\(names.last ?? "").rels"]).joined(separator: "/")
    var found: [Relationship] = []
    let handler = XMLElementList(element: { name, attributes in
      guard case "Relationship" = name, let id = attributes["Id"], let target = attributes["Target"] else { return }
      let type = attributes["Type"]?.split(separator: "/").last.map(String.init) ?? ""
      var steps = target.hasPrefix("/") ? [] : Array(folder)
      for step in target.split(separator: "/") where step != "." {
        if step == ".." { _ = steps.popLast() } else { steps.append(step) }
      }
      found.append(Relationship(id: id, type: type, target: steps.joined(separator: "/")))
    })
    _ = try XMLPart.parse(list, of: archive, at: path, limit: listLimit, telling: handler)
    return found
  }
}
