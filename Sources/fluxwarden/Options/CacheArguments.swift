internal import ArgumentParser
internal import Scanning

/// Where an audit keeps what it learned for the next one.
struct CacheArguments: ParsableArguments {
  @Flag(name: .long, help: "Read everything anew, and keep nothing for the next audit.")
  var noCache = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Keep what an audit learned in this folder instead of the user's cache folder.", valueName: "folder"))
  var cacheDir: String?

  /// What the scanner is told; `nil` where nothing is to be kept.
  func options(_ environment: [String: String] = Environment.all) -> CacheOptions? {
    guard !noCache, environment["FLUXWARDEN_NO_CACHE"]?.isEmpty ?? true else { return nil }
    return folder(environment).map { CacheOptions(folder: $0, version: Version.number) }
  }

  /// The absolute path of the folder: as told, else as the environment says, else the user's.
  private func folder(_ environment: [String: String]) -> String? {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let told = cacheDir ?? variable("FLUXWARDEN_CACHE_DIR") {
      return told.hasPrefix("/") ? told : Environment.folder + "/" + told
    }
    // A relative path there is to be ignored: XDG Base Directory Specification.
    if let caches = variable("XDG_CACHE_HOME"), caches.hasPrefix("/") { return caches + "/fluxwarden" }
    guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
    #if os(macOS)
      return home + "/Library/Caches/fluxwarden"
    #else
      return home + "/.cache/fluxwarden"
    #endif
  }
}
