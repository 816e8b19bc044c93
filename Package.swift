// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

/// A C library of the system, found through pkg-config.
func system(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

/// A module of fluxwarden; the list of its dependencies is the architecture's arrows.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a module, beside it in `Tests`, with the folders that hold no source.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "fluxwarden",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "fluxwarden", targets: ["fluxwarden"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    system("CLibgit2", pkgConfig: "libgit2", apt: "libgit2-dev", brew: "libgit2"),
    system("CVectorscan", pkgConfig: "libhs", apt: "libvectorscan-dev", brew: "vectorscan"),
    system("CPCRE2", pkgConfig: "libpcre2-8", apt: "libpcre2-dev", brew: "pcre2"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
    system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev", brew: "libyaml"),
    // A header of our own; nothing is linked.
    .systemLibrary(name: "CBytes", path: "Sources/CBytes"),

    module("Git", ["CLibgit2"]),
    module("Manifests", ["CYAML"]),
    module("Flux", ["Manifests", crypto]),
    module("Secrets", ["CVectorscan", "CPCRE2", "CZlib", "CBytes"]),
    module("Policy", ["Manifests", "Flux", crypto]),
    module("Rules", ["Policy", "Manifests", "Flux", "Secrets"]),
    module("Configuration", ["Manifests", "Policy"]),
    module("Scanning", ["Git", "Manifests", "Flux", "Policy", "Configuration", "Secrets", crypto]),
    module("Reporting", ["Policy", "Manifests", "Flux", crypto]),
    module("Posting", ["Reporting", "Policy", "Manifests"]),
    .executableTarget(
      name: "fluxwarden",
      dependencies: [
        "Git", "Manifests", "Flux", "Policy", "Posting", "Rules", "Configuration", "Scanning", "Secrets", "Reporting",
        argumentParser,
      ],
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("PolicyTests", ["Policy", "Manifests"]),
    tests("ScanningTests", ["Scanning", "Policy", "Manifests"]),
    tests("ConfigurationTests", ["Configuration", "Policy", "Manifests", "Flux"]),
    tests("PostingTests", ["Posting", "Policy", "Manifests", "Flux"]),
    tests("RulesTests", ["Rules", "Policy", "Flux", "Manifests"]),
    tests("GitTests", ["Git", "TestSupport"]),
    tests("ManifestsTests", ["Manifests"]),
    tests("FluxTests", ["Flux", "Manifests"], exclude: ["Fixtures"]),
    tests("SecretsTests", ["Secrets", "CZlib", "TestSupport"]),
    tests("ReportingTests", ["Reporting", "Policy", "Manifests", "Flux", "TestSupport"], exclude: ["Golden"]),
    tests(
      "CommandTests", ["fluxwarden", "Manifests", "Policy", "Rules", "TestSupport"], exclude: ["Fixtures"]),
    .executableTarget(
      name: "benchmarks", dependencies: ["Git", "Scanning"], path: "Tests/Benchmarks", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
