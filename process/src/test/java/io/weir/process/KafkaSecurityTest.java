package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
  private static final String CANARY = "c4n4ry";

  private static Map<String, String> client(String... settings) {
    return KafkaSecurity.client(Settings.of(environment(settings)));
  }

  private static Map<String, String> environment(String... settings) {
    var all = new HashMap<String, String>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put("WEIR_KAFKA_" + settings[i], settings[i + 1]);
    }
    return all;
  }

  /** What Kafka's own reader finds in the text of a login module. */
  private static Map<String, ?> login(Map<String, String> client) {
    var text = new Password(client.get("sasl.jaas.config"));
    return JaasContext.loadServerContext(
            new ListenerName("any"), "x", Map.of("x.sasl.jaas.config", text))
        .configurationEntries()
        .getFirst()
        .getOptions();
  }

  @Test
  void nothingSet_isAnOpenBroker() {
    assertThat(client()).isEmpty();
  }

  @Test
  void scram_logsInOverTls() {
    var client = client("AUTH", "scram-sha-512", "USER", "weir", "PASSWORD", CANARY);

    assertThat(client)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
    assertThat(client.get("sasl.jaas.config")).contains("ScramLoginModule");
    assertThat(login(client).get("username")).isEqualTo("weir");
    assertThat(login(client).get("password")).isEqualTo(CANARY);
  }

  @Test
  void password_mayHaveAnyCharacter() {
    String odd = "a\"b\\c;d'e=f g#ü";

    var client = client("AUTH", "plain", "USER", "weir", "PASSWORD", odd);

    assertThat(login(client).get("password")).isEqualTo(odd);
  }

  @Test
  void connectionString_logsInToEventHubs() {
    String secret = "Endpoint=sb://shop/;SharedAccessKeyName=weir;SharedAccessKey=a+b/c=";

    var client = client("AUTH", "event-hubs", "PASSWORD", secret);

    assertThat(client)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("metadata.max.age.ms", "180000");
    assertThat(login(client).get("username")).isEqualTo("$ConnectionString");
    assertThat(login(client).get("password")).isEqualTo(secret);
  }

  @Test
  void oauth_asksTheAddressThatIsSet() {
    String url = "https://login.example.com/token-of-a-test";

    var client = client("AUTH", "oauth", "USER", "id", "PASSWORD", CANARY, "OAUTH_TOKEN_URL", url);

    assertThat(client)
        .containsEntry("sasl.mechanism", "OAUTHBEARER")
        .containsEntry("sasl.oauthbearer.token.endpoint.url", url)
        .containsEntry("sasl.oauthbearer.client.credentials.client.secret", CANARY);
    assertThat(System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls")).contains(url);
  }

  @Test
  void oauthWithAFile_needsNoUser() {
    var client = client("AUTH", "oauth", "OAUTH_TOKEN_URL", "file:///run/token-of-a-test");

    assertThat(client).doesNotContainKey("sasl.oauthbearer.client.credentials.client.id");
    assertThat(System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.files"))
        .contains("/run/token-of-a-test");
  }

  @Test
  void iam_saysWhichJarItNeeds() {
    assertThatThrownBy(() -> client("AUTH", "msk-iam"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("aws-msk-iam-auth");
  }

  @Test
  void secrets_mayLieInFiles(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), CANARY + "\n");

    var simple = client("AUTH", "plain", "USER", "weir", "PASSWORD_FILE", file.toString());
    var passedOn = client("CLIENT_SASL_JAAS_CONFIG_FILE", file.toString());

    assertThat(login(simple).get("password")).isEqualTo(CANARY);
    assertThat(passedOn).containsEntry("sasl.jaas.config", CANARY).hasSize(1);
  }

  @Test
  void propertiesThatEndLikeAFile_stayWhatTheyAre() {
    assertThat(client("CLIENT_SASL_OAUTHBEARER_ASSERTION_FILE", "/no/such"))
        .containsEntry("sasl.oauthbearer.assertion.file", "/no/such");
  }

  @Test
  void certificates_makeTls(@TempDir Path folder) throws IOException {
    String ca = Files.writeString(folder.resolve("ca"), "CA").toString();
    String key = Files.writeString(folder.resolve("key"), "KEY").toString();

    var client = client("TRUST_FILE", ca, "CERTIFICATE_FILE", ca, "KEY_FILE", key);

    assertThat(client)
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.truststore.location", ca)
        .containsEntry("ssl.keystore.certificate.chain", "CA")
        .containsEntry("ssl.keystore.key", "KEY");
  }

  @Test
  void clientProperty_winsOverTheSimpleSetting() {
    assertThat(
            client("AUTH", "plain", "USER", "u", "PASSWORD", "p", "CLIENT_SASL_MECHANISM", "OTHER"))
        .containsEntry("sasl.mechanism", "OTHER");
  }

  @Test
  void contradictions_areRefusedWithoutTheSecret() {
    refused("WEIR_KAFKA_AUTH=magic", "AUTH", "magic");
    refused("WEIR_KAFKA_AUTH is none", "PASSWORD", CANARY);
    refused("WEIR_KAFKA_PASSWORD is not set", "AUTH", "plain", "USER", "weir");
    refused("WEIR_KAFKA_USER is not set", "AUTH", "plain", "PASSWORD", CANARY);
    refused("both set", "AUTH", "plain", "PASSWORD", CANARY, "PASSWORD_FILE", "/x");
    refused("WEIR_KAFKA_KEY_FILE belong together", "CERTIFICATE_FILE", "/x");
    refused("is not oauth", "OAUTH_SCOPE", "weir");
    refused("WEIR_KAFKA_TRUST_FILE=/no/such", "TRUST_FILE", "/no/such");
  }

  /**
   * Whoever takes PASSWORD_FILE for PASSWORD, or PEM text for its file, finds no secret in a log.
   */
  @Test
  void secretInTheVariableOfAFile_isNotPrinted(@TempDir Path folder) throws IOException {
    String empty = Files.writeString(folder.resolve("empty"), " \n").toString();
    String file = "PASSWORD_FILE";
    String key = "/" + CANARY + "\nof two lines";

    refused("WEIR_KAFKA_PASSWORD_FILE names no", "AUTH", "plain", "USER", "u", file, CANARY);
    refused("WEIR_KAFKA_PASSWORD_FILE names no", "AUTH", "plain", "USER", "u", file, CANARY + "\0");
    refused("WEIR_KAFKA_CLIENT_SSL_KEYSTORE_KEY_FILE", "CLIENT_SSL_KEYSTORE_KEY_FILE", CANARY);
    refused("WEIR_KAFKA_KEY_FILE names no", "CERTIFICATE_FILE", empty, "KEY_FILE", key);
    refused("PASSWORD_FILE=/no/such names", "AUTH", "plain", "USER", "u", file, "/no/such");
    refused("the file is empty", "AUTH", "plain", "USER", "u", file, empty);
  }

  private static void refused(String message, String... settings) {
    assertThatThrownBy(() -> client(settings))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining(CANARY)
        .hasNoCause();
  }
}
