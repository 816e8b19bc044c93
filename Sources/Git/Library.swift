internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The one-time set-up of libgit2, for reading only.
enum Library {
  /// Extensions of a repository that change nothing about how its objects, references and index are read.
  static let harmlessExtensions: Set<String> = [
    "noop", "noop-v1", "partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees",
  ]

  /// Tables about a whole history are larger than this, and come and go.
  private static let largeMemory: Int32 = 1 << 20

  private static let isReady: Bool = {
    fluxwarden_keep_large_memory_apart(largeMemory)
    guard git_libgit2_init() > 0 else { return false }
    // Reading runs nothing, so a repository of another user (a CI container's) is as good as an own one.
    _ = fluxwarden_git_switch(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0)
    // An audit reads each object once: hashing and keeping them would cost time and memory for nothing.
    _ = fluxwarden_git_switch(Int32(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION.rawValue), 0)
    _ = fluxwarden_git_switch(Int32(GIT_OPT_ENABLE_CACHING.rawValue), 0)
    let names = harmlessExtensions.sorted().map { strdup($0) }
    defer { names.forEach { free($0) } }
    var pointers: [UnsafePointer<CChar>?] = names.map { UnsafePointer($0) }
    _ = fluxwarden_git_allow_extensions(&pointers, pointers.count)
    return true
  }()

  /// Sets the library up on first use; every entry into libgit2 goes through here.
  static func prepare() throws(GitError) {
    guard isReady else {
      throw GitError(.unsupportedRepository, "libgit2 could not be started: \(lastMessage())")
    }
  }

  /// What libgit2 said about its last failure in this thread.
  static func lastMessage() -> String {
    guard let error = git_error_last(), let message = error.pointee.message else { return "no reason given" }
    return String(cString: message)
  }
}
