internal import ArgumentParser

struct Completion: AsyncParsableCommand {
  /// The shells that can complete our commands.
  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash
    case zsh
    case fish

    var parserShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  static let configuration = CommandConfiguration(
    abstract: "Print the script by which a shell completes commands and options.",
    discussion: helpText(
      """
      zsh: put it into a folder of $fpath as _yadokari. fish: as yadokari.fish into ~/.config/fish/completions.

      EXAMPLE
        yadokari completion bash > yadokari.bash && . ./yadokari.bash
      """))

  @Argument(help: "The shell.")
  var shell: Shell

  func run() async throws {
    let output = Output()
    try output.write(Yadokari.completionScript(for: shell.parserShell))
    try output.flush()
  }
}
