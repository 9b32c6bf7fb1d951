#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An executor with a thread of its own: the jobs of its actor run there, one after the other.
///
/// Disk writes block. On the shared pool of threads they would hold up everybody else's work.
package final class ThreadExecutor: SerialExecutor {
  private let queue = JobQueue()

  package init() {
    var thread = pthread_t()
    let queue = Unmanaged.passRetained(self.queue).toOpaque()
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue().runJobs()
        return nil
      }, queue)
    precondition(code == 0, "the system gives no thread: error \(code)")
    pthread_detach(thread)
  }

  deinit { queue.close() }

  package func enqueue(_ job: consuming ExecutorJob) {
    queue.add(UnownedJob(job), for: asUnownedSerialExecutor())
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

/// Jobs on their way to the thread. It outlives the executor until the thread has seen the end.
private final class JobQueue: @unchecked Sendable {
  private var mutex = pthread_mutex_t()
  private var condition = pthread_cond_t()
  private var jobs: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
  private var isClosed = false

  init() {
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&condition, nil)
  }

  deinit {
    pthread_cond_destroy(&condition)
    pthread_mutex_destroy(&mutex)
  }

  func add(_ job: UnownedJob, for executor: UnownedSerialExecutor) {
    pthread_mutex_lock(&mutex)
    jobs.append((job, executor))
    pthread_cond_signal(&condition)
    pthread_mutex_unlock(&mutex)
  }

  func close() {
    pthread_mutex_lock(&mutex)
    isClosed = true
    pthread_cond_signal(&condition)
    pthread_mutex_unlock(&mutex)
  }

  func runJobs() {
    while let batch = nextBatch() {
      for entry in batch { entry.job.runSynchronously(on: entry.executor) }
    }
  }

  /// Waits for work; nil when the executor has gone and nothing is left.
  private func nextBatch() -> [(job: UnownedJob, executor: UnownedSerialExecutor)]? {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    while jobs.isEmpty {
      if isClosed { return nil }
      pthread_cond_wait(&condition, &mutex)
    }
    defer { jobs.removeAll() }
    return jobs
  }
}
