package import Policy

extension Catalogue {
  /// Descriptions of what is told about the configuration and the waivers themselves. They are judged where both sides
  /// of a change are known, not by a rule.
  package static let policing: [RuleInfo] = [
    RuleInfo(
      "policy-loosened", .high, .process,
      summary: "A change lets pass in .fluxwarden.yaml what was not let pass before.",
      why: """
        The change is still judged by the configuration of its base, but from the merge on everybody is judged by this \
        one: a rule that is off finds nothing any more.
        """,
      remediation: """
        Let those who answer for the clusters approve the change by itself, then pass it with \
        `--allow policy-loosened --reason TEXT`, or FLUXWARDEN_ALLOW in a hook.
        """),
    RuleInfo(
      "suppression-added", .medium, .process,
      summary: "A change adds a waiver, or makes one last longer.",
      why: "The waiver does not hold for the change that adds it; it takes effect once it has landed.",
      remediation: "Check the reason, the owner and the end date; merge the waiver before the change that needs it."),
    RuleInfo(
      "suppression-expired", .medium, .process,
      summary: "A waiver is past its end date, so that it no longer holds.",
      why: "What it covered is a finding again, and a waiver that is kept after its time hides the next one.",
      remediation: "Mend what it covers and remove it, or give it a new date with the consent of its owner."),
    RuleInfo(
      "suppression-unused", .low, .process,
      summary: "A waiver matches nothing.",
      why: "It may have been mistyped, and the day something matches it, nobody will be told.",
      remediation: "Remove it, or correct the rule, object or path that it names."),
    RuleInfo(
      "suppression-without-reason", .medium, .process,
      summary: "A waiver gives no reason, so that it does not hold.",
      why: "Whoever meets the waiver later cannot tell whether it is still right.",
      remediation:
        "Say why: `# fluxwarden:allow RULE until 2027-01-31: reason`, or the key `reason` in .fluxwarden.yaml."),
  ]

  /// Everything that is judged elsewhere than by a rule.
  package static let judgedElsewhere: [RuleInfo] = fileSecrets + reviewing + credentials + policing
}
