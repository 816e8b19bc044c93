import Flux
import Foundation
import Testing

/// The folders of `Fixtures` are built and compared with what kustomize 5.8.1 printed for them.
///
/// To record again, run the program in each folder and write its output to `NAME.expected.yaml` beside it.
@Suite struct KustomizeFixtureTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Fixtures")

  /// All fixtures as one tree.
  private static func tree() throws -> FlatTree {
    var files: [String: String] = [:]
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    for name in names {
      let url = root.appendingPathComponent(name)
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
      files[name] = try String(contentsOf: url, encoding: .utf8)
    }
    return FlatTree(texts: files)
  }

  /// The folders with an output beside them.
  private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? [])
    .filter { $0.hasSuffix(".expected.yaml") }.map { String($0.dropLast(".expected.yaml".count)) }.sorted()

  @Test(arguments: names)
  func `the build of a folder prints what kustomize prints`(name: String) throws {
    let result = Kustomize(tree: try Self.tree(), cache: ParseCache()).build(name)
    #expect(result.problems.isEmpty)
    let expected = try String(contentsOf: Self.root.appendingPathComponent("\(name).expected.yaml"), encoding: .utf8)
    let found = String(decoding: YAMLPrinter.print(result.objects), as: UTF8.self)
    #expect(found == expected)
  }

  @Test func `there are fixtures`() { #expect(!Self.names.isEmpty) }
}
