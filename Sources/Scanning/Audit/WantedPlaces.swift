/// The paths at which something wanted ever stood, as a tree of names, so that other folders need not be looked into.
struct WantedPlaces {
  private struct Place {
    var below: [(name: [UInt8], place: Int)] = []
  }

  /// The place of the root.
  static let root = 0

  private var places = [Place()]
  /// Whether every path is the bytes that Git has: else two files may share a place.
  private(set) var areExact = true

  /// The number of a path's place, which it is given where it has none.
  mutating func number(of path: String) -> Int {
    var place = WantedPlaces.root
    for name in path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init) {
      if let known = places[place].below.first(where: { $0.name == name }) {
        place = known.place
      } else {
        places[place].below.append((name, places.count))
        place = places.count
        places.append(Place())
      }
    }
    if path.unicodeScalars.contains("\u{FFFD}") { areExact = false }
    return place
  }

  /// The place of a name below another place; `nil` where nothing wanted stood there.
  func place(of name: UnsafeRawBufferPointer, below place: Int) -> Int? {
    let below = places[place].below
    if let found = below.first(where: { $0.name.elementsEqual(name) }) { return found.place }
    // Paths are kept as text, in which bytes that are none are replaced.
    guard name.contains(where: { $0 >= 0x80 }) else { return nil }
    let text = Array(String(decoding: name, as: UTF8.self).utf8)
    return below.first { $0.name == text }?.place
  }
}
