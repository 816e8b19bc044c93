enum AI { static let types: [CredentialType] = [] }
