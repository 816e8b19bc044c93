internal import Configuration
internal import Git
internal import Policy

#if !canImport(Glibc)
  internal import Darwin
#endif

/// What a cache depends on besides the objects of the repository.
enum CacheKey {
  /// A name for the program, the rules and the edge of the history, of 32 characters: with another one everything may
  /// be judged otherwise.
  ///
  /// Waivers, severities and the like are applied to findings, which are made anew each time, and do not count.
  static func of(_ scanner: Scanner, _ repository: Repository, version: String) -> String {
    let engine = scanner.engine
    let own = scanner.options.policy.settings.credentials.flatMap { [$0.id, $0.pattern] }
    let lists = [
      engine.rules.map(\.info.id), engine.infos.keys.sorted(), engine.syncRoots, own,
      repository.shallowCommits.map(\.hex).sorted(), scanner.options.judgesBuilds ? ["applied"] : [],
    ]
    // The length of each list keeps one from reading like the end of another.
    return Fingerprint.of(
      [version, program, repository.location.commonDirectory] + lists.flatMap { ["\($0.count)"] + $0 })
  }

  /// The size and time of the program's own file: a build that bears the same version may judge otherwise.
  private static var program: String {
    #if canImport(Glibc)
      return FileSystem.version("/proc/self/exe") ?? ""
    #else
      var size = UInt32(PATH_MAX)
      var path = [CChar](repeating: 0, count: Int(size))
      guard _NSGetExecutablePath(&path, &size) == 0 else { return "" }
      return FileSystem.version(String(cString: path)) ?? ""
    #endif
  }
}
