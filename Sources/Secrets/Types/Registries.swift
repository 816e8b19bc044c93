enum Registries { static let types: [CredentialType] = [] }
