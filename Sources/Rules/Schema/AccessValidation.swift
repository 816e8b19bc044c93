internal import Flux
internal import Manifests

extension Validation {
  /// The checks of identity and GitOps kinds.
  mutating func checkAccess() {
    switch applied.object.groupKind {
    case Kinds.iam:
      require("spec.awsRegion", "spec.backendMode")
      for (path, node) in items("spec.backendMode") where node.text == "MountedFile" {
        refuse(path, "EKSConfigMap or CRD")
      }
      for (path, _) in items("spec.mapRoles") { require(path.key("roleARN"), path.key("username")) }
      for (path, _) in items("spec.mapUsers") { require(path.key("userARN"), path.key("username")) }
    case Kinds.oidc:
      require("spec.clientId", "spec.issuerUrl")
      let issuer = text("spec.issuerUrl")
      if !issuer.isEmpty, !issuer.hasPrefix("https://") || Canonical.host(issuer).isEmpty {
        refuse("spec.issuerUrl", "an https URL")
      }
      if items("spec.requiredClaims").count > 1 { refuse("spec.requiredClaims", "one claim") }
    case Kinds.fluxConfig: checkFluxConfig()
    default: checkGitHub("spec.flux.github", branch: "spec.flux.github.branch", late: true)
    }
  }

  private mutating func checkFluxConfig() {
    let hosts = ["github", "git"].filter { value(FieldPath([.key("spec"), .key($0)])) != nil }
    if hosts.isEmpty { require("spec.git") }
    if hosts.count > 1 { refuse("spec.git", "either git or github") }
    checkGitHub("spec.github", branch: "spec.branch", late: false)
    let url = text("spec.git.repositoryUrl")
    if value("spec.git") != nil {
      require("spec.git.repositoryUrl")
      checkBranch("spec.branch", late: false)
    }
    if !url.isEmpty, !url.hasPrefix("ssh://") { refuse("spec.git.repositoryUrl", "an ssh:// URL") }
    require("spec.git.sshKeyAlgorithm", oneOf: ["ecdsa", "rsa", "ed25519"])
  }

  private mutating func checkGitHub(_ path: FieldPath, branch: FieldPath, late: Bool) {
    guard value(path) != nil else { return }
    require(path.key("owner"), path.key("repository"), late: late)
    let repository = text(path.key("repository"))
    if repository.contains(where: { !($0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))) }) {
      refuse(path.key("repository"), "letters, digits, hyphen, underscore and dot", late: late)
    }
    checkBranch(branch, late: late)
  }

  private mutating func checkBranch(_ path: FieldPath, late: Bool) {
    let name = text(path)
    if !name.isEmpty, !Validation.isBranch(name) { refuse(path, "a plain branch name", late: late) }
  }

  /// The branch names that EKS Anywhere takes: two runs of letters, digits, `_`, `+` and `,`, the second with hyphens,
  /// and a dot, a slash or nothing between them.
  static func isBranch(_ name: String) -> Bool {
    func isFirst(_ letter: Character) -> Bool {
      letter.isASCII && (letter.isLetter || letter.isNumber || "_+,".contains(letter))
    }
    let head = name.prefix(while: isFirst)
    var rest = name[head.endIndex...]
    if rest.first == "." { rest = rest.dropFirst() }
    if rest.first == "/" { rest = rest.dropFirst() }
    let isSplit = rest.count < name.count - head.count
    guard !head.isEmpty, isSplit ? !rest.isEmpty : name.count > 1 else { return false }
    return rest.allSatisfy { isFirst($0) || $0 == "-" }
  }
}
