internal import CPCRE2

/// A pattern that a repository's own configuration brings, searched anywhere in a text.
///
/// The code is not written to after compilation, so threads may share it. Backtracking is limited: a pattern that takes
/// too long on a text gives up on that text and says so.
package final class OwnPattern: @unchecked Sendable {
  private let code: OpaquePointer
  /// Matches of one text beyond these are left out.
  private static let limit = 1000

  /// What a search gave.
  package struct Answer: Sendable {
    /// The secrets, in bytes.
    package var ranges: [Range<Int>] = []
    /// Whether the limits on backtracking, or on matches, were reached.
    package var isIncomplete = false
  }

  /// Compiles a pattern; throws `.pattern` with the place of the mistake.
  package init(_ source: String) throws(SecretsError) {
    var errorNumber: CInt = 0
    var errorOffset = 0
    var source = source
    let code = source.withUTF8 { text in
      pcre2_compile_8(
        text.baseAddress, text.count, UInt32(PCRE2_NEVER_UTF) | UInt32(PCRE2_MULTILINE), &errorNumber, &errorOffset, nil
      )
    }
    guard let code else { throw .pattern(code: Int(errorNumber), offset: errorOffset) }
    self.code = code
    _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
  }

  deinit { pcre2_code_free_8(code) }

  /// Whether the pattern fits somewhere in a short text, if only between two characters.
  package func fits(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let data = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil) else {
        return false
      }
      defer {
        pcre2_match_context_free_8(context)
        pcre2_match_data_free_8(data)
      }
      pcre2_set_match_limit_8(context, 100_000)
      pcre2_set_depth_limit_8(context, 2_000)
      return withUnsafePointer(to: UInt8(0)) { nothing in
        pcre2_match_8(code, bytes.baseAddress ?? nothing, bytes.count, 0, 0, data, context) >= 0
      }
    }
  }

  /// Finds all matches; of each the first group, or all of it.
  package func search(_ bytes: UnsafeRawBufferPointer) -> Answer {
    var answer = Answer()
    guard let text = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count <= 64 << 20,
      let data = pcre2_match_data_create_8(4, nil), let context = pcre2_match_context_create_8(nil)
    else {
      answer.isIncomplete = !bytes.isEmpty
      return answer
    }
    defer {
      pcre2_match_context_free_8(context)
      pcre2_match_data_free_8(data)
    }
    pcre2_set_match_limit_8(context, 1_000_000)
    pcre2_set_depth_limit_8(context, 2_000)
    var start = 0
    while start <= bytes.count {
      let status = pcre2_match_8(code, text, bytes.count, start, 0, data, context)
      if status == PCRE2_ERROR_NOMATCH { break }
      guard status > 0, let offsets = pcre2_get_ovector_pointer_8(data), answer.ranges.count < OwnPattern.limit else {
        answer.isIncomplete = true
        break
      }
      let hasGroup = status > 1 && offsets[2] != Int(bitPattern: UInt.max) && offsets[2] < offsets[3]
      let range = hasGroup ? offsets[2]..<offsets[3] : offsets[0]..<max(offsets[0], offsets[1])
      if !range.isEmpty { answer.ranges.append(range) }
      start = max(offsets[1], start + 1)
    }
    return answer
  }
}
