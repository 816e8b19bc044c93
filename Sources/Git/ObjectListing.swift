internal import CLibgit2

/// The objects of a repository.
package struct ObjectListing: Sendable {
  /// Their ids, each once, packed ones in the order of their packs.
  package let ids: [ObjectID]
  /// What could not be listed.
  package let unreadable: [GitError]
  /// The packs that could be listed, each with what tells that it is still the same.
  package let packs: [String]
}

extension Repository {
  /// The ids of all objects in the repository and its alternates, each once, packed ones in the order of their packs.
  ///
  /// Reading in this order is several times faster than in the order of ids. Hand slices of some thousand ids to
  /// threads, each with its own `Repository`. What can't be listed, a damaged pack say, is given apart.
  ///
  /// - Parameter known: packs that are passed over, as an earlier listing named them.
  package func objectListing(without known: Set<String> = []) -> ObjectListing {
    let listing = Listing()
    var unreadable: [GitError] = []
    var packs: [String] = []
    func attempt(_ body: () throws(GitError) -> Void) {
      do throws(GitError) { try body() } catch { unreadable.append(error) }
    }
    attempt { () throws(GitError) in
      for directory in try objectDirectories() {
        attempt { () throws(GitError) in
          for name in try FileSystem.names(in: directory + "/pack") where name.hasSuffix(".idx") {
            let path = directory + "/pack/" + name
            let state = FileSystem.version(path).map { "\(path) \($0)" }
            attempt { () throws(GitError) in
              if let state, known.contains(state) {
                packs.append(state)
              } else {
                try listing.addPack(path)
                if let state { packs.append(state) }
              }
            }
          }
        }
        attempt { () throws(GitError) in try listing.addLoose(directory) }
      }
    }
    return ObjectListing(ids: listing.distinct(), unreadable: unreadable, packs: packs)
  }

  /// The ids of `objectListing`, where all of them could be listed. Throws the first failure.
  package func objectIDs() throws(GitError) -> [ObjectID] {
    let listing = objectListing()
    if let error = listing.unreadable.first { throw error }
    return listing.ids
  }

  /// Reads every object of a slice of ids and lends its bytes; what can't be read is given to `failed`.
  ///
  /// Blobs larger than `limit` bytes are not read: `large` gets them instead.
  package func forEachObject(
    in ids: some Sequence<ObjectID>, limit: Int = .max, failed: (GitError) -> Void,
    large: (ObjectID, ObjectHeader) -> Void = { _, _ in },
    _ body: (ObjectID, ObjectKind, UnsafeRawBufferPointer) -> Void
  ) {
    for id in ids {
      do throws(GitError) {
        if limit < .max {
          let header = try header(of: id)
          if header.size > limit {
            large(id, header)
            continue
          }
        }
        try withObject(id) { kind, bytes in body(id, kind, bytes) }
      } catch {
        failed(error)
      }
    }
  }

  /// The folders of objects: the repository's own, those the environment names, and all their alternates.
  func objectDirectories() throws(GitError) -> [String] {
    var found: [String] = []
    var queue = ([location.objectDirectory] + location.alternateObjectDirectories).map { ($0, 0) }
    while !queue.isEmpty {
      let (path, depth) = queue.removeFirst()
      let directory = FileSystem.resolved(path)
      // Git follows alternates of alternates five deep.
      guard !found.contains(directory), depth <= 5, FileSystem.isFolder(directory) else { continue }
      found.append(directory)
      guard let list = try FileSystem.text(directory + "/info/alternates") else { continue }
      for line in list.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
        queue.append((FileSystem.joined(directory, String(line)), depth + 1))
      }
    }
    return found
  }

  private static func unlistable(_ path: String) -> GitError {
    GitError(
      .io(path: path),
      "can't list the objects in \(path) (\(Library.lastMessage())): run `git fsck` and restore it from another clone")
  }

  /// Collects ids from libgit2's callbacks.
  private final class Listing {
    private var ids: [ObjectID] = []
    private var sources = 0

    /// Adds a pack's objects, by the path of its index.
    ///
    /// Each pack by itself: with a multi-pack index, libgit2 lists all of them in the order of ids.
    func addPack(_ path: String) throws(GitError) {
      var opened: UnsafeMutablePointer<git_odb_backend>?
      guard git_odb_backend_one_pack(&opened, path) == 0 else { throw Repository.unlistable(path) }
      try add(opened, path: path)
    }

    /// Adds the objects that have a file of their own in a folder of objects.
    func addLoose(_ directory: String) throws(GitError) {
      var opened: UnsafeMutablePointer<git_odb_backend>?
      guard git_odb_backend_loose(&opened, directory, -1, 0, 0, 0) == 0 else { throw Repository.unlistable(directory) }
      try add(opened, path: directory)
    }

    private func add(_ backend: UnsafeMutablePointer<git_odb_backend>?, path: String) throws(GitError) {
      guard let backend else { throw Repository.unlistable(path) }
      defer { backend.pointee.free(backend) }
      let before = ids.count
      let status = backend.pointee.foreach(
        backend,
        { name, listing in
          guard let name, let listing else { return -1 }
          Unmanaged<Listing>.fromOpaque(listing).takeUnretainedValue().ids.append(ObjectID(at: name))
          return 0
        }, Unmanaged.passUnretained(self).toOpaque())
      guard status == 0 else { throw Repository.unlistable(path) }
      if ids.count > before { sources += 1 }
    }

    /// The ids without those that a later source has again.
    func distinct() -> [ObjectID] {
      guard sources > 1 else { return ids }
      var seen = Set<ObjectID>(minimumCapacity: ids.count)
      return ids.filter { seen.insert($0).inserted }
    }
  }
}
