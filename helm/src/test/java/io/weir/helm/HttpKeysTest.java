package io.weir.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of a release ask who calls, by keys that the chart makes or that a Secret holds. */
class HttpKeysTest {
  private static final String LEAST = Chart.LEAST;
  private static final String INGEST = "ingest: {enabled: true, topic: clicks}\n";

  private static Map<String, String> settings(Release release, String component) {
    return release.pods().stream()
        .filter(pod -> pod.name().equals("shop-weir-" + component))
        .findFirst()
        .orElseThrow()
        .plain();
  }

  private static String references(Release release, String component) {
    return release.pods().stream()
        .filter(pod -> pod.name().equals("shop-weir-" + component))
        .map(pod -> pod.find("spec.containers.0.env"))
        .toList()
        .toString();
  }

  @Test
  void chart_makesAKeyForEachRole() throws Exception {
    Manifest secret = Release.of(LEAST).get("Secret", "shop-weir-http-keys");

    Map<String, String> data = Manifest.texts(secret.at("stringData"));
    List<String> entries = List.of(requireNonNull(data.get("WEIR_HTTP_KEYS")).split(",", -1));
    assertThat(entries).hasSize(4);
    for (String entry : entries) {
      String[] parts = entry.split(":", -1);
      String key =
          requireNonNull(data.get(parts[1].equals("instance") ? "WEIR_HTTP_KEY" : parts[1]));
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      assertThat(parts[2]).isEqualTo(HexFormat.of().formatHex(hash));
      assertThat(key).hasSizeGreaterThan(40);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream-app", "lake-sink", "ml-scoring"})
  void service_takesItsKeysFromTheSecret(String component) {
    Release made = Release.of(LEAST);
    Release given = Release.of(LEAST + "http: {keysSecret: doors}\n");

    assertThat(references(made, component)).contains("WEIR_HTTP_KEYS", "shop-weir-http-keys");
    assertThat(references(given, component)).contains("WEIR_HTTP_KEYS", "name=doors");
    assertThat(given.kind("Secret")).isEmpty();
    assertThat(settings(made, component)).doesNotContainKey("WEIR_HTTP_OPEN");
  }

  @Test
  void whoAsksStreamApp_hasAKeyForIt() {
    Release release = Release.of(LEAST);

    assertThat(references(release, "stream-app")).contains("key=WEIR_HTTP_KEY}");
    assertThat(references(release, "ml-scoring")).contains("key=WEIR_HTTP_KEY}");
    assertThat(references(release, "lake-sink")).doesNotContain("key=WEIR_HTTP_KEY}");
  }

  @Test
  void mlScoring_asksStreamAppOfItsRelease_ifNobodySaysAnother() {
    String other = "{settings: {WEIR_SCORING_STREAM_URL: 'http://other:1'}, starterModel: demo}";

    assertThat(settings(Release.of(LEAST), "ml-scoring"))
        .containsEntry("WEIR_SCORING_STREAM_URL", "http://shop-weir-stream-app:8180");
    assertThat(settings(scoring(other), "ml-scoring"))
        .containsEntry("WEIR_SCORING_STREAM_URL", "http://other:1");
    assertThat(references(scoring(other), "ml-scoring"))
        .containsOnlyOnce("WEIR_SCORING_STREAM_URL");
  }

  @Test
  void mlScoring_withoutStreamApp_asksNobody() {
    Release release = Release.of(LEAST + "streamApp: {enabled: false}\n");

    assertThat(references(release, "ml-scoring"))
        .contains("WEIR_HTTP_KEYS")
        .doesNotContain("WEIR_SCORING_STREAM_URL", "key=WEIR_HTTP_KEY}");
  }

  /** So it can refuse a backlog that would join no session beside live traffic. */
  @Test
  void ingest_asksStreamAppOfItsRelease_withTheKeyOfInstances() {
    Release release = Release.of(LEAST + INGEST);
    Release open = Release.of(LEAST + INGEST + "http: {open: true}\n");

    assertThat(settings(release, "ingest"))
        .containsEntry("WEIR_INGEST_STREAM_URL", "http://shop-weir-stream-app:8180");
    assertThat(references(release, "ingest")).contains("key=WEIR_HTTP_KEY}", "shop-weir-http-keys");
    assertThat(settings(open, "ingest")).containsKey("WEIR_INGEST_STREAM_URL");
    assertThat(references(open, "ingest")).doesNotContain("WEIR_HTTP_KEY");
  }

  /** Its trust file would also be that for a schema registry. */
  @ParameterizedTest
  @ValueSource(strings = {"streamApp: {enabled: false}", "http: {tls: {secretName: doors-tls}}"})
  void ingest_withoutStreamAppOrByTls_asksNobody(String values) {
    Release release = Release.of(LEAST + INGEST + values + "\n");

    assertThat(references(release, "ingest"))
        .doesNotContain("WEIR_INGEST_STREAM_URL", "WEIR_HTTP_KEY");
  }

  private static Release scoring(String values) {
    return Release.of(LEAST.replace("{starterModel: demo}", values));
  }

  @Test
  void openRelease_saysSoInAsManyWords() {
    Release release = Release.of(LEAST + "http: {open: true}\n");

    assertThat(settings(release, "stream-app")).containsEntry("WEIR_HTTP_OPEN", "true");
    assertThat(references(release, "stream-app")).doesNotContain("WEIR_HTTP_KEY");
    assertThat(release.kind("Secret")).isEmpty();
  }

  /** Then a stranger cannot say to be an instance (Weir-Forwarded). */
  @Test
  void openRelease_givesInstancesTheKeyOfASecret() {
    Release release = Release.of(LEAST + "http: {open: true, keysSecret: doors}\n");

    assertThat(settings(release, "stream-app")).containsEntry("WEIR_HTTP_OPEN", "true");
    assertThat(references(release, "stream-app"))
        .contains("name=doors", "key=WEIR_HTTP_KEY}")
        .doesNotContain("WEIR_HTTP_KEYS");
    assertThat(references(release, "ml-scoring")).doesNotContain("WEIR_HTTP_KEY");
    assertThat(release.kind("Secret")).isEmpty();
  }

  @Test
  void openRelease_knowsMoreNames_ifItIsTold() {
    Release release =
        Release.of(LEAST + "http: {open: true, hosts: [weir.example.com, .shop.example]}\n");

    assertThat(settings(release, "ml-scoring"))
        .containsEntry("WEIR_HTTP_HOSTS", "weir.example.com,.shop.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream-app", "lake-sink", "ml-scoring"})
  void tls_comesFromASecret_andProbesStayPlain(String component) {
    Release plain = Release.of(LEAST);
    Release secure = Release.of(LEAST + "http: {tls: {secretName: doors-tls}}\n");

    assertThat(settings(plain, component)).doesNotContainKey("WEIR_HTTP_TLS_KEY_FILE");
    assertThat(settings(secure, component))
        .containsEntry("WEIR_HTTP_TLS_CERTIFICATE_FILE", "/etc/weir/tls/tls.crt")
        .containsEntry("WEIR_HTTP_TLS_KEY_FILE", "/etc/weir/tls/tls.key");
    assertThat(pod(secure, component, "spec.volumes")).contains("secretName=doors-tls");
    assertThat(pod(secure, component, "spec.containers.0.volumeMounts"))
        .contains("mountPath=/etc/weir/tls")
        .doesNotContain("subPath");
    assertThat(pod(secure, component, "spec.containers.0.readinessProbe.httpGet"))
        .contains("port=management")
        .doesNotContain("HTTPS");
  }

  /** A Secret need not have an authority, and lake-sink asks no service. */
  @Test
  void trust_isForThoseWhoAskServices() {
    Release release = Release.of(LEAST + "http: {tls: {secretName: doors-tls}}\n");

    for (String asking : List.of("stream-app", "ml-scoring")) {
      assertThat(settings(release, asking))
          .containsEntry("WEIR_HTTP_TLS_TRUST_FILE", "/etc/weir/tls/ca.crt");
    }
    assertThat(settings(release, "lake-sink")).doesNotContainKey("WEIR_HTTP_TLS_TRUST_FILE");
  }

  @Test
  void tls_ofAnAuthorityThatJavaKnows_needsNoTrustFile() {
    Release release = Release.of(LEAST + "http: {tls: {secretName: a, trustKey: ''}}\n");

    assertThat(settings(release, "stream-app")).doesNotContainKey("WEIR_HTTP_TLS_TRUST_FILE");
  }

  @Test
  void mlScoring_asksStreamAppByTls_whereItHasIt() {
    Release release = Release.of(LEAST + "http: {tls: {secretName: a}}\n");

    assertThat(settings(release, "ml-scoring"))
        .containsEntry("WEIR_SCORING_STREAM_URL", "https://shop-weir-stream-app:8180");
  }

  private static String pod(Release release, String component, String path) {
    return release.pods().stream()
        .filter(pod -> pod.name().equals("shop-weir-" + component))
        .map(pod -> String.valueOf(pod.find(path)))
        .toList()
        .toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WEIR_HTTP_HOSTS",
        "WEIR_HTTP_OPEN",
        "WEIR_HTTP_KEYS",
        "WEIR_HTTP_KEY",
        "WEIR_HTTP_TLS_KEY_FILE",
        "WEIR_STREAM_MANAGEMENT_PORT"
      })
  void settings_thatTheChartHas_areRefused(String name) {
    assertThatThrownBy(() -> Release.of(LEAST + "streamApp: {settings: {" + name + ": \"1\"}}\n"))
        .hasMessageContaining(name + " among the settings");
  }
}
