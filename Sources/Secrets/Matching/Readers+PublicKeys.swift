/// Values that are public though their name does not say so.
extension Readers {
  /// Whether the value is the key that a site's search box is given, beside the index it searches: such a key can search
  /// and nothing else. https://docsearch.algolia.com/docs/api/
  func isSearchKey(_ found: Assignment, _ value: [UInt8]) -> Bool {
    guard value.count == 32, value.allSatisfy(\.isHexDigit),
      AssignmentName.normalized(bytes[found.name]).suffix(6).elementsEqual("apikey".utf8)
    else { return false }
    let near = bytes[max(0, found.name.lowerBound - 200)..<min(bytes.count, found.value.upperBound + 200)]
    return near.contains(caseless: "indexname")
  }
}
