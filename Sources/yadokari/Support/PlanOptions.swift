internal import ArgumentParser

/// Whether to change something: on every command that does.
struct PlanOptions: ParsableArguments {
  @Flag(help: "Show what would be done, and do nothing.")
  var plan = false

  @Flag(name: .shortAndLong, help: "Ask nothing. (Nothing is asked yet.)")
  var yes = false
}
