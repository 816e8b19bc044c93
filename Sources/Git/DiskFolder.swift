#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open folder of the work tree; names are looked up in it without following links.
struct DiskFolder {
  /// The open folder; whoever opened it closes it.
  let descriptor: Int32

  /// The names in the folder as the operating system spells them, sorted by their bytes.
  func names(path: String) throws(GitError) -> [[UInt8]] {
    // The stream takes over the descriptor it is given.
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { throw .io(path, doing: "list", code: errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { [UInt8]($0.prefix { $0 != 0 }) }
      if name != [46], name != [46, 46] { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .io(path, doing: "list", code: errno) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What stands under a name; `nil` where nothing does any more.
  func status(_ name: [UInt8]) -> stat? {
    var status = stat()
    return withName(name) { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) } == 0 ? status : nil
  }

  /// Opens a name without following a link; negative where that fails.
  func open(_ name: String, _ flags: Int32) -> Int32 {
    let flags = flags | O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let opened = openat(descriptor, name, flags)
    guard opened < 0, errno == ENOENT, let spelling = spelling(of: name) else { return opened }
    return withName(spelling) { openat(descriptor, $0, flags) }
  }

  /// The content of a file or the target of a link. `spelling` is the name's bytes where they are known.
  func contents(
    _ name: String, spelling known: [UInt8]? = nil, path: String, limit: Int
  ) throws(GitError) -> [UInt8] {
    let spelling = known ?? spelling(of: name) ?? Array(name.utf8)
    guard let status = status(spelling) else { throw .io(path, doing: "read", code: errno) }
    if FileSystem.kind(of: status) == .link {
      var length: Int32 = -1
      let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
        buffer.withMemoryRebound(to: CChar.self) { target in
          guard let start = target.baseAddress else { return }
          length = withName(spelling) { Int32(readlinkat(descriptor, $0, start, target.count)) }
        }
        count = max(0, Int(length))
      }
      guard length >= 0 else { throw .io(path, doing: "read", code: errno) }
      return target
    }
    let file = withName(spelling) { openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    guard file >= 0 else { throw .io(path, doing: "read", code: errno) }
    defer { close(file) }
    return try FileSystem.contents(of: file, path: path, limit: limit)
  }

  /// How the operating system spells a name whose bytes are not UTF-8.
  private func spelling(of name: String) -> [UInt8]? {
    guard name.unicodeScalars.contains("\u{fffd}") else { return nil }
    do throws(GitError) {
      return try names(path: name).first { String(decoding: $0, as: UTF8.self) == name }
    } catch {
      return nil  // The name is then tried as it is, and that failure is reported.
    }
  }

  private func withName(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
    (name + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { name in name.baseAddress.map(body) ?? -1 }
    }
  }
}
