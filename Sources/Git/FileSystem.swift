#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few operations on files that reading a repository needs; none of them writes.
package enum FileSystem {
  /// What stands at a path.
  enum Kind {
    case file, folder, link, other
  }

  /// What stands at a path, links not followed; `nil` where nothing does or it can't be reached.
  static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return kind(of: status)
  }

  /// What Git would remember of a file's status, links followed; `nil` where there is none.
  static func status(_ path: String) -> FileStatus? {
    var status = stat()
    return stat(path, &status) == 0 ? FileStatus(status) : nil
  }

  /// What tells whether a file is still the same: its size and time; `nil` where there is none.
  package static func version(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return "\(status.st_size) \(status.modified.tv_sec).\(status.modified.tv_nsec)"
  }

  /// The kind that a status describes.
  static func kind(of status: stat) -> Kind {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// Whether a folder, or a link to one, stands at a path.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && kind(of: status) == .folder
  }

  /// The absolute path without links; the path itself where it does not exist.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// A path seen from a folder: itself where it is absolute. Links are resolved where it exists.
  static func resolved(_ path: String, from folder: String) -> String {
    resolved(joined(folder, path))
  }

  /// A path seen from a folder, as written.
  static func joined(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : (folder.hasSuffix("/") ? folder + path : folder + "/" + path)
  }

  /// The folder that a path lies in; the root for the root.
  static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The content of a file of up to `limit` bytes; `nil` where there is no such file.
  static func contents(_ path: String, limit: Int = 1 << 31) throws(GitError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return nil }
      throw .io(path, doing: "read", code: code)
    }
    defer { close(descriptor) }
    return try contents(of: descriptor, path: path, limit: limit)
  }

  /// The content of an open regular file.
  static func contents(of descriptor: Int32, path: String, limit: Int) throws(GitError) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .io(path, doing: "read", code: errno) }
    guard kind(of: status) == .file else {
      throw GitError(.io(path: path), "can't read \(path): it is not a file")
    }
    guard status.st_size <= limit else {
      throw GitError(.io(path: path), "can't read \(path): it is larger than \(limit) bytes")
    }
    var bytes: [UInt8] = []
    var failure: Int32 = 0
    // One byte more than the stated size shows the end of the file without another round.
    var chunk = Int(status.st_size) + 1
    while failure == 0, bytes.count <= limit {
      let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        let got = read(descriptor, buffer.baseAddress, buffer.count)
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      if failure == EINTR {
        failure = 0
        continue
      }
      if part.isEmpty { break }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      if part.count < chunk, bytes.count == Int(status.st_size) { break }
      chunk = 1 << 16
    }
    guard failure == 0 else { throw .io(path, doing: "read", code: failure) }
    return bytes
  }

  /// The text of a file, repaired where it is not UTF-8; `nil` where there is no such file.
  static func text(_ path: String) throws(GitError) -> String? {
    guard let bytes = try contents(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The target of a symbolic link, as bytes.
  static func linkTarget(_ path: String) throws(GitError) -> [UInt8] {
    var failure: Int32 = 0
    let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      let got = buffer.withMemoryRebound(to: CChar.self) { target in
        target.baseAddress.map { readlink(path, $0, target.count) } ?? 0
      }
      if got < 0 { failure = errno }
      count = max(0, got)
    }
    guard failure == 0 else { throw .io(path, doing: "read", code: failure) }
    return target
  }

  /// The names in a folder, sorted by their bytes; empty where there is no such folder.
  static func names(in folder: String) throws(GitError) -> [String] {
    guard let stream = opendir(folder) else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return [] }
      throw .io(folder, doing: "list", code: code)
    }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .io(folder, doing: "list", code: errno) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The operating system's words for an error number.
  static func reason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}

extension stat {
  /// When the content was written.
  var modified: timespec {
    #if canImport(Glibc)
      st_mtim
    #else
      st_mtimespec
    #endif
  }
}
