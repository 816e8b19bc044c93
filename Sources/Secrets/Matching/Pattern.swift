import CPCRE2
import Synchronization

/// A compiled PCRE2 pattern. The code is not written to after compilation, so threads may share it.
final class Pattern: @unchecked Sendable {
  fileprivate let code: OpaquePointer
  fileprivate let hasJIT: Bool

  /// Compiles `source` for matching at one place, bytes taken as they are.
  init(_ source: String) throws(SecretsError) {
    var errorNumber: CInt = 0
    var errorOffset = 0
    var source = source
    let code = source.withUTF8 { text in
      pcre2_compile_8(
        text.baseAddress, text.count, UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_NEVER_UTF), &errorNumber, &errorOffset, nil)
    }
    guard let code else { throw .pattern(code: Int(errorNumber), offset: errorOffset) }
    self.code = code
    hasJIT = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0
  }

  deinit { pcre2_code_free_8(code) }
}

/// What matching at one place gives.
enum PatternAnswer {
  /// The whole match and the part to report, as offsets into the subject.
  case match(whole: Range<Int>, secret: Range<Int>)
  case none
  /// The limits on backtracking were reached.
  case limit
}

/// Working memory for matching, one a thread.
final class PatternMatcher {
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?

  init() throws(SecretsError) {
    guard let data = pcre2_match_data_create_8(4, nil), let context = pcre2_match_context_create_8(nil) else {
      throw .memory
    }
    self.data = data
    self.context = context
    pcre2_set_match_limit_8(context, 50_000)
    pcre2_set_depth_limit_8(context, 2_000)
    stack = pcre2_jit_stack_create_8(32 << 10, 1 << 20, nil)
    pcre2_jit_stack_assign_8(context, nil, stack.map { UnsafeMutableRawPointer($0) })
  }

  deinit {
    if let stack { pcre2_jit_stack_free_8(stack) }
    pcre2_match_context_free_8(context)
    pcre2_match_data_free_8(data)
  }

  /// Tries `pattern` exactly at `start`; what stands before may be looked back at, nothing from `end` on is seen.
  func match(_ pattern: Pattern, in bytes: UnsafeRawBufferPointer, at start: Int, end: Int) -> PatternAnswer {
    let base = max(0, start - 64)
    guard let subject = bytes.baseAddress.map({ ($0 + base).assumingMemoryBound(to: UInt8.self) }) else { return .none }
    let status =
      pattern.hasJIT
      ? pcre2_jit_match_8(pattern.code, subject, end - base, start - base, 0, data, context)
      : pcre2_match_8(pattern.code, subject, end - base, start - base, 0, data, context)
    guard status > 0 else { return status == PCRE2_ERROR_NOMATCH ? .none : .limit }
    guard let offsets = pcre2_get_ovector_pointer_8(data) else { return .none }
    let whole = base + offsets[0]..<base + offsets[1]
    guard status > 1, offsets[2] != Int(bitPattern: UInt.max), offsets[2] <= offsets[3] else {
      return .match(whole: whole, secret: whole)
    }
    return .match(whole: whole, secret: base + offsets[2]..<base + offsets[3])
  }
}

/// Patterns compiled so far, shared by all threads; each is compiled when something first needs it.
final class PatternStore: Sendable {
  private let slots: Mutex<[Int: Pattern]> = Mutex([:])

  /// The store of the types in ``CredentialType/all``.
  static let shared = PatternStore()

  /// The pattern of the type at `index`, compiled now if it was not.
  func pattern(_ index: Int, source: String) throws(SecretsError) -> Pattern {
    if let pattern = slots.withLock({ $0[index] }) { return pattern }
    let pattern = try Pattern(source)
    return slots.withLock { slots in
      if let first = slots[index] { return first }
      slots[index] = pattern
      return pattern
    }
  }
}
