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
      OwnPattern.matching(groups: 1, limit: 100_000) { data, context in
        withUnsafePointer(to: UInt8(0)) { nothing in
          pcre2_match_8(code, bytes.baseAddress ?? nothing, bytes.count, 0, 0, data, context) >= 0
        }
      } ?? false
    }
  }

  /// Finds all matches; of each the first group, or all of it.
  package func search(_ bytes: UnsafeRawBufferPointer) -> Answer {
    var failed = Answer()
    failed.isIncomplete = !bytes.isEmpty
    guard let text = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count <= 64 << 20 else {
      return failed
    }
    return OwnPattern.matching(groups: 4, limit: 1_000_000) { data, context in
      search(text, bytes.count, data, context)
    } ?? failed
  }

  private func search(
    _ text: UnsafePointer<UInt8>, _ count: Int, _ data: OpaquePointer, _ context: OpaquePointer
  ) -> Answer {
    var answer = Answer()
    var start = 0
    while start <= count {
      let status = pcre2_match_8(code, text, count, start, 0, data, context)
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

  /// Lends what a match is noted in, and its bounds; `nil` where there is no memory for them.
  ///
  /// - Parameters:
  ///   - groups: how many pairs of places are noted, that of the whole match included.
  ///   - limit: how many steps a match may take.
  private static func matching<Result>(
    groups: UInt32, limit: UInt32, _ body: (_ data: OpaquePointer, _ context: OpaquePointer) -> Result
  ) -> Result? {
    guard let data = pcre2_match_data_create_8(groups, nil) else { return nil }
    defer { pcre2_match_data_free_8(data) }
    guard let context = pcre2_match_context_create_8(nil) else { return nil }
    defer { pcre2_match_context_free_8(context) }
    pcre2_set_match_limit_8(context, limit)
    pcre2_set_depth_limit_8(context, 2_000)
    return body(data, context)
  }
}
