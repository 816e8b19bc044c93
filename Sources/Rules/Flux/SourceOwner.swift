internal import Manifests

/// Who publishes at an address, as far as the address tells: the account at a forge or registry that many share, else
/// the name under which the host is registered.
enum SourceOwner {
  /// Whether two sources are of the same owner, or one of them does not tell.
  static func isSame(_ left: KubernetesObject, _ right: KubernetesObject) -> Bool {
    isSame(left["spec", "url"]?.text, right["spec", "url"]?.text)
  }

  /// What a move to other addresses has in common with others of the same change: the hosts.
  static func move(from old: KubernetesObject, to new: KubernetesObject) -> String {
    [old, new].map { side in
      let address = GitURL.normalised(side["spec", "url"]?.text ?? "")
      return String(address.prefix { $0 != "/" })
    }.joined(separator: " > ")
  }

  /// Whether two addresses are of the same owner, or one of them does not tell.
  static func isSame(_ left: String?, _ right: String?) -> Bool {
    guard let left = left.flatMap(name), let right = right.flatMap(name) else { return true }
    // `bitnami` publishes at `docker.io/bitnamicharts`.
    return left == right || min(left.count, right.count) > 3 && (left.hasPrefix(right) || right.hasPrefix(left))
  }

  /// `acme` for `https://github.com/acme/x`, `oci://ghcr.io/acme/charts`, `https://acme.github.io/x` and
  /// `https://charts.acme.io`; `nil` for an address with a variable.
  static func name(_ url: String) -> String? {
    if url.contains("${") { return nil }
    let parts = GitURL.normalised(url).split(separator: "/").map(String.init)
    guard let host = parts.first?.split(separator: ":").first.map(String.init) else { return nil }
    if shared.contains(host) { return parts.count > 1 ? parts[1] : nil }
    let labels = host.split(separator: ".").map(String.init)
    if let pages = pages.first(where: { host.hasSuffix($0) }) {
      return labels.dropLast(pages.split(separator: ".").count).last
    }
    // A host of one's own network says nothing of who publishes there.
    if labels.count < 2 || labels.allSatisfy({ $0.allSatisfy(\.isNumber) }) || own.contains(labels[labels.count - 1]) {
      return nil
    }
    let isSecondLevel = labels.count > 2 && labels[labels.count - 2].count <= 3 && labels[labels.count - 1].count == 2
    return labels[labels.count - (isSecondLevel ? 3 : 2)]
  }

  /// Hosts that give each account a path of its own.
  private static let shared: Set<String> = [
    "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "ghcr.io", "quay.io", "docker.io",
    "registry-1.docker.io", "index.docker.io", "public.ecr.aws", "gcr.io", "registry.gitlab.com",
    "raw.githubusercontent.com", "dev.azure.com", "lscr.io",
  ]

  /// The last names of hosts that are no one's but of a network itself.
  private static let own: Set<String> = ["local", "lan", "internal", "localhost", "home", "svc"]

  /// Domains that give each account a host of its own.
  private static let pages = [".github.io", ".gitlab.io", ".pages.dev", ".netlify.app"]
}
