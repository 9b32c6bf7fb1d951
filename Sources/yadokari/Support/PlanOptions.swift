internal import ArgumentParser

/// Whether to change something: on every command that does.
struct PlanOptions: ParsableArguments {
  @Flag(help: "Show what would be done without doing it.")
  var plan = false

  @Flag(name: .shortAndLong, help: ArgumentHelp("Do not ask for confirmation.", visibility: .hidden))
  var yes = false
}
