package import Flux
package import Manifests

/// Something that a rule has to say about a change. It never holds a secret value.
package struct Finding: Sendable {
  /// The object it is about, as printed.
  package struct Subject: Sendable, Hashable {
    package var apiVersion: String
    package var kind: String
    package var namespace: String
    package var name: String

    package init(apiVersion: String, kind: String, namespace: String, name: String) {
      self.apiVersion = apiVersion
      self.kind = kind
      self.namespace = namespace
      self.name = name
    }

    package init(_ object: KubernetesObject) {
      self.init(
        apiVersion: object.apiVersion, kind: object.identity.kind, namespace: object.identity.namespace,
        name: object.identity.name)
    }
  }

  /// Where in Git the finding is.
  package enum Source: String, Sendable, Hashable {
    case file
    case fileName = "file-name"
    case linkTarget = "link-target"
    case message, note, object
  }

  /// The commit that made the change.
  package struct CommitInfo: Sendable, Hashable {
    /// The commit's id in hexadecimal.
    package var id: String
    package var authorName: String
    package var authorEmail: String
    /// ISO 8601 with the author's own time zone.
    package var date: String
    package var summary: String

    package init(id: String, authorName: String, authorEmail: String, date: String, summary: String) {
      self.id = id
      self.authorName = authorName
      self.authorEmail = authorEmail
      self.date = date
      self.summary = summary
    }
  }

  /// What is known of a credential without telling it.
  package struct SecretInfo: Sendable, Hashable {
    package var type: String
    /// The public prefix and stars: `ghp_****`.
    package var redacted: String
    /// Whether the checksum that the format carries is right; `nil` where the format has none.
    package var checksumIsValid: Bool?
    /// The encodings it was wrapped in, the outermost first.
    package var decodedFrom: [String]
    /// What tells this value from another one; never printed.
    package var identity: SecretIdentity?

    package init(
      type: String, redacted: String, checksumIsValid: Bool? = nil, decodedFrom: [String] = [],
      identity: SecretIdentity? = nil
    ) {
      self.type = type
      self.redacted = redacted
      self.checksumIsValid = checksumIsValid
      self.decodedFrom = decodedFrom
      self.identity = identity
    }
  }

  /// How long something was, or still is, in the history.
  package struct Exposure: Sendable, Hashable {
    package var introduced: String
    package var introducedAt: String
    package var removed: String?
    package var removedAt: String?
    /// Whole days from introduction to removal, or to the newest commit looked at.
    package var days: Int
    package var isLive: Bool
    package var refs: [String]

    package init(
      introduced: String, introducedAt: String, removed: String?, removedAt: String?, days: Int, isLive: Bool,
      refs: [String]
    ) {
      self.introduced = introduced
      self.introducedAt = introducedAt
      self.removed = removed
      self.removedAt = removedAt
      self.days = days
      self.isLive = isLive
      self.refs = refs
    }
  }

  /// Why a finding does not count.
  package struct Suppression: Sendable, Hashable {
    /// Who said so.
    package enum Kind: String, Sendable {
      case comment, config, baseline
      case operatorAllowed = "operator"
    }

    package var kind: Kind
    package var reason: String
    package var owner: String?
    /// The last day it holds, `2026-12-31`.
    package var until: String?

    package init(kind: Kind, reason: String, owner: String? = nil, until: String? = nil) {
      self.kind = kind
      self.reason = reason
      self.owner = owner
      self.until = until
    }
  }

  /// A line of a file, ready to be shown: secrets masked, still with whatever control characters it had.
  package struct ExcerptLine: Sendable, Hashable {
    package var number: Int
    package var text: String

    package init(number: Int, text: String) {
      self.number = number
      self.text = text
    }
  }

  /// A line of a file's difference, ready to be shown as an ``ExcerptLine`` is.
  package struct DiffLine: Sendable, Hashable {
    /// On which side a line stands.
    package enum Sign: Sendable, Hashable { case kept, removed, added }

    package var sign: Sign
    /// Its number in the file before, where it was removed, else in the file after.
    package var number: Int
    package var text: String
    /// Whether the finding's place is on it.
    package var isFlagged: Bool

    package init(_ sign: Sign, number: Int, text: String, isFlagged: Bool) {
      self.sign = sign
      self.number = number
      self.text = text
      self.isFlagged = isFlagged
    }
  }

  /// The label of its repository, in a report about several.
  package var repository: String?
  package var rule: String
  package var severity: Severity
  package var category: Category
  /// One sentence.
  package var message: String
  package var subject: Subject?
  package var field: FieldPath?
  /// The field's value before, as text; `nil` where it was absent.
  package var before: String?
  /// The field's value after, as text; `nil` where it is absent.
  package var after: String?
  package var verdict: Verdict?
  package var source: Source
  package var location: Location?
  package var related: [Location]
  package var commit: CommitInfo?
  package var secret: SecretInfo?
  package var exposure: Exposure?
  /// Hexadecimal; the same finding keeps it when lines move.
  package var fingerprint: String
  /// Why it matters, for people.
  package var why: String
  package var remediation: String
  package var references: [String]
  package var suppression: Suppression?
  /// The lines around the place, for `text` output only.
  package var excerpt: [ExcerptLine]
  /// What changes around the place, for `html` output only; empty where the file is not there on both sides.
  package var diff: [DiffLine] = []

  package init(
    rule: String, severity: Severity, category: Category, message: String, subject: Subject? = nil,
    field: FieldPath? = nil, before: String? = nil, after: String? = nil, verdict: Verdict? = nil,
    source: Source = .file, location: Location? = nil, related: [Location] = [], commit: CommitInfo? = nil,
    secret: SecretInfo? = nil, exposure: Exposure? = nil, fingerprint: String = "", why: String = "",
    remediation: String = "", references: [String] = [], suppression: Suppression? = nil,
    excerpt: [ExcerptLine] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.category = category
    self.message = message
    self.subject = subject
    self.field = field
    self.before = before
    self.after = after
    self.verdict = verdict
    self.source = source
    self.location = location
    self.related = related
    self.commit = commit
    self.secret = secret
    self.exposure = exposure
    self.fingerprint = fingerprint
    self.why = why
    self.remediation = remediation
    self.references = references
    self.suppression = suppression
    self.excerpt = excerpt
  }
}

extension Finding {
  /// The order in which findings are printed: severity, then path, line, column, rule, object, field, commit.
  package static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    return left.sortKey.lexicographicallyPrecedes(right.sortKey)
  }

  /// Findings in the order of `precedes`; those that are alike in all that it looks at stay as they stand.
  package static func sorted(_ findings: [Finding]) -> [Finding] {
    let keys = findings.map(\.sortKey)
    return findings.indices.sorted { left, right in
      let (first, second) = (findings[left].severity, findings[right].severity)
      if first != second { return first > second }
      if keys[left].lexicographicallyPrecedes(keys[right]) { return true }
      return left < right && !keys[right].lexicographicallyPrecedes(keys[left])
    }.map { findings[$0] }
  }

  private var sortKey: [String] {
    func padded(_ number: UInt32?) -> String {
      let text = String(number ?? 0)
      return String(repeating: "0", count: 10 - text.count) + text
    }
    return [
      location?.path ?? "", padded(location?.span.startLine), padded(location?.span.startColumn), rule,
      subject.map { "\($0.kind)/\($0.namespace)/\($0.name)" } ?? "", field?.description ?? "", commit?.date ?? "",
      commit?.id ?? "", message,
    ]
  }
}
