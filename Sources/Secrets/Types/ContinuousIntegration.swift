enum ContinuousIntegration { static let types: [CredentialType] = [] }
