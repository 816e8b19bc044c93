import TestSupport
import Testing

/// Edits of Flux's own objects that the API server refuses: all that is applied with them stands still.
@Suite struct FluxAdmissionTests: TrickyFleet {
  private static let apps = """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: apps
      namespace: flux-system
    spec:
      interval: 10m
      path: ./apps
      prune: true
      postBuild:
        substitute:
          replicas: "3"
      sourceRef:
        kind: GitRepository
        name: flux-system

    """
  private static let file = "clusters/hq/apps.yaml"

  private func report(_ old: String, _ new: String, _ files: Files = [:]) throws -> ReportJSON {
    let before = [Self.file: Self.apps, "apps/settings.yaml": Self.map].merging(files) { $1 }
    #expect(Self.apps.contains(old), "\(old)")
    return try review(before, before.merging([Self.file: Self.apps.replacing(old, with: new)]) { $1 })
  }

  @Test(arguments: [
    ("  prune: true\n", "", "required-field-missing"), ("  interval: 10m\n", "", "required-field-missing"),
    ("interval: 10m", "interval: 10", "wrong-scalar-type"), ("prune: true", "prune: \"true\"", "wrong-scalar-type"),
    ("replicas: \"3\"", "replicas: 3", "wrong-scalar-type"),
    ("interval: 10m", "interval: 10 min", "value-out-of-range"),
    ("interval: 10m", "interval: 1.m", "value-out-of-range"),
    ("interval: 10m", "interval: 1hm", "value-out-of-range"), ("interval: 10m", "interval: 1d", "value-out-of-range"),
    ("  path: ", "  Path: ", "unknown-field"), ("prune: true", "prune: true\n  targetNamspace: x", "unknown-field"),
    ("name: flux-system\n", "nam: flux-system\n", "required-field-missing"),
  ])
  func `what the definition refuses is told, once, at its place`(_ old: String, _ new: String, _ rule: String) throws {
    let finding = try report(old, new).only(rule)
    #expect(finding["verdict"].text == "rejected" && finding["location"]["path"].text == Self.file)
  }

  @Test(arguments: [
    ("interval: 10m", "interval: 1h30m"), ("interval: 10m", "interval: 1.5h"), ("interval: 10m", "interval: 1m0s250ms"),
    ("interval: 10m", "interval: 10m\n  wait: true\n  timeout: 5m"),
    ("prune: true", "prune: true\n  aFieldOfTomorrow: true"), ("v1\n", "v1beta2\n"),
  ])
  func `what it allows, or may allow in a later version, is not`(_ old: String, _ new: String) throws {
    #expect(try report(old, new).rules == [])
  }

  @Test func `what a patch of the build adds is not missing`() throws {
    let files = [
      "clusters/hq/kustomization.yaml": """
      resources: [flux-system, apps.yaml, machines.yaml]
      patches:
      - target: {kind: Kustomization, name: apps}
        patch: |
          - {op: add, path: /spec/interval, value: 5m}

      """,
      "clusters/hq/flux-system/kustomization.yaml": "resources: [gotk-sync.yaml]\n",
    ]
    #expect(try report("  interval: 10m\n", "", files).rules == [])
  }

  @Test func `two Kustomizations that apply the same object say it once`() throws {
    let twice = Self.apps.replacing("name: apps", with: "name: again").replacing("./apps", with: "./clusters/hq")
    let files = ["clusters/hq/again.yaml": twice]
    let finding = try report("prune: true", "prun: true", files).only("unknown-field")
    #expect(finding["field"].text == "spec.prun")
  }
}
