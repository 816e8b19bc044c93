/// Databases and what keeps data.
enum Databases {
  static let types: [CredentialType] = [
    .token(
      "planetscale-credential", .critical, opens: "a PlanetScale database or organisation",
      literals: ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"],
      pattern: "pscale_(?:tkn|pw|oauth)_[0-9A-Za-z_=.-]{32,64}", prefix: "pscale_",
      revoke: "Delete the token or password", see: "https://planetscale.com/docs/concepts/service-tokens",
      finds: ["pscale_pw_{w41}{n2}", "pscale_tkn_{n43}"], passes: ["pscale_pw_"]),
    .marked(
      "neon-key", .critical, "napi_", "[0-9a-z]{60,70}", sample: "{l64}", opens: "Neon projects",
      revoke: "Revoke the API key", see: "https://neon.com/docs/manage/api-keys"),
    .marked(
      "mongodb-atlas-secret", .critical, "mdb_sa_sk_", "[0-9A-Za-z_-]{40}", sample: "{w38}{n2}",
      opens: "MongoDB Atlas as the service account", revoke: "Revoke the secret",
      see: "https://www.mongodb.com/docs/atlas/api/service-accounts-overview/"),
    .named(
      "mongodb-atlas-key", .critical, ["atlas", "mongodbatlas", "mongo"],
      ["privatekey", "publicapikey", "atlasapikey"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}",
      opens: "MongoDB Atlas projects", revoke: "Delete the API key",
      see: "https://www.mongodb.com/docs/atlas/configure-api-access/"),
    .token(
      "databricks-token", .critical, opens: "a Databricks workspace as the user", literals: ["dapi"],
      pattern: "dapi[0-9a-f]{32}(?:-[0-9]{1,2})?", revoke: "Revoke the personal access token",
      see: "https://docs.databricks.com/dev-tools/auth/pat.html", finds: ["dapi{h32}", "dapi{h32}-2"], passes: ["dapi"]),
    .marked(
      "aiven-password", .critical, "AVNS_", "[0-9A-Za-z_-]{19}", sample: "{w17}{n2}",
      opens: "a managed database at Aiven", revoke: "Reset the service user's password",
      see: "https://aiven.io/docs/platform/howto/reset-service-password"),
    .marked(
      "cockroach-key", .critical, "CCDB1_", "[0-9A-Za-z]{22}_[0-9A-Za-z]{40}", sample: "{n22}_{n40}",
      opens: "CockroachDB Cloud as the service account", revoke: "Delete the API key",
      see: "https://www.cockroachlabs.com/docs/cockroachcloud/managing-access"),
    .named(
      "confluent-secret", .high, ["confluent", "kafka", "schemaregistry"], ["apisecret", "saslpassword", "secret"],
      "[0-9A-Za-z+/]{64}|cflt[0-9A-Za-z+/]{60}", sample: "{b64}", opens: "a Kafka cluster at Confluent",
      revoke: "Delete the API key",
      see:
        "https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html"
    ),
    .named(
      "postgres-password", .high, ["postgres", "postgresql", "pg", "psql", "pgsql", "cnpg"],
      [
        "postgrespassword", "pgpassword", "pgpass", "postgresqlpassword", "postgrespostgrespassword", "postgrespass",
        "postgresrootpassword",
      ], #"\S{6,120}"#, sample: "{password}", checks: [.password], opens: "a PostgreSQL database",
      revoke: "Change the role's password", see: "https://www.postgresql.org/docs/current/libpq-envars.html"),
    .named(
      "mysql-password", .high, ["mysql", "mariadb"],
      ["mysqlpassword", "mysqlrootpassword", "mariadbpassword", "mariadbrootpassword", "mysqlpwd", "mysqlpass"],
      #"\S{6,120}"#, sample: "{password}", checks: [.password], opens: "a MySQL database",
      revoke: "Change the user's password", see: "https://dev.mysql.com/doc/refman/en/password-security-user.html"),
    .named(
      "redis-password", .high, ["redis", "valkey", "dragonfly", "keydb"],
      ["redispassword", "redispass", "rediscliauth", "valkeypassword", "dragonflypassword", "requirepass"],
      #"\S{6,120}"#, sample: "{password}", checks: [.password], opens: "a Redis database",
      revoke: "Change requirepass or the ACL user's password",
      see: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/"),
    .named(
      "mongodb-password", .high, ["mongo", "mongodb"],
      ["mongopassword", "mongodbpassword", "mongorootpassword", "mongodbrootpassword", "mongoinitdbrootpassword"],
      #"\S{6,120}"#, sample: "{password}", checks: [.password], opens: "a MongoDB database",
      revoke: "Change the user's password",
      see: "https://www.mongodb.com/docs/manual/tutorial/change-own-password-and-custom-data/"),
    .named(
      "rabbitmq-credential", .high, ["rabbitmq", "rabbit"],
      ["rabbitmqpassword", "rabbitmqdefaultpass", "rabbitpassword", "erlangcookie", "rabbitmqpass"], #"\S{6,120}"#,
      sample: "{password}", checks: [.password], opens: "the queues of a RabbitMQ cluster",
      revoke: "Change the user's password or the cluster's cookie", see: "https://www.rabbitmq.com/docs/passwords"),
    .named(
      "minio-credential", .high, ["minio"], ["miniorootpassword", "miniosecretkey", "miniopassword", "miniosecret"],
      #"\S{8,120}"#, sample: "{password}", checks: [.password], opens: "every bucket of a MinIO server",
      revoke: "Change the root password or delete the access key",
      see: "https://min.io/docs/minio/linux/administration/identity-access-management.html"),
    .named(
      "elasticsearch-password", .high, ["elastic", "elasticsearch", "opensearch", "kibana"],
      [
        "elasticpassword", "elasticsearchpassword", "opensearchpassword", "opensearchinitialadminpassword",
        "kibanapassword",
      ], #"\S{6,120}"#, sample: "{password}", checks: [.password], opens: "an Elasticsearch or OpenSearch cluster",
      revoke: "Reset the user's password", see: "https://www.elastic.co/docs/deploy-manage/users-roles"),
    .named(
      "grafana-admin-password", .high, ["grafana"],
      ["adminpassword", "grafanapassword", "gfsecurityadminpassword", "grafanaadminpassword"], #"\S{6,120}"#,
      sample: "{password}", checks: [.password], opens: "a Grafana server and the data sources behind it",
      revoke: "Reset the admin password with grafana cli",
      see: "https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/"),
    .named(
      "ldap-bind-password", .high, ["ldap", "lldap", "freeipa"],
      ["bindpassword", "ldappassword", "bindpw", "ldapbindpassword", "ldapadminpassword", "ldapuserpass"],
      #"\S{6,120}"#, sample: "{password}", checks: [.password], opens: "the directory as the bind user",
      revoke: "Change the bind user's password", see: "https://www.rfc-editor.org/rfc/rfc4513"),
    .token(
      "connection-string-password", .high, opens: "the database of the connection string",
      literals: ["User Id=", "UserId=", "Uid=", "User ID=", "Username="],
      pattern: #"U(?:ser(?:name|\s?I[dD])|id)=[^;\n"']{1,80};[^\n"']{0,200}?(?:Password|Pwd)=([^;\s"'<${}]{6,120})"#,
      reach: 500, prefix: "", checks: [.password], rank: 22, revoke: "Change the user's password",
      see: "https://learn.microsoft.com/dotnet/framework/data/adonet/connection-strings",
      finds: ["Server=db.corp.test;Database=x;User Id=app;Password=«{password}»;Encrypt=true"],
      passes: ["User Id=sa;Password=${SA_PASSWORD};"]),
    .token(
      "oracle-connection-password", .high, opens: "the Oracle database of the connection string",
      literals: ["jdbc:oracle:thin:", "jdbc:oracle:oci:"],
      pattern: #"jdbc:oracle:(?:thin|oci):[^/\s:@"']{1,60}/([^@\s"'<${}]{4,100})(?=@)"#, prefix: "",
      checks: [.password],
      rank: 22, revoke: "Change the user's password",
      see: "https://docs.oracle.com/en/database/oracle/oracle-database/19/jjdbc/data-sources-and-URLs.html",
      finds: ["jdbc:oracle:thin:app/«{password}»@db.corp.test:1521:orcl"], passes: ["jdbc:oracle:thin:@db:1521:orcl"]),
    .named(
      "snowflake-password", .critical, ["snowflake"], ["snowflakepassword", "password", "token"], #"\S{8,140}"#,
      sample: "{password}", checks: [.password], opens: "a Snowflake account as the user",
      revoke: "Change the user's password", see: "https://docs.snowflake.com/en/user-guide/admin-user-management"),
    .named(
      "django-secret-key", .high, ["django"], ["secretkey", "djangosecretkey"], #"\S{30,100}"#, sample: "{n50}",
      opens: "forging sessions of a Django application", revoke: "Replace the key; every session ends",
      see: "https://docs.djangoproject.com/en/stable/ref/settings/#secret-key"),
    .named(
      "rails-secret-key", .high, ["rails", "secretkeybase"], ["secretkeybase", "railsmasterkey"],
      "[0-9a-f]{32}|[0-9a-f]{64,128}", sample: "{h128}",
      opens: "forging sessions of a Rails application, or its encrypted credentials",
      revoke: "Replace the key; every session ends", see: "https://guides.rubyonrails.org/security.html"),
    .assigned(
      "laravel-app-key", .high, opens: "forging sessions of a Laravel application", vendors: [], names: ["appkey"],
      pattern: "base64:[0-9A-Za-z+/]{43}=", prefix: "base64:",
      revoke: "Generate another key; every session ends",
      see: "https://laravel.com/docs/encryption",
      finds: ["APP_KEY=«base64:{b43}=»\n", "- name: APP_KEY\n  value: \"«base64:{b43}=»\"\n"],
      passes: ["APP_KEY=base64:"]),
  ]
}
