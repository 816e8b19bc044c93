/// One of the repositories that a report is about.
package struct ReportedRepository: Sendable {
  /// What the report calls it; no other repository of the report is called so.
  package var label: String
  /// Its folder: the checked-out files, or the bare repository.
  package var path: String
  /// Where it was cloned from, without anybody's credentials; `nil` where its settings do not tell.
  package var address: String?
  /// The commit of `HEAD`, in hexadecimal.
  package var head: String?
  /// What was looked at in it. The time it took is told for the whole report only.
  package var statistics = Report.Statistics()
  /// As ``AuditRecord/period``.
  package var period: ClosedRange<Int64>?
  /// As ``AuditRecord/landed``.
  package var landed: [String: Int64] = [:]
  /// What its configuration says of `failOn`: a severity or `never`.
  package var failOn: String?
  /// The rules of its own that found something.
  package var rules: [RuleInfo] = []

  package init(path: String, address: String? = nil, head: String? = nil) {
    self.path = path
    self.address = address
    self.head = head
    label = ""
    label = name
  }

  /// What people call it: `OWNER/NAME` of the address, else the name of the folder.
  package var name: String {
    if let address, !address.isEmpty {
      let parts = ReportedRepository.parts(ofAddress: address)
      if !parts.isEmpty { return parts.joined(separator: "/") }
    }
    return ReportedRepository.name(ofFolder: path)
  }

  /// Folders that are called so say nothing of what is in them.
  private static let plainNames: Set<String> = [
    "repo", "repository", "git", "mirror", "bare", "clone", "checkout", "source", "src", "workspace",
  ]

  /// The last part of a path without `.git`; where that could be anything's name, the part before it.
  private static func name(ofFolder path: String) -> String {
    var parts = path.split(separator: "/").map(String.init)
    while parts.count > 1, parts.last == ".git" || parts.last == "." { parts.removeLast() }
    guard let last = parts.last.map(withoutSuffix) else { return path }
    guard plainNames.contains(last), parts.count > 1 else { return last }
    return withoutSuffix(parts[parts.count - 2])
  }

  /// The parts of the path on a server: `https://HOST/OWNER/NAME.git`, `HOST:OWNER/NAME`; of a path of this machine its
  /// name alone.
  private static func parts(ofAddress address: String) -> [String] {
    var path = address[...]
    if let scheme = address.firstRange(of: "://") {
      path = address[scheme.upperBound...].drop { $0 != "/" }
      if address.hasPrefix("file:") { return [name(ofFolder: String(path))].filter { !$0.isEmpty } }
    } else if let colon = address.firstIndex(of: ":"), !address[..<colon].contains("/") {
      path = address[address.index(after: colon)...]
    } else {
      return [name(ofFolder: address)].filter { !$0.isEmpty }
    }
    var parts = path.split(separator: "/").map(String.init)
    if let last = parts.popLast() { parts.append(withoutSuffix(last)) }
    return parts
  }

  private static func withoutSuffix(_ name: String) -> String {
    name.hasSuffix(".git") && name.utf8.count > 4 ? String(name.dropLast(4)) : name
  }
}

extension ReportedRepository {
  /// What makes two entries the same look at the same repository.
  package struct Identity: Hashable, Sendable {
    private var path: String
    private var address: String?
    private var head: String?

    init(_ repository: ReportedRepository) {
      (path, address, head) = (repository.path, repository.address, repository.head)
    }
  }

  package var identity: Identity { Identity(self) }
}
