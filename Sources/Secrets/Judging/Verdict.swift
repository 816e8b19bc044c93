/// Where a value stands; it decides how much a value must look like a secret to be called one.
package enum ValuePlace: Sendable, Hashable, CaseIterable {
  /// `data` (already decoded) or `stringData` of a Kubernetes Secret, or a kustomize secret generator: meant as secret.
  case secretData
  /// `data` of a ConfigMap or a kustomize ConfigMap generator.
  case configMap
  /// `env[].value` of a container, or a line of an environment file.
  case environment
  /// `spec.values` of a HelmRelease or a chart's values file.
  case helmValues
  /// Configuration of another kind: YAML, JSON, INI, TOML, properties, Terraform.
  case generic
  /// Source code, where bare words are variables and literals are quoted.
  case code
  /// Text for people, where words follow names without being values.
  case prose
}

/// Why a value is no secret.
package enum PassReason: String, Sendable, Hashable, CaseIterable {
  /// Nothing, or a word for nothing.
  case empty
  /// Stands for a value to be filled in: `changeme`, `<your-token>`, `xxxx`.
  case placeholder
  /// Is replaced before use: `${VAR}`, `{{ }}`, `$(VAR)`, `op://`.
  case reference
  /// Ciphertext of a known scheme.
  case encrypted
  /// The public half of a key.
  case publicKey = "public-key"
  /// An X.509 certificate or a bundle of them.
  case certificate
  /// A hash or checksum.
  case digest
  /// A UUID, an identifier rather than a key.
  case uuid
  /// Published by its provider as an example.
  case documentedExample = "documented-example"
  /// A word or words.
  case plainWord = "plain-word"
  /// Names an object, a key or a variable that holds the secret.
  case referenceName = "reference-name"
  /// A path, host name or URL without a password.
  case locator
  /// A number, date, duration, version or boolean.
  case number
  /// An expression of a programming language.
  case code
  /// Too short to be told from other values.
  case tooShort = "too-short"
  /// Too little varied to have been drawn at random.
  case lowEntropy = "low-entropy"
  /// The name promises no secret and the value has no mark of one.
  case ordinaryName = "ordinary-name"
}

/// Why a value without a type's mark is still called a secret.
package enum SecretLook: Sendable, Hashable {
  /// Drawn at random: cannot be guessed.
  case random
  /// Typed by a person, or a password of a few characters: may be guessed.
  case typed
}

/// What ``SecretScanner/judge(_:key:place:)`` says of a single value.
package enum Verdict: Sendable {
  /// Holds credentials of known types; ranges are offsets into the value.
  case credential([SecretMatch])
  /// No type's mark, but a secret by name, value and place.
  case looksSecret(SecretLook)
  /// No secret, for this reason.
  case passedOver(PassReason)
}
