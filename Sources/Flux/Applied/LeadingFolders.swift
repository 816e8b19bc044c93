internal import Manifests

/// Which folders of Kustomizations lead to all others: a folder leads to those that the Kustomizations in it name.
///
/// Its cost grows with the number of Kustomizations and the depth of their files, whatever circles there are.
struct LeadingFolders {
  private let all: [FluxKustomization]
  /// The number of each folder.
  private var numbers: [String: Int] = [:]
  /// The Kustomizations that name each folder, by their numbers, and how many files lie in it.
  private var naming: [[Int]] = []
  private var inside: [Int] = []
  private var next: [[Int]] = []
  private var previous: [[Int]] = []
  /// Those that one of another name applies.
  private var held: Set<Int> = []

  /// - Parameter all: Kustomizations with a path.
  init(_ all: [FluxKustomization]) {
    self.all = all
    for (number, kustomization) in all.enumerated() {
      let place = numbers[kustomization.path ?? "", default: naming.count]
      if place == naming.count {
        numbers[kustomization.path ?? ""] = place
        naming.append([])
      }
      naming[place].append(number)
    }
    inside = naming.map { _ in 0 }
    next = naming.map { _ in [] }
    previous = next
    for (number, kustomization) in all.enumerated() {
      let own = numbers[kustomization.path ?? ""] ?? 0
      var folder = kustomization.file
      while !folder.isEmpty {
        folder = Path.parent(folder)
        guard let place = numbers[folder], holdsOther(place, kustomization.identity) else { continue }
        inside[place] += 1
        held.insert(number)
        guard place != own else { continue }
        next[place].append(own)
        previous[own].append(place)
      }
    }
  }

  /// Whether a Kustomization of another name applies a folder.
  private func holdsOther(_ folder: Int, _ identity: ObjectIdentity) -> Bool {
    naming[folder].contains { all[$0].identity != identity }
  }

  /// Those whose file none of the others applies; and of some that only apply each other's files, one. Which of them is
  /// called the root makes no difference to what is applied: it is the one that Flux's own name or most of the rest
  /// speaks for.
  var starts: [FluxKustomization] {
    var found = all.indices.filter { !held.contains($0) }
    var reached = [Bool](repeating: false, count: naming.count)
    for number in found { mark(numbers[all[number].path ?? ""] ?? 0, in: &reached) }
    // What leads to a folder was finished after it: whoever is not reached yet has nobody before it but its own circle.
    for folder in finished().reversed() where !reached[folder] {
      mark(folder, in: &reached)
      found += [circle(of: folder).flatMap { naming[$0] }.max(by: speaksLess) ?? 0]
    }
    return found.sorted().map { all[$0] }
  }

  private func speaksLess(_ left: Int, _ right: Int) -> Bool {
    func weight(_ number: Int) -> (Int, Int, Int) {
      let count = numbers[all[number].path ?? ""].map { inside[$0] } ?? 0
      return (all[number].isBootstrapped ? 1 : 0, count, -number)
    }
    return weight(left) < weight(right)
  }

  /// The folders in the order in which a search through all of them leaves them.
  private func finished() -> [Int] {
    var order: [Int] = []
    var seen = [Bool](repeating: false, count: naming.count)
    for first in naming.indices where !seen[first] {
      seen[first] = true
      var way = [(folder: first, step: 0)]
      while let last = way.last {
        guard last.step < next[last.folder].count else {
          order.append(last.folder)
          way.removeLast()
          continue
        }
        way[way.count - 1].step += 1
        let other = next[last.folder][last.step]
        guard !seen[other] else { continue }
        seen[other] = true
        way.append((other, 0))
      }
    }
    return order
  }

  /// Marks a folder and those that it leads to.
  private func mark(_ first: Int, in reached: inout [Bool]) {
    var open = [first]
    while let folder = open.popLast() {
      guard !reached[folder] else { continue }
      reached[folder] = true
      open += next[folder]
    }
  }

  /// The folders that lead to one, itself among them: where nobody else does, those of its circle.
  private func circle(of first: Int) -> Set<Int> {
    var found: Set<Int> = [first]
    var open = [first]
    while let folder = open.popLast() { open += previous[folder].filter { found.insert($0).inserted } }
    return found
  }
}
