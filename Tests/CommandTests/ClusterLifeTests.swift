import TestSupport
import Testing

/// The lives of clusters, as `fluxwarden audit` tells them.
@Suite struct ClusterLifeTests {
  let repository: TestRepository
  private let path = Manifest.path

  init() throws { repository = try .fleet() }

  /// `events: workers/control plane/version`, with `-` where the cluster is gone, for each step of a cluster.
  private func life(of name: String, _ arguments: String...) throws -> [String] {
    let result = try Product.run(["audit", "--format", "json"] + arguments, in: repository.path)
    let clusters = try ReportJSON(result).value["clusters"].items.filter { $0["object"]["name"].text == name }
    #expect(clusters.count <= 1)
    return (clusters.first?["steps"].items ?? []).map { step in
      let events = step["events"].items.compactMap(\.text).joined(separator: "+")
      let state = step["state"]
      let numbers = [state["workers"].int, state["controlPlane"].int].map { $0.map(String.init) ?? "?" }
      let version = state["kubernetesVersion"].text ?? "?"
      let words = state == .null ? "-" : "\(numbers.joined(separator: "/"))/\(version)"
      return "\(events): \(words)" + (step["otherName"].text.map { " (\($0))" } ?? "")
    }
  }

  private func edit(_ minute: Int, _ change: (String) -> String) throws {
    try repository.write(path, change(try repository.folder.text(repository.name + "/" + path)))
    try repository.commit("step \(minute)", minute: minute)
  }

  @Test func `counts, versions, pauses, the end and a new beginning are told with their commits`() throws {
    let first = try life(of: "prod")
    #expect(first.count == 1 && first[0].hasPrefix("created: "))
    try repository.scaleToZero()
    let mistake = try repository.commit("zero", minute: 1)
    try repository.write(path, Manifest.cluster())
    try repository.commit("back", minute: 2)
    try repository.git(["rm", "--quiet", path])
    try repository.commitStaged("away", minute: 3)
    try repository.write(path, Manifest.cluster())
    try repository.commit("again", minute: 4)
    let life = try life(of: "prod")
    #expect(life.map { $0.prefix { $0 != ":" } } == ["created", "scaled", "scaled", "deleted", "created"])
    #expect(life[1].hasPrefix("scaled: 0/") && life[3] == "deleted: -" && life[2].dropFirst(8) == life[0].dropFirst(9))
    let steps = try repository.report("audit").value["clusters"].items.first { $0["object"]["name"].text == "prod" }
    #expect(steps?["steps"].items[1]["commit"]["id"].text == mistake)
    #expect(steps?["live"] == .bool(true))
  }

  @Test func `another name is another life, and the way back the first one`() throws {
    try edit(1) { $0.replacing("name: prod\n", with: "name: prod-2\n") }
    try edit(2) { $0.replacing("name: prod-2\n", with: "name: prod\n") }
    let first = try life(of: "prod").map { $0.prefix { $0 != ":" } + ($0.contains("(default/prod-2)") ? "!" : "") }
    #expect(first == ["created", "renamed!", "renamed!"])
    #expect(try life(of: "prod-2").map { $0.hasSuffix("(default/prod)") } == [true, true])
  }

  @Test func `a folder that moves ends nothing`() throws {
    try repository.git("mv clusters/hq clusters/head")
    try repository.commitStaged("move", minute: 1)
    #expect(try life(of: "prod").map { $0.prefix { $0 != ":" } } == ["created", "moved"])
  }

  @Test func `a merge tells what its branch brought, and a branch that never landed tells nothing`() throws {
    try repository.git("checkout --quiet -b change")
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    try repository.git("checkout --quiet main")
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: 2)
    #expect(try life(of: "prod", "--all").count == 1)
    try repository.git(
      ["merge", "--quiet", "--no-ff", "-m", "merge", "change"], environment: TestRepository.dates(minute: 3))
    let merge = try repository.git("rev-parse HEAD")
    #expect(try life(of: "prod", "--all").count == 2)
    let clusters = try repository.report("audit").value["clusters"].items
    let prod = clusters.first { $0["object"]["name"].text == "prod" }
    #expect(prod?["steps"].items.last?["commit"]["id"].text == merge)
  }

  @Test func `what stood there before a part of the history is present, not created`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    let life = try life(of: "prod", "HEAD~1..HEAD")
    #expect(life.map { $0.prefix { $0 != ":" } } == ["present+scaled"])
    #expect(life.last?.contains("0/") == true)
  }

  @Test func `a name that holds a credential is masked, and a page about it too`() throws {
    try edit(1) { $0.replacing("name: prod\n", with: "name: \(Manifest.token)\n") }
    for format in ["json", "html"] {
      let result = try repository.fluxwarden("audit", "--format", format)
      #expect(!result.text.contains(Manifest.token), "\(format)")
    }
  }

  @Test func `a page shows the difference of an edit, and no secret`() throws {
    try repository.scaleToZero()
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("zero", minute: 1)
    let page = try repository.fluxwarden("audit", "--format", "html").text
    #expect(page.contains(#/<span class="old"><i> *\d+<\/i> - .*count: /#))
    #expect(page.contains(#/<span class="new at"><i> *\d+<\/i> \+ .*count: 0/#))
    #expect(page.contains("release.sh") && !page.contains(Manifest.token))
  }
}
