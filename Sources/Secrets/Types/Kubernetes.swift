/// Kubernetes' own credentials.
enum Kubernetes {
  static let types: [CredentialType] = [
    .token(
      "kubeconfig-credential", .critical, opens: "a cluster as the user in the kubeconfig, usually its administrator",
      literals: ["client-key-data:", "client-key-data\":"],
      pattern: #"client-key-data"?\s*:\s*["']?([0-9A-Za-z+/]{40,8000}={0,2})"#, reach: 8200, prefix: "",
      checks: [.entropy(3.5)],
      revoke:
        "Client certificates cannot be revoked one by one: remove the user's bindings, and rotate the cluster's client authority if the user is system:masters",
      see: "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/",
      finds: ["users:\n- name: a\n  user:\n    client-key-data: «LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo{b400}»\n"],
      passes: ["client-key-data: REDACTED", "client-certificate-data: {b400}"]
    )
    .marked(
      literals: ["users:"],
      pattern:
        #"users:\s*\n\s*-\s+name:[^\n]{1,80}\n\s+user:\s*\n\s+username:[^\n]{1,80}\n\s+password:\s*["']?([^\s"'<${}]{6,300})"#,
      reach: 600, prefix: "",
      finds: ["users:\n- name: a\n  user:\n    username: a\n    password: «{password}»\n"],
      passes: ["users:\n- name: a\n  user:\n    username: a\n    password: ${PASSWORD}\n"]),
    .token(
      "kubeconfig-token", .critical, opens: "a cluster as the user in the kubeconfig",
      literals: ["user:"],
      pattern: #"(?<![0-9A-Za-z_.-])user:\s*\n\s+(?:token|password):\s*["']?([^\s"'<${}]{12,3000})"#, reach: 3200,
      prefix: "",
      checks: [.random],
      revoke: "Delete the service account's token Secret or the user's binding",
      see: "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/",
      finds: [
        "users:\n- name: a\n  user:\n    token: «{n40}»\n"
      ],
      passes: [
        "user:\n  token: ${TOKEN}", "admin_user:\n  token: {n40}",
        "user:\n  token: ENC[AES256_GCM,data:{b40},iv:{b42}=,tag:{b22}==,type:str]",
      ]),
    .token(
      "service-account-token", .critical,
      opens: "a cluster as a service account, without end for tokens kept in Secrets",
      literals: ["eyJhbGciOiJSUzI1NiIsImtpZCI6"],
      pattern:
        #"eyJhbGciOiJSUzI1NiIsImtpZCI6[0-9A-Za-z_-]{4,200}\.e[w-z0-3][0-9A-Za-z_-]{8,6000}\.[0-9A-Za-z_-]{16,1400}"#,
      reach: 8000,
      prefix: "eyJ", checks: [.jsonWebToken, .claims(["serviceaccount", "kubernetes.io"])],
      revoke: "Delete the token's Secret, or the service account for bound tokens",
      see: "https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/",
      finds: ["eyJhbGciOiJSUzI1NiIsImtpZCI6{w54}9.eyJpc3MiOiJrdWJlcm5ldGVzL3NlcnZpY2VhY2NvdW50Iiwi{w80}.{w342}"],
      passes: ["eyJhbGciOiJSUzI1NiIsImtpZCI6"]),
    .assigned(
      "bootstrap-token", .critical, opens: "joining a node to the cluster",
      vendors: [], names: ["token", "tlsbootstraptoken"], pattern: "[a-z0-9]{6}\\.[a-z0-9]{16}",
      revoke: "Delete the Secret bootstrap-token-… in kube-system and look for nodes that should not be there",
      see: "https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/",
      finds: ["token: «{l6}.{l16}»\n", "kubeadm join 10.0.0.1:6443 --token «{l6}.{l16}»\n"],
      passes: ["token: abcdef.0123456789abcdef"]),
    .token(
      "k3s-token", .critical, opens: "joining servers and agents to a K3s or RKE2 cluster",
      literals: ["K10"], pattern: #"K10[0-9a-f]{64}::(?:(?:server|node):[0-9a-zA-Z]{16,64}|[0-9a-z]{6}\.[0-9a-z]{16})"#,
      revoke: "Rotate the cluster's token with k3s token rotate", see: "https://docs.k3s.io/cli/token",
      finds: ["K10{h64}::server:{h32}", "K10{h64}::{l6}.{l16}"], passes: ["K10{h8}"]),
  ]
}
