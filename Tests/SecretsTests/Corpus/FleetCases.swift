@testable import Secrets

/// What repositories of fleets hold, as they were met. A case a line: family, path, text; `⏎` is a line feed, `⇥` a tab.
enum FleetCases {
  static let positives = CorpusCase.positives(secrets)
  static let negatives = CorpusCase.negatives(harmless)

  private static let secrets = #"""
    shell | mvnw | MVNW_PASSWORD=${MVNW_PASSWORD:-«{password}»}⏎
    shell | a.md | Run `rabbitmqctl change_password shop «{password}»` once.⏎
    """#

  private static let harmless = #"""
    shell | mvnw | case "${MVNW_PASSWORD:+has-password1}" in⏎has-password1) ;;⏎esac⏎: "${API_TOKEN:?token_Is4Missing}"⏎
    shell | Makefile | ⇥kubectl create secret generic x --from-literal=password=$$GH_UPDATE_TOKEN --docker-password=$$GITHUB_TOKEN⏎
    shell | hr.yaml | # 2. `rabbitmqctl change_password shop <RABBITMQ_PASS>` to align mnesia state.⏎
    shell | canary.sh | printf 'aws_access_key_id: AKIA{|}QWERTYUIOPASDFGH\n' >canary.txt⏎
    references | middleware.yaml | Secret: "urn:k8s:secret:oidc-secret:pluginSecret"⏎ClientSecret: "urn:k8s:secret:oidc-secret:provider2Secret"⏎
    pages | podmonitor.yaml | <a class="x" data-hydro-click-hmac="{h64}" href="/login">⏎
    """#
}
