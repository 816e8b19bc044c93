extension SecretScanner {
  /// Judges one value that a reader of the structure has cut out: `value` with its encoding of the place undone (the
  /// base64 of `data` decoded), `key` its name, `parents` names around it that may tell the vendor.
  package func judge(
    _ value: UnsafeRawBufferPointer, key: String, parents: [String] = [], place: ValuePlace
  ) -> Verdict {
    let trimmed = ValueJudge.trimmed(Array(value))
    let found = scan(value, context: ScanContext(place: place, readsAssignments: trimmed.contains(where: \.isNewline)))
    if !found.matches.isEmpty { return .credential(found.matches) }
    if let match = assigned(trimmed, key: key, parents: parents) { return .credential([match]) }
    let kind = AssignmentName.kind(of: key.utf8)
    if kind.isCredential, place == .secretData || AssignmentName.mayBeUUID(key.utf8), ValueForms.isDrawnUUID(trimmed) {
      return .looksSecret(.random)
    }
    switch ValueJudge.appearance(of: trimmed, kind: kind, place: place) {
    case .secret(let look): return .looksSecret(look)
    case .passed(.placeholder) where place == .secretData && kind.isCredential && ValueForms.isGuessable(trimmed):
      return .looksSecret(.typed)
    case .passed(let reason): return .passedOver(reason)
    }
  }

  /// Judges one value; see ``judge(_:key:parents:place:)``.
  package func judge(_ value: [UInt8], key: String, parents: [String] = [], place: ValuePlace) -> Verdict {
    value.withUnsafeBytes { judge($0, key: key, parents: parents, place: place) }
  }

  /// Whether `value` says that it is to be replaced, so that it is no password that somebody uses.
  package static func asksToBeFilled(_ value: [UInt8]) -> Bool { ValueForms.asksToBeFilled(value) }

  private func assigned(_ value: [UInt8], key: String, parents: [String]) -> SecretMatch? {
    guard ValueForms.reason(to: value) == nil || ValueForms.isUUID(value) else { return nil }
    let context = Array(parents.joined(separator: " ").utf8)
    return context.withUnsafeBytes { context in
      value.withUnsafeBytes { bytes in
        var run = ScanRun(textBytes: bytes.count, context: ScanContext())
        let reading = PlaceReading(scanner: self, layer: Layer(bytes: bytes), isText: true)
        let readers = Readers(place: reading)
        guard
          let index = readers.assignedType(
            Array(key.utf8).withUnsafeBytes(meaning), context: context[0..<context.count], value: value, into: &run)
        else { return nil }
        reading.add(index, 0..<bytes.count, into: &run)
        return run.result(types: catalogue.types).matches.first
      }
    }
  }
}
