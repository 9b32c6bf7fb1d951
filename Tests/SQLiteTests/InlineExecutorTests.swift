import Testing

@testable import SQLite

@Suite("An executor that runs its jobs on the thread of whoever finds it idle")
struct InlineExecutorTests {
  /// Counts without a lock of its own: two jobs at once would lose some, and show.
  private actor Counter {
    private nonisolated let executor = InlineExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private(set) var count = 0
    private var isInside = false
    private(set) var overlaps = 0

    func add() {
      if isInside { overlaps += 1 }
      isInside = true
      count += 1
      isInside = false
    }

    /// Starts tasks that come back to the executor while it runs this one.
    func addByTasks(_ number: Int) async {
      let tasks = (0..<number).map { _ in Task { add() } }
      for task in tasks { await task.value }
    }
  }

  @Test func oneJobRunsAtATimeAndNoneIsLost() async {
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<20_000 { await counter.add() } }
      }
    }
    #expect(await counter.count == 160_000)
    #expect(await counter.overlaps == 0)
  }

  @Test func whoeverWaitsMayDropTheLastReference() async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { for _ in 0..<5000 { await Counter().add() } }
      }
    }
  }

  @Test func aJobThatStartsOthersDoesNotWaitForItself() async {
    let counter = Counter()
    await counter.addByTasks(1000)
    #expect(await counter.count == 1000)
  }
}
