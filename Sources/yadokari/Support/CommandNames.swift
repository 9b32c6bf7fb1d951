internal import ArgumentParser
internal import Inventory

/// The names of commands, for a person who typed another one. The parser would call it an unexpected argument.
enum CommandNames {
  /// - Throws: `usage` for a word in the place of a command that none is called.
  static func check(_ words: [String], of root: any ParsableCommand.Type) throws {
    var command: any ParsableCommand.Type = root
    var path = [name(of: root)]
    // `help vm` is the same as `vm --help`.
    for word in words.first == "help" ? words.dropFirst() : words[...] {
      let subcommands = command.configuration.subcommands
      // After the first option, values and commands cannot be told apart.
      guard !subcommands.isEmpty, !word.hasPrefix("-") else { return }
      if let next = subcommands.first(where: { name(of: $0) == word }) {
        command = next
        path.append(word)
        continue
      }
      // What is no verb of a command that has a default one is an argument of that.
      guard command.configuration.defaultSubcommand == nil else { return }
      let names = subcommands.map { name(of: $0) }
      let spoken = path.joined(separator: " ")
      throw YadokariError(
        .usage,
        path.count == 1
          ? "there is no command \"\(word)\"\(NearNames.question(word, among: names)); \"yadokari --help\" lists them"
          : "\"\(spoken)\" has no \"\(word)\"\(NearNames.question(word, among: names)); it has: "
            + names.joined(separator: ", "))
    }
  }

  private static func name(of command: any ParsableCommand.Type) -> String { command._commandName }
}
