package import Foundation

extension JSONValue: Decodable {
  /// Reads JSON text. The decoder's dictionaries have no order, so members come sorted by key.
  ///
  /// - Throws: `DecodingError` for text that is no JSON.
  package init(parsing data: Data) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: data)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String: JSONValue].self) {
      self = .object(value.sorted { $0.key < $1.key }.map { Member($0.key, $0.value) })
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .int(value)
    } else {
      self = .double(try container.decode(Double.self))
    }
  }
}
