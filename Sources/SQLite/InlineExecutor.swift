internal import Synchronization

/// Runs the jobs of its actor one after the other, on the thread of whoever finds it idle: a commit costs no way to another
/// thread and back. Whoever comes while it is busy leaves its job and does not wait.
package final class InlineExecutor: SerialExecutor {
  private let state = Mutex(State())

  private struct State {
    var jobs: [UnownedJob] = []
    var isBusy = false
  }

  package init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isMine = state.withLock { state in
      state.jobs.append(job)
      defer { state.isBusy = true }
      return !state.isBusy
    }
    guard isMine else { return }
    while let next = takeNext() { next.runSynchronously(on: asUnownedSerialExecutor()) }
  }

  private func takeNext() -> UnownedJob? {
    state.withLock { state in
      guard !state.jobs.isEmpty else {
        state.isBusy = false
        return nil
      }
      return state.jobs.removeFirst()
    }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}
