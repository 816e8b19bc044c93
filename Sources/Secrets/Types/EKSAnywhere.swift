enum EKSAnywhere { static let types: [CredentialType] = [] }
