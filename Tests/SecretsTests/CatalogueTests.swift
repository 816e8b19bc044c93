import Testing

@testable import Secrets

@Suite struct CatalogueTests {
  let scanner: SecretScanner

  init() throws { scanner = try SecretScanner() }

  @Test func `ids are unique and in kebab case`() {
    var seen: Set<String> = []
    for type in CredentialType.all {
      #expect(seen.insert(type.id).inserted, "\(type.id) occurs twice")
      #expect(
        type.id.utf8.allSatisfy { $0.isLower || $0.isDigit || $0 == 0x2D } && !type.id.contains("--"), "\(type.id)")
    }
  }

  @Test func `every type says what it opens, how to revoke it and where that is written`() {
    for type in CredentialType.all {
      #expect(type.opens.count > 5 && !type.opens.hasSuffix("."), "\(type.id)")
      #expect(
        type.revoke.count > 10 && type.revoke.first?.isUppercase == true && !type.revoke.hasSuffix("."), "\(type.id)")
      #expect(type.references.allSatisfy { $0.hasPrefix("https://") }, "\(type.id)")
      #expect(!type.samples.finds.isEmpty, "\(type.id) shows nothing that it finds")
    }
  }

  @Test func `every pattern compiles`() {
    for type in CredentialType.allForms {
      let source: String
      switch type.recognition {
      case .token(_, let pattern, _, _), .assigned(_, _, let pattern): source = pattern
      case .reader: continue
      }
      #expect(throws: Never.self, "\(type.id)") { try Pattern(source) }
    }
  }

  @Test func `every type finds its own samples at their exact place`() {
    var missed: [String] = []
    for type in CredentialType.allForms {
      for (number, template) in type.samples.finds.enumerated() {
        for seed in 1...4 as ClosedRange<UInt64> {
          let sample = SampleTemplate(template, seed: seed)
          let found = scanner.scan(sample.bytes).matches.map { "\($0.type.id) \($0.range)" }
          if found != ["\(type.id) \(sample.secret)"] {
            missed.append("\(type.id), sample \(number + 1), seed \(seed): \(sample.secret) but found \(found)")
          }
        }
      }
    }
    #expect(missed.isEmpty, "\(missed.joined(separator: "\n"))")
  }

  @Test func `no type finds what it must pass over`() {
    for type in CredentialType.allForms {
      for (number, template) in type.samples.passes.enumerated() {
        let sample = SampleTemplate(template)
        let matches = scanner.scan(sample.bytes).matches.filter { $0.type.id == type.id }
        #expect(matches.isEmpty, "\(type.id), sample \(number + 1)")
      }
    }
  }
}
