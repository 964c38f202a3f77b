package io.weir.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The settings for a Kafka that asks who is there: {@code WEIR_KAFKA_AUTH}, {@code _TLS}, {@code
 * _USER}, {@code _PASSWORD} and their like, translated into properties of Kafka's client. Secrets
 * may lie in files. No message of this class has a secret in it.
 */
final class KafkaSecurity {
  private static final String AUTH = "kafka.auth";
  private static final String TLS = "kafka.tls";
  private static final String USER = "kafka.user";
  private static final String PASSWORD = "kafka.password";
  private static final String TOKEN_URL = "kafka.oauth-token-url";
  private static final String SCOPE = "kafka.oauth-scope";
  private static final String TRUST = "kafka.trust-file";
  private static final String CERTIFICATE = "kafka.certificate-file";
  private static final String KEY = "kafka.key-file";
  private static final String KEY_PASSWORD = "kafka.key-password";
  private static final String CLIENT = "kafka.client";
  private static final String TOKEN_PROPERTY = "sasl.oauthbearer.token.endpoint.url";
  private static final String PACKAGE = "org.apache.kafka.common.security.";
  private static final String IAM = "software.amazon.msk.auth.iam.IAM";
  private static final String FILE = ".file";

  /** The system properties without which Kafka's client asks no address and no file for a token. */
  private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.";

  private final Settings settings;
  private final Auth auth;
  private final Map<String, String> client = new TreeMap<>();

  /** The ways to log in, by the value of the setting. */
  private enum Auth {
    NONE(false),
    PLAIN(true),
    SCRAM_SHA_256(true),
    SCRAM_SHA_512(true),
    OAUTH(false),
    EVENT_HUBS(false),
    MSK_IAM(false);

    private final boolean hasUser;

    Auth(boolean hasUser) {
      this.hasUser = hasUser;
    }

    String shown() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private KafkaSecurity(Settings settings) {
    this.settings = settings;
    this.auth = auth(settings);
  }

  /** The client properties of the settings; {@code kafka.client.…} wins over the others. */
  static Map<String, String> client(Settings settings) {
    return new KafkaSecurity(settings).properties();
  }

  private Map<String, String> properties() {
    refuseWhatNobodyUses();
    logIn();
    certificates();
    boolean isTls = settings.flag(TLS, auth != Auth.NONE || !client.isEmpty());
    String protocol = (auth == Auth.NONE ? "" : "SASL_") + (isTls ? "SSL" : "PLAINTEXT");
    if (isTls || auth != Auth.NONE) {
      client.put("security.protocol", protocol);
    }
    client.putAll(passedOn(settings.group(CLIENT)));
    allowToken();
    return client;
  }

  private static Auth auth(Settings settings) {
    String text = settings.text(AUTH, Auth.NONE.shown()).toLowerCase(Locale.ROOT);
    return Arrays.stream(Auth.values())
        .filter(each -> each.shown().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new StartupException(
                Settings.variable(AUTH)
                    + "="
                    + text
                    + " is none of "
                    + Arrays.stream(Auth.values())
                        .map(Auth::shown)
                        .collect(Collectors.joining(", "))));
  }

  /** A user without a way to log in would be ignored in silence. */
  private void refuseWhatNobodyUses() {
    var given = new ArrayList<String>();
    settings.text(USER).ifPresent(_ -> given.add(USER));
    settings.secret(PASSWORD).ifPresent(_ -> given.add(PASSWORD));
    if (auth == Auth.NONE && !given.isEmpty()) {
      throw new StartupException(
          Settings.variable(given.getFirst())
              + " is set, but "
              + Settings.variable(AUTH)
              + " is none; set it to plain, scram-sha-512 or another way to log in");
    }
    for (String each : List.of(TOKEN_URL, SCOPE)) {
      if (settings.text(each).isPresent() && auth != Auth.OAUTH) {
        throw new StartupException(
            Settings.variable(each) + " is set, but " + Settings.variable(AUTH) + " is not oauth");
      }
    }
  }

  private void logIn() {
    switch (auth) {
      case NONE -> {}
      case PLAIN -> password("PLAIN", "plain.PlainLoginModule", user());
      case SCRAM_SHA_256 -> password("SCRAM-SHA-256", "scram.ScramLoginModule", user());
      case SCRAM_SHA_512 -> password("SCRAM-SHA-512", "scram.ScramLoginModule", user());
      case EVENT_HUBS -> eventHubs();
      case OAUTH -> oauth();
      case MSK_IAM -> iam();
    }
  }

  private void password(String mechanism, String module, String user) {
    client.put("sasl.mechanism", mechanism);
    client.put(
        "sasl.jaas.config",
        PACKAGE
            + module
            + " required username="
            + quoted(user)
            + " password="
            + quoted(required(PASSWORD))
            + ";");
  }

  /** Event Hubs closes connections that are idle for four minutes. */
  private void eventHubs() {
    password("PLAIN", "plain.PlainLoginModule", "$ConnectionString");
    client.put("metadata.max.age.ms", "180000");
    client.put("connections.max.idle.ms", "180000");
    client.put("request.timeout.ms", "60000");
  }

  private void oauth() {
    String url = settings.required(TOKEN_URL, "https://login.example.com/oauth2/token");
    client.put("sasl.mechanism", "OAUTHBEARER");
    client.put(
        "sasl.login.callback.handler.class",
        PACKAGE + "oauthbearer.OAuthBearerLoginCallbackHandler");
    client.put("sasl.jaas.config", PACKAGE + "oauthbearer.OAuthBearerLoginModule required;");
    client.put(TOKEN_PROPERTY, url);
    settings.text(SCOPE).ifPresent(scope -> client.put("sasl.oauthbearer.scope", scope));
    if (!url.startsWith("file:")) {
      client.put("sasl.oauthbearer.client.credentials.client.id", user());
      client.put("sasl.oauthbearer.client.credentials.client.secret", required(PASSWORD));
    }
  }

  private void iam() {
    try {
      Class.forName(IAM + "LoginModule", false, KafkaSecurity.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new StartupException(
          Settings.variable(AUTH)
              + "=msk-iam needs the jar software.amazon.msk:aws-msk-iam-auth (classifier all) on"
              + " the class path; in an image, put it into /weir/lib (docs/security.md)",
          e);
    }
    client.put("sasl.mechanism", "AWS_MSK_IAM");
    client.put("sasl.jaas.config", IAM + "LoginModule required;");
    client.put("sasl.client.callback.handler.class", IAM + "ClientCallbackHandler");
  }

  private void certificates() {
    settings
        .text(TRUST)
        .ifPresent(file -> {
          client.put("ssl.truststore.type", "PEM");
          client.put("ssl.truststore.location", readable(TRUST, file));
        });
    Optional<String> certificate = settings.text(CERTIFICATE);
    Optional<String> key = settings.text(KEY);
    Optional<String> keyPassword = settings.secret(KEY_PASSWORD);
    if (certificate.isPresent() != key.isPresent()) {
      throw new StartupException(
          Settings.variable(CERTIFICATE) + " and " + Settings.variable(KEY) + " belong together");
    }
    if (certificate.isPresent()) {
      client.put("ssl.keystore.type", "PEM");
      client.put(
          "ssl.keystore.certificate.chain", Settings.content(CERTIFICATE, certificate.get()));
      client.put("ssl.keystore.key", Settings.content(KEY, key.orElseThrow()));
      keyPassword.ifPresent(text -> client.put("ssl.key.password", text));
    }
  }

  private static String readable(String key, String file) {
    Settings.content(key, file);
    return Path.of(file).toAbsolutePath().toString();
  }

  /** Client properties as they are given; those that Kafka hides may lie in a file. */
  private static Map<String, String> passedOn(Map<String, String> given) {
    Map<String, ConfigDef.ConfigKey> known = AdminClientConfig.configDef().configKeys();
    var result = new TreeMap<String, String>();
    given.forEach((name, value) -> {
      String property = name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : "";
      ConfigDef.ConfigKey key = known.get(property);
      if (key == null || key.type != ConfigDef.Type.PASSWORD) {
        result.put(name, value);
      } else if (given.containsKey(property)) {
        throw Settings.twice(CLIENT + "." + property);
      } else {
        result.put(property, Settings.secretOf(CLIENT + "." + name, value));
      }
    });
    return result;
  }

  /** Allows the address of the tokens, which Kafka's client wants in a property of its own. */
  private void allowToken() {
    String url = client.get(TOKEN_PROPERTY);
    if (url != null) {
      allow("urls", url);
      if (url.startsWith("file:")) {
        allow("files", URI.create(url).getPath());
      }
    }
  }

  private static synchronized void allow(String what, String value) {
    String before = System.getProperty(ALLOWED + what, "");
    if (!List.of(before.split(",", -1)).contains(value)) {
      System.setProperty(ALLOWED + what, before.isEmpty() ? value : before + "," + value);
    }
  }

  private String user() {
    return settings.required(USER, auth.hasUser ? "weir-stream-app" : "the client's id");
  }

  private String required(String key) {
    return settings
        .secret(key)
        .orElseThrow(() ->
            new StartupException(
                Settings.variable(key)
                    + " is not set, nor "
                    + Settings.variable(key + "-file")
                    + "; "
                    + Settings.variable(AUTH)
                    + "="
                    + auth.shown()
                    + " needs it"));
  }

  /** A value as the reader of login modules takes it, whatever characters it has. */
  private static String quoted(String value) {
    return "\""
        + value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
        + "\"";
  }
}
