// swift-tools-version: 6.2
// Every room of the house, floor by floor: a target may depend only on targets above it in this list.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "yadokari",
  products: [.executable(name: "yadokari", targets: ["yadokari"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
  ],
  targets: [
    // Floor 0: C
    .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "CSchema"),
    .target(name: "CDemo", exclude: ["week.json"]),
    .target(name: "CTerminal"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

    // Floor 1: the SQLite layer and the nouns
    .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: strict),
    .target(name: "Inventory", swiftSettings: strict),

    // Floor 2: pure logic
    .target(name: "History", dependencies: ["Inventory"], swiftSettings: strict),
    .target(name: "Planning", dependencies: ["Inventory"], swiftSettings: strict),
    .target(name: "Hypervisor", dependencies: ["Inventory"], swiftSettings: strict),

    // Floor 3: the owner of the file, and the old command's syntax
    .target(name: "SVMotion", dependencies: ["Inventory", "Planning"], swiftSettings: strict),
    .target(
      name: "Ledger",
      dependencies: ["CSchema", "SQLite", "Inventory", "History", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),

    // Floor 4: what comes in, what goes out
    .target(
      name: "Importers",
      dependencies: ["CLibXML2", "CZip", "CZlib", "Inventory", "Ledger", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "Engines", dependencies: ["Inventory", "History", "Planning", "Hypervisor", "Ledger"], swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["CTerminal", "Inventory", "History", "Planning", "Ledger"], swiftSettings: strict),

    // Floor 6: the command line
    .executableTarget(
      name: "yadokari",
      dependencies: [
        "CDemo", "Inventory", "History", "Planning", "Hypervisor", "Ledger", "Importers", "Engines", "Reports",
        "SVMotion", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Measured against plain C, and forecasts against plays; see tools/bench
    .target(name: "CBaseline", dependencies: ["CSQLite", "CLibXML2"], path: "Benchmarks/CBaseline"),
    .target(name: "TestSupport", dependencies: ["Inventory", "Ledger"], path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "PlayLab", dependencies: ["Inventory", "Planning", "Hypervisor", "Ledger", "Engines", "TestSupport"],
      path: "Tests/PlayLab", swiftSettings: strict),
    .executableTarget(
      name: "YadokariBench",
      dependencies: [
        "SQLite", "CBaseline", "Inventory", "Planning", "Hypervisor", "Ledger", "Importers", "Engines", "Reports", "PlayLab",
      ],
      path: "Benchmarks/YadokariBench", swiftSettings: strict),

    // Tests, beside each room
    .target(name: "FaultSQLite", dependencies: ["CSQLite"], path: "Tests/FaultSQLite"),
    .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "InventoryTests", dependencies: ["Inventory", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "HistoryTests", dependencies: ["History", "Inventory", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PlanningTests", dependencies: ["Planning", "Importers", "Inventory", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "SVMotionTests", dependencies: ["SVMotion", "Planning", "Inventory"], swiftSettings: strict),
    .testTarget(name: "HypervisorTests", dependencies: ["Hypervisor", "Inventory", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "EnginesTests",
      dependencies: [
        "Engines", "Hypervisor", "History", "Planning", "Ledger", "Importers", "Inventory", "PlayLab", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests", dependencies: ["Ledger", "CSchema", "SQLite", "History", "Inventory", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ImportersTests",
      dependencies: ["Importers", "Ledger", "History", "Inventory", "Reports", "SQLite", "FaultSQLite", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Planning", "History", "Ledger", "Importers", "Inventory", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "StoryTests",
      dependencies: ["Reports", "Planning", "Ledger", "Importers", "History", "SQLite", "Inventory", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "CommandTests", dependencies: ["yadokari", "Inventory", "TestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
