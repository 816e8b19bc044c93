@testable import Secrets

/// Every type in several settings; names and vendors are those of the type.
enum TypedPositives {
  static let cases: [CorpusCase] = CredentialType.all.enumerated().flatMap { number, type in build(number, type) }

  private static func build(_ number: Int, _ type: CredentialType) -> [CorpusCase] {
    guard let sample = type.samples.finds.first else { return [] }
    let value = secretTemplate(sample)
    let family = Self.family(of: type)
    switch type.recognition {
    case .token where !isMultiline(sample) && sample == value:
      return (0..<3).map { turn in
        let setting = Settings.bare[(number * 3 + turn) % Settings.bare.count]
        return build(type, family, setting, name: "", value: value, seed: UInt64(number + turn))
      }
    case .assigned(let vendors, let names, _):
      let separator = vendors.isEmpty ? "" : "_"
      let name = ((vendors.first ?? "") + separator + (names.first ?? "")).uppercased()
      return (0..<3).map { turn in
        let setting = Settings.named[(number * 3 + turn) % Settings.named.count]
        return build(type, family, setting, name: name, value: value, seed: UInt64(number + turn))
      }
    default:
      return type.samples.finds.enumerated().map { turn, template in
        var found = CorpusCase.positive(
          family, "\(type.id) sample \(turn)", "values.yaml", template, seed: UInt64(number + 77))
        found.types = [type.id]
        return found
      }
    }
  }

  private static func build(
    _ type: CredentialType, _ family: String, _ setting: Settings.Setting, name: String, value: String, seed: UInt64
  ) -> CorpusCase {
    let template = setting.template.replacing("NAME", with: name).replacing("VALUE", with: "«\(value)»")
    var built = CorpusCase.positive(family, "\(type.id) in \(setting.path)", setting.path, template, seed: seed + 100)
    built.types = [type.id]
    return built
  }

  /// The part of a sample between the marks.
  private static func secretTemplate(_ sample: String) -> String {
    guard let start = sample.firstIndex(of: "«"), let end = sample.firstIndex(of: "»") else { return sample }
    return String(sample[sample.index(after: start)..<end])
  }

  private static func isMultiline(_ sample: String) -> Bool { sample.contains("\n") || sample.contains("{der}") }

  static func family(of type: CredentialType) -> String {
    let families: [(String, [CredentialType])] = [
      ("forges", Forges.types), ("keys", Keys.types), ("kubernetes", Kubernetes.types),
      ("eks-anywhere", EKSAnywhere.types),
      ("clouds", Clouds.types), ("cloud platforms", CloudPlatforms.types), ("registries", Registries.types),
      ("continuous integration", ContinuousIntegration.types), ("vaults", Vaults.types),
      ("infrastructure", Infrastructure.types), ("observability", Observability.types), ("messaging", Messaging.types),
      ("models", AI.types), ("services", Services.types), ("databases", Databases.types),
    ]
    return families.first { $0.1.contains { $0.id == type.id } }?.0 ?? "generic"
  }
}
