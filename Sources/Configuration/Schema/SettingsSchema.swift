/// The keys of `.fluxwarden.yaml` and of the baseline.
package enum SettingsSchema {
  /// The configuration.
  package static let settings = Shape.record([
    Field(
      "failOn", .choice(["critical", "high", "medium", "low", "never"]),
      "The mildest severity that fails a run; --fail-on on the command line wins."),
    Field("rules", .rules(rule), "Rules and credential types that are judged otherwise than by default, by id."),
    Field("sync", .record([syncRoots]), "What Flux applies, where the files do not tell."),
    Field("paths", .record([excluded]), "Which files count."),
    Field("allowed", .record(allowed), "Values that are yours: a change to one of them is no finding."),
    Field("credentials", .list(.record(credential)), "Credential types of your own, searched in files and messages."),
    Field("waivers", .list(.record(waiver)), "Findings that were accepted, each with its reason."),
  ])

  private static let rule = Shape.record([
    Field("severity", .choice(["critical", "high", "medium", "low"]), "Instead of the rule's own severity."),
    Field("enabled", .boolean, "Whether the rule is judged at all; turning one off needs a reason."),
    Field("reason", .text(.any), "Why."),
  ])

  private static let syncRoots = Field(
    "roots", .list(.text(.path)),
    "The folders that Flux was started with, such as clusters/mgmt; they replace those that the files tell of.")

  private static let excluded = Field(
    "exclude", .list(.text(.path)),
    "Files and folders whose findings do not count; * stands for anything in a name, ** for any folders.")

  private static let allowed = [
    Field("registries", .list(.text(.host)), "Registries that images may come from."),
    Field("imageHosts", .list(.text(.host)), "Hosts that operating system images may come from."),
    Field("sshKeys", .list(.text(.any)), "Public SSH keys that may log in to machines; comments do not count."),
    Field("accounts", .list(.text(.account)), "AWS accounts whose roles and users may be given access."),
  ]

  private static let credential = [
    Field("id", .text(.newID), required: true, "The name under which it is reported."),
    Field(
      "pattern", .text(.pattern), required: true, "A PCRE2 pattern; its first group, or all of it, is the secret."),
    Field("severity", .choice(["critical", "high", "medium", "low"]), "How bad a leak is; critical by default."),
    Field("opens", .text(.any), "What it opens, as part of a sentence."),
    Field("revoke", .text(.any), "What to do about a leak, as an order."),
  ]

  /// A waiver; `reason` is asked for by a finding of its own, so that one without it does not stop everybody.
  private static let waiver = [
    Field("rule", .text(.rule), required: true, "The rule that is waived."),
    Field("object", .text(.any), "NAME, NAMESPACE/NAME, KIND/NAME or KIND/NAMESPACE/NAME; without it, any object."),
    Field("path", .text(.path), "The file, folder or pattern in which it holds; without it, everywhere."),
    Field("fingerprint", .text(.fingerprint), "The one finding that is meant; needed for a credential."),
    Field("reason", .text(.any), "Why it was accepted; without one the waiver does not hold."),
    Field("owner", .text(.any), "Who answers for it."),
    Field("until", .text(.day), "The last day on which it holds."),
  ]

  /// The baseline.
  package static let baseline = Shape.record([
    Field("schemaVersion", .choice(["1"]), required: true, "The form of the file."),
    Field(
      "findings",
      .list(
        .record([
          Field("fingerprint", .text(.fingerprint), required: true, "The finding's fingerprint."),
          Field("rule", .text(.rule), required: true, "Its rule."),
          Field("check", .text(.any), "What tells a guessable value from another one."),
          Field("path", .text(.any), "Where it was; for people."),
          Field("object", .text(.any), "The object it was about; for people."),
          Field("reason", .text(.any), "Why it was accepted."),
          Field("owner", .text(.any), "Who answers for it."),
          Field("until", .text(.day), "The last day on which it holds."),
        ])), required: true, "The findings that were accepted."),
  ])
}
