/// An object of a report with the checks that reading it takes. Every problem names the member and the place.
struct JSONMembers {
  /// Numbers beyond these are nothing that a report counts; sums of them still fit.
  private static let numberLimit = 1_000_000_000_000

  private let value: JSONValue
  /// What the object is, for people: `findings`.
  private let name: String
  /// How many bytes stand before its end.
  private let offset: Int

  /// - Throws: where the value is no object.
  init(_ value: JSONValue, of name: String, offset: Int) throws(JSONProblem) {
    guard case .object = value else { throw JSONProblem(expected: "an object in \(name)", offset: offset) }
    self.value = value
    self.name = name
    self.offset = offset
  }

  // MARK: Texts

  /// A text.
  func text(_ key: String) throws(JSONProblem) -> String {
    guard let text = value[key].string else { throw problem(key, "a text") }
    return text
  }

  /// A text, or `nil` for `null`.
  func textIfAny(_ key: String) throws(JSONProblem) -> String? {
    if value[key] == .null { return nil }
    return try text(key)
  }

  /// A list of texts.
  func texts(_ key: String) throws(JSONProblem) -> [String] {
    var texts: [String] = []
    for item in try items(key) {
      guard let text = item.string else { throw problem(key, "a list of texts") }
      texts.append(text)
    }
    return texts
  }

  /// One of some words.
  func word<Word: RawRepresentable<String>>(_ key: String) throws(JSONProblem) -> Word {
    guard let word = Word(rawValue: try text(key)) else { throw problem(key, "a word that this version knows") }
    return word
  }

  /// One of some words, or `nil` for `null`.
  func wordIfAny<Word: RawRepresentable<String>>(_ key: String) throws(JSONProblem) -> Word? {
    if value[key] == .null { return nil }
    let word: Word = try word(key)
    return word
  }

  /// A moment, as seconds since 1970.
  func moment(_ key: String) throws(JSONProblem) -> Int64 {
    guard let seconds = CivilDate.seconds(of: try text(key)) else { throw problem(key, "a date with its time") }
    return seconds
  }

  // MARK: Others

  /// A whole number that is not negative.
  func number(_ key: String) throws(JSONProblem) -> Int {
    guard let number = value[key].int, (0...JSONMembers.numberLimit).contains(number) else {
      throw problem(key, "a whole number")
    }
    return number
  }

  /// A whole number that is not negative, or `nil` for `null`.
  func numberIfAny(_ key: String) throws(JSONProblem) -> Int? {
    if value[key] == .null { return nil }
    return try number(key)
  }

  /// A whole number, or `nil` for `null`.
  func integerIfAny(_ key: String) throws(JSONProblem) -> Int? {
    if value[key] == .null { return nil }
    guard let number = value[key].int else { throw problem(key, "a whole number") }
    return number
  }

  /// A line or column.
  func place(_ key: String) throws(JSONProblem) -> UInt32 {
    guard let number = UInt32(exactly: try number(key)) else { throw problem(key, "the number of a line or column") }
    return number
  }

  /// A number of seconds with its fraction.
  func seconds(_ key: String) throws(JSONProblem) -> Double {
    guard case .number(let number) = value[key], number >= 0, number < 1e12 else { throw problem(key, "seconds") }
    return number
  }

  /// True or false.
  func flag(_ key: String) throws(JSONProblem) -> Bool {
    guard let flag = value[key].bool else { throw problem(key, "true or false") }
    return flag
  }

  // MARK: Containers

  /// An object.
  func object(_ key: String) throws(JSONProblem) -> JSONMembers {
    try JSONMembers(value[key], of: "\(name).\(key)", offset: offset)
  }

  /// An object, or `nil` for `null`.
  func objectIfAny(_ key: String) throws(JSONProblem) -> JSONMembers? {
    if value[key] == .null { return nil }
    return try object(key)
  }

  /// A list of objects.
  func objects(_ key: String) throws(JSONProblem) -> [JSONMembers] {
    var objects: [JSONMembers] = []
    for item in try items(key) { objects.append(try JSONMembers(item, of: "\(name).\(key)", offset: offset)) }
    return objects
  }

  /// A list of objects; empty where there is none.
  func objectsIfAny(_ key: String) throws(JSONProblem) -> [JSONMembers] {
    if value[key] == .null { return [] }
    return try objects(key)
  }

  /// The keys of the object, sorted.
  var keys: [String] {
    if case .object(let members) = value { members.keys.sorted() } else { [] }
  }

  /// What is wrong with a member.
  func problem(_ key: String, _ expected: String) -> JSONProblem {
    JSONProblem(expected: "\(expected) as \(name).\(key)", offset: offset)
  }

  private func items(_ key: String) throws(JSONProblem) -> [JSONValue] {
    guard case .list(let items) = value[key] else { throw problem(key, "a list") }
    return items
  }
}
