/// Providers of models.
enum AI {
  static let types: [CredentialType] = [
    .token(
      "openai-key", .high, opens: "OpenAI's models and files at the account's cost",
      literals: ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-"],
      pattern: "sk-(?:proj|svcacct|admin|None)-[0-9A-Za-z_-]{40,200}", prefix: "sk-", revoke: "Delete the API key",
      see: "https://platform.openai.com/docs/api-reference/authentication",
      finds: ["sk-proj-{w74}T3BlbkFJ{w72}{n2}", "OPENAI_API_KEY=«sk-svcacct-{w58}{n2}»\n"],
      passes: ["sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]),
    .token(
      "openai-legacy-key", .high, opens: "OpenAI's models and files at the account's cost", literals: ["T3BlbkFJ"],
      pattern: "sk-[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}", leads: [23], prefix: "sk-",
      revoke: "Delete the API key", see: "https://platform.openai.com/docs/api-reference/authentication",
      finds: ["sk-{n20}T3BlbkFJ{n20}"], passes: ["T3BlbkFJ"]),
    .token(
      "anthropic-key", .high, opens: "Anthropic's models at the account's cost", literals: ["sk-ant-"],
      pattern: "sk-ant-(?:api|admin|oat|ort|sid)[0-9]{2}-[0-9A-Za-z_-]{80,120}",
      revoke: "Delete the API key in the console",
      see: "https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key",
      finds: ["sk-ant-api03-{w91}AA{n2}", "key: «sk-ant-admin01-{w91}AA»\n"],
      passes: ["sk-ant-api03-xxxxxxxx", "sk-ant-..."]),
    .token(
      "huggingface-token", .high, opens: "Hugging Face as the user", literals: ["hf_", "api_org_"],
      pattern: "(?:hf_|api_org_)[A-Za-z]{34}", prefix: "hf_", revoke: "Invalidate the token",
      see: "https://huggingface.co/docs/hub/security-tokens",
      finds: ["hf_{|}aBcQwErTyZxVmLpOiUyTrEwQsDfGhJkLzX", "api_org_{|}QwZeRtYuIoPaSdFgHjKlMnBvCxZqWeRtYx"],
      passes: ["hf_{n5}", "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]),
    .marked(
      "replicate-token", .high, "r8_", "[0-9A-Za-z]{37}", sample: "{n37}",
      opens: "Replicate's models at the account's cost", revoke: "Disable the token",
      see: "https://replicate.com/docs/topics/security/api-tokens"),
    .marked(
      "groq-key", .high, "gsk_", "[0-9A-Za-z]{52}", sample: "{n52}", opens: "Groq's models at the account's cost",
      revoke: "Delete the API key", see: "https://console.groq.com/docs/quickstart"),
    .marked(
      "perplexity-key", .high, "pplx-", "[0-9A-Za-z]{48,56}", sample: "{n48}",
      opens: "Perplexity's models at the account's cost", revoke: "Delete the API key",
      see: "https://docs.perplexity.ai/guides/getting-started"),
    .marked(
      "xai-key", .high, "xai-", "[0-9A-Za-z]{70,90}", sample: "{n80}", opens: "xAI's models at the account's cost",
      revoke: "Delete the API key", see: "https://docs.x.ai/docs/tutorial"),
    .marked(
      "openrouter-key", .high, "sk-or-v1-", "[0-9a-f]{64}", sample: "{h64}", opens: "models at the account's cost",
      revoke: "Delete the API key", see: "https://openrouter.ai/docs/api-reference/authentication"),
    .named(
      "cohere-key", .high, ["cohere"], ["apikey", "key", "token"], "[0-9A-Za-z]{40}", sample: "{n40}",
      opens: "Cohere's models at the account's cost", revoke: "Delete the API key",
      see: "https://docs.cohere.com/docs/rate-limits"),
    .named(
      "mistral-key", .high, ["mistral"], ["apikey", "key"], "[0-9A-Za-z]{32}", sample: "{n32}",
      opens: "Mistral's models at the account's cost", revoke: "Delete the API key",
      see: "https://docs.mistral.ai/getting-started/quickstart/"),
    .named(
      "deepseek-key", .high, ["deepseek"], ["apikey", "key"], "sk-[0-9a-f]{32}", sample: "sk-{h32}",
      opens: "DeepSeek's models at the account's cost", revoke: "Delete the API key",
      see: "https://api-docs.deepseek.com/"),
    .marked(
      "together-key", .high, "tgp_v1_", "[0-9A-Za-z_-]{43}", sample: "{w41}{n2}",
      opens: "Together's models at the account's cost", revoke: "Delete the API key",
      see: "https://docs.together.ai/docs/quickstart"),
    .marked(
      "fireworks-key", .high, "fw_", "[0-9A-Za-z]{22,28}", sample: "{n24}", checks: [.random, .lettersAndDigits],
      opens: "Fireworks' models at the account's cost", revoke: "Delete the API key", see: "https://docs.fireworks.ai/"),
    .named(
      "elevenlabs-key", .high, ["elevenlabs", "eleven"], ["apikey", "key"], "sk_[0-9a-f]{48}|[0-9a-f]{32}",
      sample: "sk_{h48}", opens: "ElevenLabs voices at the account's cost", revoke: "Delete the API key",
      see: "https://elevenlabs.io/docs/api-reference/authentication"),
    .token(
      "langsmith-key", .medium, opens: "LangSmith traces", literals: ["lsv2_pt_", "lsv2_sk_"],
      pattern: "lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}", prefix: "lsv2_", revoke: "Delete the API key",
      see: "https://docs.smith.langchain.com/", finds: ["lsv2_pt_{h32}_{h10}"], passes: ["lsv2_pt_"]),
    .marked(
      "langfuse-key", .medium, "sk-lf-", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}",
      opens: "Langfuse traces", revoke: "Delete the API key", see: "https://langfuse.com/docs"),
    .marked(
      "pinecone-key", .high, "pcsk_", "[0-9A-Za-z_]{50,80}", sample: "{n5}_{n60}", opens: "Pinecone indexes",
      revoke: "Delete the API key", see: "https://docs.pinecone.io/guides/projects/manage-api-keys"),
    .named(
      "wandb-key", .medium, ["wandb"], ["apikey", "key"], "[0-9a-f]{40}|wandb_v1_[0-9A-Za-z_]{60,90}", sample: "{h40}",
      opens: "Weights & Biases as the user", revoke: "Revoke the API key", see: "https://docs.wandb.ai/"),
    .marked(
      "nvidia-key", .high, "nvapi-", "[0-9A-Za-z_-]{60,70}", sample: "{w62}{n2}", opens: "NVIDIA's models and registry",
      revoke: "Delete the API key", see: "https://docs.nvidia.com/ngc/"),
    .marked(
      "tavily-key", .low, "tvly-", "(?:dev-|prod-)?[0-9A-Za-z]{32}", sample: "dev-{n32}",
      opens: "Tavily searches at the account's cost", revoke: "Delete the API key", see: "https://docs.tavily.com/"),
    .marked(
      "cerebras-key", .high, "csk-", "[0-9a-z]{48}", sample: "{l48}", opens: "Cerebras' models at the account's cost",
      revoke: "Delete the API key", see: "https://inference-docs.cerebras.ai/"),
    .marked(
      "jina-key", .low, "jina_", "[0-9A-Za-z_-]{56,64}", sample: "{w58}{n2}",
      opens: "Jina's models at the account's cost", revoke: "Delete the API key", see: "https://jina.ai/api-dashboard/"),
    .named(
      "voyage-key", .low, ["voyage", "voyageai"], ["apikey", "key"], "pa-[0-9A-Za-z_-]{43}", sample: "pa-{w41}{n2}",
      opens: "Voyage's models at the account's cost", revoke: "Delete the API key",
      see: "https://docs.voyageai.com/docs/api-key-and-installation"),
    .named(
      "anthropic-named-key", .high, ["anthropic", "claude"], ["apikey", "key", "authtoken"], "sk-[0-9A-Za-z_-]{40,140}",
      sample: "sk-{n60}", opens: "Anthropic's models at the account's cost", revoke: "Delete the API key",
      see: "https://docs.anthropic.com/en/api/overview"),
    .named(
      "openai-named-key", .high, ["openai", "litellm"], ["apikey", "key", "masterkey"], "sk-[0-9A-Za-z_-]{16,200}",
      sample: "sk-{n48}", opens: "models at the account's cost", revoke: "Delete the API key",
      see: "https://platform.openai.com/docs/api-reference/authentication"),
  ]
}
