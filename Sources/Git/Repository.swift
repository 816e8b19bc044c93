internal import CLibgit2

/// An open repository, for reading. Nothing here ever writes to it.
///
/// One thread's own: open another from the same location in each thread, which is cheap. What its functions give back
/// are plain values that can go anywhere.
package final class Repository {
  /// Where the repository's parts are.
  package let location: RepositoryLocation
  /// The commits at which a shallow clone's history is cut off; empty in a full clone.
  package let shallowCommits: Set<ObjectID>

  /// How many differing paths, folders included, a comparison visits before it gives up and says so: trees can be made
  /// to multiply without end.
  package var pathLimit = 5_000_000

  /// A larger file is named and not read.
  package static let fileLimit = 256 << 20

  /// How often a pack is opened at most.
  private static let openings = 8

  let database: OpaquePointer
  var trees = ByteCache(generation: 4 << 20)
  /// Files read lately: what a commit leaves is what the next one finds.
  private var files = ByteCache(generation: 2 << 20)
  /// The references of `packed-refs`, once read.
  var packed: [Reference]?
  /// Objects found to be absent, so that asking again does not search the disk again.
  private var absent: Set<ObjectID> = []

  /// Opens the repository at a location. Throws `.notARepository` or `.io`.
  ///
  /// libgit2 opens a pack once in a process for each path it is asked for by, and locks it for each read. Threads that
  /// read much at the same time wait for each other less where each says its `thread`, which then has packs of its own.
  package init(_ location: RepositoryLocation, thread: Int = 0) throws(GitError) {
    try Library.prepare()
    self.location = location
    shallowCommits = try Self.shallowCommits(listedIn: location.shallowPath)
    var opened: OpaquePointer?
    let ownPath = location.objectDirectory + String(repeating: "/.", count: thread % Self.openings)
    guard git_odb_open(&opened, ownPath) == 0, let opened else {
      throw GitError(
        .io(path: location.objectDirectory),
        "can't open the objects in \(location.objectDirectory): \(Library.lastMessage())")
    }
    database = opened
    for path in location.alternateObjectDirectories {
      guard git_odb_add_disk_alternate(opened, path) == 0 else {
        throw GitError(.io(path: path), "can't open the objects in \(path): \(Library.lastMessage())")
      }
    }
  }

  /// Finds and opens the repository around a folder.
  package convenience init(
    around folder: String, environment: [String: String] = [:]
  ) throws(GitError) {
    try self.init(RepositoryLocation(around: folder, environment: environment))
  }

  deinit { git_odb_free(database) }

  /// Whether the clone's history is cut off.
  package var isShallow: Bool { !shallowCommits.isEmpty }

  /// Whether objects may be absent because a partial clone left them on its remote.
  package var isPartialClone: Bool { location.isPartialClone }

  private static func shallowCommits(listedIn path: String) throws(GitError) -> Set<ObjectID> {
    guard !path.isEmpty, let text = try FileSystem.text(path) else { return [] }
    return Set(text.split(whereSeparator: \.isNewline).compactMap { ObjectID(hex: $0) })
  }
}

extension Repository {
  /// Reads an object and lends its bytes to a function; they are gone when it returns.
  ///
  /// The bytes are not checked against the id (see `verifiedBlob`). Throws `.missingObject` or `.corruptObject`.
  package func withObject<Value>(
    _ id: ObjectID, _ body: (ObjectKind, UnsafeRawBufferPointer) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    if id == .emptyTree { return try body(.tree, UnsafeRawBufferPointer(start: nil, count: 0)) }
    if absent.contains(id) { throw missing(id) }
    var name = git_oid(id)
    var read: OpaquePointer?
    let status = git_odb_read(&read, database, &name)
    guard status == 0, let object = read else { throw failure(status, reading: id) }
    defer { git_odb_object_free(object) }
    guard let kind = ObjectKind(git_odb_object_type(object)) else { throw .corrupt(id, "unknown kind") }
    let bytes = UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object))
    return try body(kind, bytes)
  }

  /// Reads an object of one kind and lends its bytes. Throws `.unexpectedKind` besides.
  package func withObject<Value>(
    _ id: ObjectID, expecting expected: ObjectKind, _ body: (UnsafeRawBufferPointer) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    try withObject(id) { (kind, bytes) throws(GitError) in
      guard kind == expected else {
        throw .unexpected(id, kind, expected: expected)
      }
      return try body(bytes)
    }
  }

  /// An object's kind and size, without reading its content. Throws `.missingObject` or `.corruptObject`.
  package func header(of id: ObjectID) throws(GitError) -> ObjectHeader {
    if id == .emptyTree { return ObjectHeader(kind: .tree, size: 0) }
    if absent.contains(id) { throw missing(id) }
    var name = git_oid(id)
    var size = 0
    var type = GIT_OBJECT_INVALID
    let status = git_odb_read_header(&size, &type, database, &name)
    guard status == 0 else { throw failure(status, reading: id) }
    guard let kind = ObjectKind(type) else { throw .corrupt(id, "unknown kind") }
    return ObjectHeader(kind: kind, size: size)
  }

  /// Whether the repository contains an object.
  package func contains(_ id: ObjectID) -> Bool {
    var name = git_oid(id)
    return id == .emptyTree || git_odb_exists(database, &name) == 1
  }

  /// The content of a file.
  package func blob(_ id: ObjectID) throws(GitError) -> [UInt8] {
    if let bytes = files.find(id) { return bytes }
    let bytes = try withObject(id, expecting: .blob) { [UInt8]($0) }
    files.insert(id, bytes)
    return bytes
  }

  /// Says that a file of a size is not read.
  package static func tooLarge(_ id: ObjectID, _ size: Int) -> GitError {
    GitError(.overLimit(id), "a file of \(size >> 20) MiB is too large to be searched")
  }

  /// The content of a file, checked against its id: for bytes on which a verdict depends.
  package func verifiedBlob(_ id: ObjectID) throws(GitError) -> [UInt8] {
    let bytes = try blob(id)
    guard Self.id(ofBlob: bytes) == id else { throw .corrupt(id, "its content does not match its id") }
    return bytes
  }

  /// The id that Git would give a file's content.
  package static func id(ofBlob bytes: [UInt8]) -> ObjectID {
    var name = git_oid()
    let status = bytes.withUnsafeBytes { git_odb_hash(&name, $0.baseAddress, $0.count, GIT_OBJECT_BLOB) }
    return status == 0 ? ObjectID(name) : .zero
  }

  /// The one object whose id starts with the digits. Throws `.badRevision` where there is none, or more than one.
  package func object(startingWith digits: String) throws(GitError) -> ObjectID {
    let padded = digits + String(repeating: "0", count: max(0, 40 - digits.utf8.count))
    guard (4...40).contains(digits.utf8.count), let start = ObjectID(hex: padded) else {
      throw GitError(.badRevision(digits), "\(digits) is no object id: give at least four hexadecimal digits")
    }
    var name = git_oid(start)
    var found = git_oid()
    switch git_odb_exists_prefix(&found, database, &name, digits.utf8.count) {
    case 0: return ObjectID(found)
    case GIT_EAMBIGUOUS.rawValue:
      throw GitError(.badRevision(digits), "more than one object id starts with \(digits): give more digits")
    default: throw GitError(.badRevision(digits), "no object id starts with \(digits)")
    }
  }

  private func failure(_ status: Int32, reading id: ObjectID) -> GitError {
    guard status == GIT_ENOTFOUND.rawValue else { return .corrupt(id, Library.lastMessage()) }
    absent.insert(id)
    return missing(id)
  }

  func missing(_ id: ObjectID) -> GitError {
    let remedy =
      if isPartialClone {
        "this is a partial clone: fetch the rest with `git fetch --refetch --no-filter`, or clone without --filter"
      } else if isShallow {
        "this is a shallow clone: fetch the rest with `git fetch --unshallow`"
      } else {
        "run `git fsck` and fetch it again from another clone"
      }
    return GitError(.missingObject(id), "object \(id.hex) is missing: \(remedy)")
  }
}

extension git_oid {
  /// libgit2's form of an id.
  init(_ id: ObjectID) {
    self.init()
    withUnsafeMutableBytes(of: &self) { bytes in
      bytes.storeBytes(of: id.high.bigEndian, as: UInt64.self)
      bytes.storeBytes(of: id.middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: id.low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
  }
}

extension ObjectID {
  /// The id in libgit2's form.
  init(_ name: git_oid) {
    self = withUnsafeBytes(of: name) { bytes in bytes.baseAddress.map { ObjectID(at: $0) } ?? .zero }
  }
}

extension ObjectKind {
  init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }
}
