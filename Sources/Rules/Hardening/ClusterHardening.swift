internal import Manifests
internal import Policy

/// Single switches of a Cluster that keep it safe or managed.
enum ClusterHardening {
  static let all: [any Rule] = [
    helmValues, skipUpgrade, skipAdmission, packagesDisabled, issuer, apiServerArgs, loadBalancer, packageSource,
  ]

  private static let helmValues = FieldRule(
    RuleInfo(
      "cilium-helmvalues", .high, .hardening,
      summary: "Free Helm values are given to Cilium, so that all other settings beside them are ignored.",
      why: """
        With helmValues EKS Anywhere ignores policyEnforcementMode and every other sibling but skipUpgrade: network \
        policies may silently be enforced in another way.
        """,
      remediation: "Repeat policyEnforcementMode and the other settings inside helmValues, or remove helmValues.",
      references: [References.cilium],
      examples: [
        .clusterSpec(
          "values are introduced", "clusterNetwork: {cniConfig: {cilium: {policyEnforcementMode: always}}}",
          "clusterNetwork: {cniConfig: {cilium: {policyEnforcementMode: always, helmValues: ⟦{debug: {}}⟧}}}"),
        .clusterSpec(
          "values change", "clusterNetwork: {cniConfig: {cilium: {helmValues: {a: 1}}}}",
          "clusterNetwork: {cniConfig: {cilium: {helmValues: {a: 2}}}}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.clusterNetwork.cniConfig.cilium.helmValues"], .added,
      "{object} hands free Helm values to Cilium: policyEnforcementMode and the other settings no longer count."))

  private static let skipUpgrade = FieldRule(
    RuleInfo(
      "cilium-skipupgrade-flip", .high, .hardening,
      summary: "EKS Anywhere stops, or starts again, to manage Cilium.",
      why: """
        With skipUpgrade the network plugin gets no fixes any more. Taking it back lets EKS Anywhere install its own \
        Cilium over whatever is there, which the documentation forbids.
        """,
      remediation: "Restore skipUpgrade; replace the network plugin only by the documented procedure.",
      references: [References.cilium],
      examples: [
        .clusterSpec(
          "upgrades are skipped", "clusterNetwork: {cniConfig: {cilium: {}}}",
          "clusterNetwork: {cniConfig: {cilium: {skipUpgrade: ⟦true⟧}}}"),
        .clusterSpec(
          "the default is written out", "clusterNetwork: {cniConfig: {cilium: {}}}",
          "clusterNetwork: {cniConfig: {cilium: {skipUpgrade: false}}}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.clusterNetwork.cniConfig.cilium.skipUpgrade"], .flipped,
      "{object} changes who manages Cilium: skipUpgrade {change}; with it the plugin gets no fixes, without it EKS Anywhere installs its own again."
    ))

  private static let skipAdmission = FieldRule(
    RuleInfo(
      "admission-skip-enabled", .low, .hardening,
      summary: "System resources pass by admission webhooks.",
      why: """
        Policy engines no longer see pods of kube-system and core objects. EKS Anywhere recommends it for production, so \
        that a broken webhook cannot stop the control plane; it rolls the control plane.
        """,
      remediation: "Make sure that no policy relies on a webhook for kube-system, then let it pass.",
      references: [References.bestPractices],
      examples: [
        .controlPlane("it is switched on", "", "skipAdmissionForSystemResources: ⟦true⟧"),
        .controlPlane("it is written out", "", "skipAdmissionForSystemResources: false"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.controlPlaneConfiguration.skipAdmissionForSystemResources"], .switchedOn,
      "System resources of {object} pass by admission webhooks."))

  private static let packagesDisabled = FieldRule(
    RuleInfo(
      "packages-disabled", .medium, .hardening,
      summary: "Curated packages of a cluster are switched off.",
      why: "The autoscaler, MetalLB and other packages stay installed but are no longer managed or patched.",
      remediation: "Delete the packages first, or leave `packages.disable` off.",
      references: [References.packages],
      examples: [
        .clusterSpec("packages are switched off", "packages: {disable: false}", "packages: {disable: ⟦true⟧}"),
        .clusterSpec("the default is written out", "", "packages: {disable: false}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.packages.disable"], .switchedOn,
      "Curated packages of {object} are no longer managed; what is installed stays as it is."))

  private static let issuer = FieldRule(
    RuleInfo(
      "irsa-issuer-changed", .high, .access,
      summary: "The issuer of a cluster's service account tokens changes.",
      why: """
        AWS roles trust that issuer. With another one every role binding breaks, or is trusted from elsewhere; the \
        control plane rolls and tokens already issued lose their issuer.
        """,
      remediation: "Restore serviceAccountIssuer, or first add the new issuer as an identity provider in AWS IAM.",
      references: [References.irsa],
      examples: [
        .clusterSpec(
          "another issuer", "podIamConfig: {serviceAccountIssuer: \"https://a.example\"}",
          "podIamConfig: {serviceAccountIssuer: ⟦\"https://b.example\"⟧}"),
        .clusterSpec(
          "the issuer is removed", "podIamConfig: {serviceAccountIssuer: ⟦\"https://a.example\"⟧}", ""),
        .clusterSpec("a first issuer", "", "podIamConfig: {serviceAccountIssuer: \"https://b.example\"}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.podIamConfig.serviceAccountIssuer"], .replacedOrRemoved,
      "{object} issues service account tokens from {instead}: AWS roles no longer trust them.",
      whenRemoved: "{object} no longer issues service account tokens from {before}: AWS roles no longer trust them."))

  private static let apiServerArgs = FieldRule(
    RuleInfo(
      "apiserver-args-flag", .medium, .admission,
      summary: "Extra arguments are given to the API server.",
      why: """
        EKS Anywhere refuses apiServerExtraArgs unless API_SERVER_EXTRA_ARGS_ENABLED is set on its controller; refused, \
        they stall everything under the sync root.
        """,
      remediation: "Remove apiServerExtraArgs, or make sure that the controller of the management cluster allows it.",
      references: [References.apiServer],
      examples: [
        .controlPlane("arguments are introduced", "", "apiServerExtraArgs: ⟦{v: \"4\"}⟧"),
        .controlPlane(
          "an argument changes", "apiServerExtraArgs: {v: \"4\"}", "apiServerExtraArgs: {v: \"2\"}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.controlPlaneConfiguration.apiServerExtraArgs"], .introduced,
      "{object} gives extra arguments to the API server, which EKS Anywhere refuses unless its controller allows them.")
  )

  private static let loadBalancer = FieldRule(
    RuleInfo(
      "lb-deployment-skipped", .high, .scale,
      summary: "The control plane's own load balancer is no longer deployed.",
      why: "kube-vip leaves the control plane and its address answers no more, unless a load balancer outside has it.",
      remediation: "Set up the external load balancer for the control plane address first.",
      references: [References.bareMetal],
      examples: [
        .controlPlane("kube-vip is dropped", "", "skipLoadBalancerDeployment: ⟦true⟧"),
        .controlPlane(
          "it was dropped before", "skipLoadBalancerDeployment: true", "skipLoadBalancerDeployment: true"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.controlPlaneConfiguration.skipLoadBalancerDeployment"], .switchedOn,
      "kube-vip leaves the control plane of {object}: its address answers only if an outside load balancer has it."))

  private static let packageSource = FieldRule(
    RuleInfo(
      "packages-source-changed", .high, .supplyChain,
      summary: "The package controller or its credential job comes from another image.",
      why: "Both run with registry and AWS credentials; whoever controls the image has them.",
      remediation: "Remove the override, or point it at a mirror of the official image with its digest.",
      references: [References.packages],
      examples: [
        .clusterSpec(
          "another repository", "packages: {controller: {repository: public.ecr.aws/x}}",
          "packages: {controller: {repository: ⟦example.com/x⟧}}"),
        .clusterSpec(
          "more memory", "packages: {controller: {tag: v1}}",
          "packages: {controller: {tag: v1, resources: {limits: {memory: 1Gi}}}}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster],
      [
        "spec.packages.controller.repository", "spec.packages.controller.tag", "spec.packages.controller.digest",
        "spec.packages.cronjob.repository", "spec.packages.cronjob.tag", "spec.packages.cronjob.digest",
      ], .differs, "{field} of {object} {change}: that image runs with registry credentials."))
}
