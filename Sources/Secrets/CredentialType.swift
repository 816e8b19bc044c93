/// One kind of credential: what it looks like, what it opens, and what to do once it has leaked.
package struct CredentialType: Sendable {
  /// How a credential of this type is told from other bytes.
  package enum Recognition: Sendable {
    /// The value carries its own mark. `literals` (matched without regard to case) start the search, `pattern` is a
    /// PCRE2 pattern tried exactly where a literal starts; its first group, or all of it, is the secret. At most
    /// `reach` bytes from the literal on are looked at.
    /// Where the literal stands within the value rather than at its start, `leads` are the numbers of bytes before it.
    case token(literals: [String], pattern: String, reach: Int, leads: [Int])
    /// The value has no mark of its own, its name has: `names` are fragments of a key written in lower case without
    /// separators (`ddapikey`), `vendors` are words one of which stands in the key or within the lines before it.
    /// `pattern` must match the whole value.
    case assigned(vendors: [String], names: [String], pattern: String)
    /// Found by reading an assignment, a URL or a header, and judged by ``ValueJudge``.
    case reader
  }

  /// What a match must pass besides its pattern.
  package enum Check: Sendable {
    /// The value is varied enough to have been drawn at random: no placeholder, no sequence, no repetition.
    case random
    /// The value has at least so many bits of entropy a character.
    case entropy(Double)
    /// The value has both letters and digits.
    case lettersAndDigits
    /// The last six characters are a base 62 CRC-32 of the body, as GitHub and npm write it. A wrong sum lowers
    /// the severity to medium.
    case base62Checksum
    /// Three base64url parts, the first two of them JSON objects.
    case jsonWebToken
    /// The body of an armoured key is long enough and is not dots or a placeholder.
    case keyBody
    /// The value is base64 of `user:password`, the password being no placeholder.
    case basicCredentials
    /// The value ends with the checksum of NATS' keys.
    case nkeyChecksum
    /// The claims of a JSON Web Token hold one of these texts, in lower case.
    case claims([String])
    /// The value reads as a password, judged as an assignment would be.
    case password
  }

  /// Texts that describe the type by example, and test it. See ``SampleTemplate`` for the notation.
  package struct Samples: Sendable {
    /// Texts in which exactly this type must be found, at the place between the marks.
    package let finds: [String]
    /// Texts in which this type must not be found.
    package let passes: [String]
  }

  /// The id reports print, in kebab case.
  package let id: String
  /// What the credential opens, as a noun phrase.
  package let opens: String
  /// How bad a leak is.
  package let severity: CredentialSeverity
  /// How it is told.
  package let recognition: Recognition
  /// The public part at the start of the value, the only part of it that may be printed.
  package let prefix: String
  /// What a match must pass besides.
  package let checks: [Check]
  /// What to do about a leak, as an order.
  package let revoke: String
  /// Pages of the provider about the format or about revoking.
  package let references: [String]
  /// Examples for and against.
  package let samples: Samples
  /// Further forms of the same credential, each a row of the same id that the search tries as well.
  package private(set) var forms: [CredentialType] = []
  /// Where two types claim the same bytes the greater rank wins: a mark of its own before a telling name, both before
  /// what a reader judged.
  package let rank: Int

  /// A value with its own mark. `prefix` defaults to the first literal; where that is no prefix of the value nothing is
  /// printed of it. No letter or digit may follow the match.
  @inline(never)
  package static func token(
    _ id: String, _ severity: CredentialSeverity, opens: String, literals: [String], pattern: String,
    reach: Int = 320, leads: [Int] = [0], prefix: String? = nil, checks: [Check] = [.random], rank: Int = 30,
    revoke: String,
    see: String..., finds: [String], passes: [String] = []
  ) -> Self {
    Self(
      id: id, opens: opens, severity: severity,
      recognition: .token(
        literals: literals, pattern: "(?:\(pattern))(?![0-9A-Za-z])", reach: reach,
        leads: leads),
      prefix: prefix ?? literals.first ?? "", checks: checks, revoke: revoke, references: see,
      samples: Samples(finds: finds, passes: passes), rank: rank)
  }

  /// The same credential, which may carry a mark as well, or another one: see ``token(_:_:opens:literals:pattern:reach:leads:prefix:checks:rank:revoke:see:finds:passes:)``.
  @inline(never)
  package func marked(
    literals: [String], pattern: String, reach: Int = 320, leads: [Int] = [0], prefix: String? = nil,
    checks: [Check] = [.random], finds: [String], passes: [String] = []
  ) -> Self {
    var form = Self.token(
      id, severity, opens: opens, literals: literals, pattern: pattern, reach: reach, leads: leads, prefix: prefix,
      checks: checks, revoke: revoke, finds: finds, passes: passes)
    form = Self(
      id: id, opens: opens, severity: severity, recognition: form.recognition, prefix: form.prefix, checks: checks,
      revoke: revoke, references: references, samples: form.samples, rank: rank == 15 ? rank : form.rank)
    var copy = self
    copy.forms.append(form)
    return copy
  }

  /// A value told by its name.
  @inline(never)
  package static func assigned(
    _ id: String, _ severity: CredentialSeverity, opens: String, vendors: [String], names: [String], pattern: String,
    prefix: String = "", checks: [Check] = [.random], revoke: String, see: String...,
    finds: [String], passes: [String] = []
  ) -> Self {
    Self(
      id: id, opens: opens, severity: severity,
      recognition: .assigned(vendors: vendors, names: names, pattern: "(?:\(pattern))\\z"),
      prefix: prefix, checks: checks, revoke: revoke, references: see,
      samples: Samples(finds: finds, passes: passes), rank: 20)
  }

  /// A value found by a reader of assignments, URLs or headers.
  @inline(never)
  package static func read(
    _ id: String, _ severity: CredentialSeverity, opens: String, revoke: String, see: String...,
    finds: [String], passes: [String] = []
  ) -> Self {
    Self(
      id: id, opens: opens, severity: severity, recognition: .reader, prefix: "", checks: [], revoke: revoke,
      references: see, samples: Samples(finds: finds, passes: passes), rank: 10)
  }
}
