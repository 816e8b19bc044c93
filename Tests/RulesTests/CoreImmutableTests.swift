import Flux
import Policy
import Testing

/// Fields of Kubernetes' own kinds that the API server does not let change.
@Suite struct CoreImmutableTests {
  /// An edit of one object that Flux applies, as flow YAML.
  struct Edit: Sendable, CustomTestStringConvertible {
    let kind: String
    let old: String
    let new: String
    var testDescription: String { "\(kind) \(old) → \(new)" }

    init(_ kind: String, _ old: String, _ new: String) {
      (self.kind, self.old, self.new) = (kind, old, new)
    }
  }

  private static func manifest(_ kind: String, _ body: String, _ annotations: String = "") -> String {
    let parts = kind.split(separator: " ")
    let marks = annotations.isEmpty ? "" : ", annotations: {\(annotations)}"
    return "apiVersion: \(parts[0])\nkind: \(parts[1])\nmetadata: {name: it, namespace: web\(marks)}\n\(body)\n"
  }

  private func findings(
    _ edit: Edit, force: Bool = false, annotations: (String, String) = ("", ""), owned: Bool = true
  ) -> [Finding] {
    var files = TestFleet.files
    if owned {
      files["clusters/mgmt/apps.yaml"] = TestFleet.kustomization(
        "apps", path: "./apps", more: force ? "force: true\n  interval: 1h" : "interval: 1h")
    }
    return Judgement(
      before: files.merging(["apps/it.yaml": Self.manifest(edit.kind, edit.old, annotations.0)]) { $1 },
      after: files.merging(["apps/it.yaml": Self.manifest(edit.kind, edit.new, annotations.1)]) { $1 }
    ).findings.filter { $0.rule == "immutable-field-edit" }
  }

  private static let pods = "template: {metadata: {labels: {a: x}}, spec: {containers: [{name: c, image: i}]}}"

  static let refused = [
    Edit("v1 PersistentVolumeClaim", "spec: {storageClassName: a}", "spec: {storageClassName: b}"),
    Edit("v1 PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce]}", "spec: {accessModes: [ReadWriteMany]}"),
    Edit("v1 PersistentVolumeClaim", "spec: {volumeMode: Block}", "spec: {}"),
    Edit("v1 PersistentVolume", "spec: {nfs: {server: a, path: /x}}", "spec: {nfs: {server: b, path: /x}}"),
    Edit(
      "v1 PersistentVolume", "spec: {csi: {driver: d, volumeHandle: a}}", "spec: {csi: {driver: d, volumeHandle: b}}"),
    Edit("batch/v1 Job", "spec: {\(pods)}", "spec: {\(pods.replacing("image: i", with: "image: i, args: [x]"))}"),
    Edit("apps/v1 Deployment", "spec: {selector: {matchLabels: {a: x}}}", "spec: {selector: {matchLabels: {a: y}}}"),
    Edit(
      "apps/v1 DaemonSet", "spec: {selector: {matchLabels: {a: x}}}", "spec: {selector: {matchLabels: {a: x, b: y}}}"),
    Edit("apps/v1 StatefulSet", "spec: {serviceName: a}", "spec: {serviceName: b}"),
    Edit("apps/v1 StatefulSet", "spec: {podManagementPolicy: Parallel}", "spec: {}"),
    Edit(
      "rbac.authorization.k8s.io/v1 RoleBinding", "roleRef: {kind: Role, name: a}", "roleRef: {kind: Role, name: b}"),
    Edit("v1 ConfigMap", "immutable: true\ndata: {a: x}", "immutable: true\ndata: {a: y}"),
    Edit("v1 ConfigMap", "immutable: true\ndata: {a: x}", "data: {a: x}"),
    Edit("v1 Secret", "type: Opaque", "type: kubernetes.io/tls"),
    Edit("storage.k8s.io/v1 StorageClass", "parameters: {type: gp2}", "parameters: {type: gp3}"),
    Edit("storage.k8s.io/v1 StorageClass", "provisioner: a", "provisioner: a\nreclaimPolicy: Retain"),
    Edit("v1 Service", "spec: {ports: []}", "spec: {clusterIP: None, ports: []}"),
    Edit("v1 Service", "spec: {clusterIP: 10.0.0.5}", "spec: {clusterIP: 10.0.0.6}"),
  ]

  static let accepted = [
    Edit(
      "v1 PersistentVolumeClaim", "spec: {resources: {requests: {storage: 1Gi}}}",
      "spec: {resources: {requests: {storage: 1024Mi}}}"),
    Edit("v1 PersistentVolumeClaim", "spec: {}", "spec: {storageClassName: a, volumeName: b, volumeMode: Filesystem}"),
    Edit(
      "v1 PersistentVolumeClaim", "spec: {storageClassName: a}",
      "spec: {storageClassName: a, volumeAttributesClassName: b}"),
    Edit(
      "batch/v1 Job", "spec: {parallelism: 1, \(pods)}",
      "spec: {parallelism: 2, suspend: true, backoffLimit: 2, \(pods)}"),
    Edit("batch/v1 Job", "spec: {suspend: true, \(pods)}", "spec: {\(pods.replacing("image: i", with: "image: j"))}"),
    Edit(
      "batch/v1 Job", "spec: {\(pods)}",
      "spec: {\(pods.replacing("image: i", with: "image: i, imagePullPolicy: Always"))}"),
    Edit("batch/v1 CronJob", "spec: {jobTemplate: {spec: {\(pods)}}}", "spec: {jobTemplate: {spec: {}}}"),
    Edit("apps/v1 Deployment", "spec: {replicas: 1}", "spec: {replicas: 2, \(pods)}"),
    Edit(
      "apps/v1 StatefulSet", "spec: {serviceName: a}",
      "spec: {serviceName: a, podManagementPolicy: OrderedReady, minReadySeconds: 3, ordinals: {start: 1}, \(pods)}"),
    Edit("v1 ConfigMap", "data: {a: x}", "immutable: true\ndata: {a: y}"),
    Edit("v1 Secret", "stringData: {a: x}", "stringData: {a: y}"),
    Edit("v1 Service", "spec: {clusterIP: 10.0.0.5}", "spec: {}"),
    Edit("v1 Service", "spec: {}", "spec: {clusterIP: 10.0.0.5}"),
    Edit("storage.k8s.io/v1 StorageClass", "provisioner: a", "provisioner: a\nreclaimPolicy: Delete"),
  ]

  @Test(arguments: refused)
  func `an edit that is refused is told once`(edit: Edit) throws {
    let found = findings(edit)
    #expect(found.count == 1 && found.first?.verdict == .rejected && found.first?.severity == .high, "\(found)")
    #expect(findings(edit, owned: false).isEmpty)
  }

  @Test(arguments: accepted)
  func `an edit that is accepted is not told`(edit: Edit) {
    #expect(findings(edit).map(\.message) == [])
  }

  @Test func `what Flux does not send is not refused`() {
    for marker in ["ssa: Ignore", "ssa: IfNotPresent", "reconcile: disabled"] {
      let annotation = "kustomize.toolkit.fluxcd.io/\(marker)"
      #expect(findings(Self.refused[0], annotations: (annotation, annotation)).isEmpty, "\(marker)")
    }
  }

  @Test func `force deletes the object, and weighs what is lost`() throws {
    let claim = try #require(findings(Self.refused[0], force: true).first)
    #expect(claim.severity == .high && claim.verdict == .pruned && claim.message.contains("with its data"))
    let selector = Edit(
      "apps/v1 Deployment", "spec: {selector: {matchLabels: {a: x}}}", "spec: {selector: {matchLabels: {a: y}}}")
    #expect(findings(selector, force: true).map(\.severity) == [.medium])
    let job = Edit(
      "batch/v1 Job", "spec: {\(Self.pods)}", "spec: {\(Self.pods.replacing("image: i", with: "image: j"))}")
    #expect(findings(job, force: true).map(\.severity) == [.low])
  }

  @Test func `a Job that is marked for it runs again`() {
    let mark = "kustomize.toolkit.fluxcd.io/force: enabled"
    let job = Edit(
      "batch/v1 Job", "spec: {\(Self.pods)}", "spec: {\(Self.pods.replacing("image: i", with: "image: j"))}")
    #expect(findings(job, annotations: (mark, mark)).isEmpty)
  }

  @Test func `what a Secret holds is not shown`() throws {
    let edit = Edit("v1 Secret", "immutable: true\ndata: {a: b2xkLXdvcmRz}", "immutable: true\ndata: {a: bmV3LXdvcmRz}")
    let found = try #require(findings(edit).first)
    #expect(found.before == nil && found.after == nil && !found.message.contains("d29yZHM"))
    #expect(!found.message.contains("b2xk") && !found.message.contains("bmV3"), "\(found.message)")
  }
}
