/// The name of a container image, taken apart.
struct ImageName {
  /// Registry and path with the registry written out: `docker.io/library/nginx`, `ghcr.io/fluxcd/source-controller`.
  let repository: String
  let tag: String?
  /// `sha256:…`
  let digest: String?

  init(_ text: String) {
    var rest = Substring(text)
    if let at = rest.firstIndex(of: "@") {
      digest = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
    } else {
      digest = nil
    }
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    } else {
      tag = nil
    }
    repository = ImageName.full(String(rest))
  }

  /// Whether this is the same release, held by its digest from now on.
  func pins(_ other: ImageName) -> Bool { digest != nil && other.digest == nil && tag == other.tag && tag != nil }

  /// Whether this is a later release that is held by its digest where the other one is: the same words in the tag with
  /// higher numbers, the first that differ deciding.
  func isNewer(than other: ImageName) -> Bool {
    guard let tag, let old = other.tag, digest != nil || other.digest == nil else { return false }
    let (now, was) = (ImageName.numbers(in: tag), ImageName.numbers(in: old))
    return now.words == was.words && was.numbers.lexicographicallyPrecedes(now.numbers)
  }

  private static func numbers(in tag: String) -> (words: [Substring], numbers: [Int]) {
    (tag.split { $0.isNumber }, tag.split { !$0.isNumber }.compactMap { Int($0) })
  }

  /// Docker's rule: a first part without a dot, a colon and that is not `localhost` is no registry.
  private static func full(_ name: String) -> String {
    let parts = name.split(separator: "/")
    guard let first = parts.first else { return name }
    let isRegistry = parts.count > 1 && (first.contains(".") || first.contains(":") || first == "localhost")
    if isRegistry { return name }
    return parts.count == 1 ? "docker.io/library/\(name)" : "docker.io/\(name)"
  }
}
