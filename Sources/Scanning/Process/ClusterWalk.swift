internal import Manifests
internal import Policy

/// Takes down what becomes of clusters, commit by commit.
struct ClusterWalk {
  /// A file with clusters in it, before and after a commit.
  struct Change {
    var path: String
    var old: [ClusterDocument]
    var new: [ClusterDocument]
  }

  private struct Place: Hashable {
    var key: ObjectIdentity
    var path: String
  }

  private struct Draft {
    var life: ClusterLife
    var key: ObjectIdentity
    var state: ClusterLife.State?
  }

  /// What a commit does to a cluster.
  private struct Note {
    var events: [ClusterLife.Event]
    var otherName: String?
  }

  private var drafts: [Draft] = []
  private var places: [Place: Int] = [:]
  private var notes: [Int: Note] = [:]
  private var time: Int64 = 0

  /// All lives so far, by namespace, name and beginning.
  var lives: [ClusterLife] {
    drafts.map(\.life).filter { !$0.steps.isEmpty }.sorted { left, right in
      let (first, second) = (left.subject, right.subject)
      if first.namespace != second.namespace { return first.namespace < second.namespace }
      if first.name != second.name { return first.name < second.name }
      return (left.steps.first?.seconds ?? 0) < (right.steps.first?.seconds ?? 0)
    }
  }

  /// Takes the clusters that stand before the first commit.
  mutating func begin(_ clusters: [(path: String, document: ClusterDocument)]) {
    for (path, document) in clusters where document.isWhole && places[Place(key: document.key, path: path)] == nil {
      note(.present, appear(document, at: path))
    }
  }

  /// Follows a commit. `sign` has to be called where this gives back true: something happened to a cluster.
  ///
  /// - Parameters:
  ///   - seconds: when the commit was made, not before the one before it.
  ///   - isFirstKnown: whether what appears may have been there before.
  mutating func follow(_ changes: [Change], at seconds: Int64, isFirstKnown: Bool) -> Bool {
    time = seconds
    var gone: [(path: String, document: ClusterDocument)] = []
    var come: [(path: String, document: ClusterDocument)] = []
    for change in changes {
      let kept = Set(change.new.map(\.key))
      for document in change.old where !kept.contains(document.key) {
        if places[Place(key: document.key, path: change.path)] != nil { gone.append((change.path, document)) }
      }
      for document in change.new {
        if let number = places[Place(key: document.key, path: change.path)] {
          update(number, document, at: change.path)
        } else if document.isWhole {
          come.append((change.path, document))
        }
      }
    }
    for (path, document) in come {
      if let index = match(document, at: path, among: gone) {
        pass(from: gone.remove(at: index), to: (path, document))
      } else {
        note(isFirstKnown ? .present : .created, appear(document, at: path))
      }
    }
    for (path, document) in gone { end(Place(key: document.key, path: path), with: .deleted) }
    return !notes.isEmpty
  }

  /// Writes down who did what was followed last.
  mutating func sign(_ commit: Finding.CommitInfo) {
    for (number, note) in notes {
      drafts[number].life.steps.append(
        ClusterLife.Step(
          commit: commit, seconds: time, events: note.events, otherName: note.otherName, state: drafts[number].state))
    }
    notes = [:]
  }

  // MARK: Coming and going

  /// The cluster among those that leave which one that comes is: of the same name, else in the same place, else at the
  /// same address.
  private func match(
    _ document: ClusterDocument, at path: String, among gone: [(path: String, document: ClusterDocument)]
  ) -> Int? {
    gone.firstIndex { $0.document.key == document.key } ?? gone.firstIndex { $0.path == path }
      ?? gone.firstIndex { document.host != nil && $0.document.host == document.host }
  }

  /// A cluster gets another path, or another name, with which another life begins.
  private mutating func pass(
    from old: (path: String, document: ClusterDocument), to new: (path: String, document: ClusterDocument)
  ) {
    let place = Place(key: old.document.key, path: old.path)
    guard let number = places[place] else { return }
    if old.document.key == new.document.key {
      places[place] = nil
      places[Place(key: new.document.key, path: new.path)] = number
      note(.moved, number)
      update(number, new.document, at: new.path)
    } else {
      end(place, with: .renamed, otherName: ClusterWalk.name(new.document.subject))
      note(.renamed, appear(new.document, at: new.path), otherName: ClusterWalk.name(old.document.subject))
    }
  }

  private static func name(_ subject: Finding.Subject) -> String {
    subject.namespace.isEmpty ? subject.name : "\(subject.namespace)/\(subject.name)"
  }

  /// A cluster comes; where one of its name has gone, that one comes again.
  private mutating func appear(_ document: ClusterDocument, at path: String) -> Int {
    let known = drafts.lastIndex { $0.key == document.key && $0.state == nil }
    let found = known ?? drafts.count
    if known == nil {
      let life = ClusterLife(subject: document.subject, managedBy: nil, steps: [])
      drafts.append(Draft(life: life, key: document.key, state: nil))
    }
    places[Place(key: document.key, path: path)] = found
    drafts[found].state = document.state(at: path)
    drafts[found].life.managedBy = document.manager ?? drafts[found].life.managedBy
    return found
  }

  private mutating func end(_ place: Place, with event: ClusterLife.Event, otherName: String? = nil) {
    guard let number = places.removeValue(forKey: place) else { return }
    drafts[number].state = nil
    note(event, number, otherName: otherName)
  }

  private mutating func update(_ number: Int, _ document: ClusterDocument, at path: String) {
    let (old, new) = (drafts[number].state, document.state(at: path))
    drafts[number].state = new
    drafts[number].life.managedBy = document.manager ?? drafts[number].life.managedBy
    if old?.workers != new.workers || old?.controlPlane != new.controlPlane { note(.scaled, number) }
    if old?.version != new.version { note(.versionChanged, number) }
    if let old, old.isPaused != new.isPaused { note(new.isPaused ? .paused : .resumed, number) }
  }

  private mutating func note(_ event: ClusterLife.Event, _ number: Int, otherName: String? = nil) {
    notes[number, default: Note(events: [])].events.append(event)
    if let otherName { notes[number]?.otherName = otherName }
  }
}
