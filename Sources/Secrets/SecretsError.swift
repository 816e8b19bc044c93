/// Why a scanner could not be made.
package enum SecretsError: Error, Sendable, CustomStringConvertible {
  /// The literal database could not be built: Vectorscan's code, and whether this processor is too old for it.
  case database(code: Int)
  /// A pattern does not compile: PCRE2's code and the place in the pattern.
  case pattern(code: Int, offset: Int)
  /// No memory for scratch space.
  case memory

  package var description: String {
    switch self {
    case .database(let code): "the literal database could not be built (Vectorscan error \(code))"
    case .pattern(let code, let offset): "a pattern does not compile (PCRE2 error \(code) at \(offset))"
    case .memory: "no memory for searching"
    }
  }
}
