internal import Foundation
internal import Inventory

/// Questions to a person, and the answers.
package struct Dialogue {
  private let read: (_ isSecret: Bool) throws -> String?
  private let write: (String) throws -> Void

  /// How often one question is asked.
  private static let tries = 3

  /// - Parameters:
  ///   - read: the next line, nil where there is none; a secret one is not shown.
  ///   - write: shows a text as it is.
  package init(
    read: @escaping (_ isSecret: Bool) throws -> String?, write: @escaping (String) throws -> Void
  ) {
    (self.read, self.write) = (read, write)
  }

  /// Asks until the answer is good, three times at most.
  /// - Parameter check: throws what is wrong with an answer.
  /// - Returns: the answer, without blanks around it.
  /// - Throws: what was wrong with the last answer; `usage` where the input ends.
  package func answer(
    to question: String, isSecret: Bool = false, check: (String) throws -> Void = { _ in }
  ) throws -> String {
    var attempt = 0
    while true {
      attempt += 1
      try write("\(question): ")
      guard let line = try read(isSecret) else {
        try write("\n")
        throw YadokariError(.usage, "the input ended at the question \"\(question)\"; nothing was done")
      }
      let answer = line.trimmingCharacters(in: .whitespacesAndNewlines)
      do {
        try check(answer)
        return answer
      } catch let error as YadokariError {
        if attempt == Self.tries { throw error }
        try write("\(error.message)\n")
      }
    }
  }

  /// Asks for yes or no.
  /// - Throws: as `answer`.
  package func isYes(to question: String) throws -> Bool {
    let answer = try answer(to: "\(question) (yes/no)") { answer in
      if Self.meaning(of: answer) == nil { throw YadokariError(.usage, "answer yes or no") }
    }
    return Self.meaning(of: answer) ?? false
  }

  private static func meaning(of answer: String) -> Bool? {
    switch answer.lowercased() {
    case "yes", "y": true
    case "no", "n": false
    default: nil
    }
  }
}
