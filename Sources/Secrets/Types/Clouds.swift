enum Clouds { static let types: [CredentialType] = [] }
