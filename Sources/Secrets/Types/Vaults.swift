enum Vaults { static let types: [CredentialType] = [] }
