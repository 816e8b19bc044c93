/// One line of a reference's log.
package struct ReflogEntry: Sendable, Hashable {
  /// What the reference pointed to before; zeros where it was made.
  package let old: ObjectID
  /// What it pointed to afterwards; zeros where it was deleted.
  package let new: ObjectID
  /// Who did it, and when.
  package let committer: Signature
  /// Why, as Git noted it.
  package let message: String
}

extension Repository {
  /// The log of a reference, newest first; empty where it has none. Throws `.badReference` for a malformed line.
  package func reflog(_ name: String) throws(GitError) -> [ReflogEntry] {
    let folder = name.hasPrefix("refs/") ? location.commonDirectory : location.gitDirectory
    guard let bytes = try FileSystem.contents(folder + "/logs/" + name) else { return [] }
    var entries: [ReflogEntry] = []
    for line in bytes.split(separator: 0x0a) {
      guard let entry = ReflogEntry(line: line) else {
        throw GitError(
          .badReference(name), "the log of \(name) has a malformed line: run `git reflog expire` or delete the log")
      }
      entries.append(entry)
    }
    return entries.reversed()
  }

  /// The commits of the stash, newest first: the current one and those that only its log still names.
  package func stash() throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    if let top = try reference("refs/stash") { found.append(top) }
    for entry in try reflog("refs/stash") where entry.new != .zero && !found.contains(entry.new) {
      found.append(entry.new)
    }
    return found
  }
}

extension ReflogEntry {
  fileprivate init?(line: ArraySlice<UInt8>) {
    let tab = line.firstIndex(of: 0x09) ?? line.endIndex
    var digits = line.makeIterator()
    guard let old = ObjectID(digits: &digits), digits.next() == 0x20, let new = ObjectID(digits: &digits) else {
      return nil
    }
    self.old = old
    self.new = new
    committer = line[..<tab].withUnsafeBytes { HeaderLine(bytes: $0).signature(after: 82, .utf8) }
    message = String(decoding: line[tab...].dropFirst(), as: UTF8.self)
  }
}

/// A note attached to an object.
package struct Note: Sendable, Hashable {
  /// The object it is attached to.
  package let target: ObjectID
  /// The blob with the note's text.
  package let blob: ObjectID
}

extension Repository {
  /// The notes in the tree of a notes reference's commit (`refs/notes/commits`, say), in Git's order.
  ///
  /// Files that are no notes are left out; folders that could not be read are listed apart.
  package func notes(in tree: ObjectID) -> (notes: [Note], unreadable: [UnreadableFolder]) {
    var notes: [Note] = []
    let unreadable = files(in: tree) { change in
      guard let item = change.new, item.kind.isBlob else { return }
      // Notes fan out into folders: `ab/cd/…`, the parts joined are the object's id.
      let digits = change.path.filter { $0 != "/" }
      if let target = ObjectID(hex: digits) { notes.append(Note(target: target, blob: item.id)) }
    }
    return (notes, unreadable)
  }
}
