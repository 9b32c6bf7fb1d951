internal import ArgumentParser

/// A size of memory as people write it: `4GiB`, `512MiB`, `4g`, `2048` (MiB).
struct MemorySize: ExpressibleByArgument {
  let mib: Int64

  init?(argument: String) {
    let text = argument.lowercased().filter { $0 != " " }
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let units: [String: Double] = [
      "": 1, "m": 1, "mib": 1, "mb": 1, "g": 1024, "gib": 1024, "gb": 1024, "t": 1_048_576, "tib": 1_048_576,
      "tb": 1_048_576,
    ]
    guard let number = Double(digits), let unit = units[String(text.dropFirst(digits.count))] else { return nil }
    let size = (number * unit).rounded()
    guard size >= 1, size < 1e12 else { return nil }
    mib = Int64(size)
  }
}
