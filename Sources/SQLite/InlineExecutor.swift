#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Runs the jobs of its actor one after the other, on the thread of whoever finds it idle: a commit costs no way to another
/// thread and back. Whoever comes while it is busy leaves its job and does not wait.
///
/// Its lock is the system's and not the language's, which the thread sanitizer does not know.
final class InlineExecutor: SerialExecutor, @unchecked Sendable {
  private var mutex = pthread_mutex_t()
  private var jobs: [UnownedJob] = []
  private var isBusy = false

  init() { pthread_mutex_init(&mutex, nil) }

  deinit { pthread_mutex_destroy(&mutex) }

  func enqueue(_ job: consuming ExecutorJob) {
    // Whoever waits for the last job may be the last to hold us, and may go on before the loop ends.
    let held = Unmanaged.passRetained(self)
    defer { held.release() }
    guard isIdle(leaving: UnownedJob(job)) else { return }
    while let next = takeNext() { next.runSynchronously(on: asUnownedSerialExecutor()) }
  }

  /// Leaves a job; says whether nobody is running jobs, so that the caller has to.
  private func isIdle(leaving job: UnownedJob) -> Bool {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    jobs.append(job)
    defer { isBusy = true }
    return !isBusy
  }

  private func takeNext() -> UnownedJob? {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    if jobs.isEmpty { isBusy = false }
    return jobs.isEmpty ? nil : jobs.removeFirst()
  }
}
