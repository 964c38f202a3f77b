package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.Settings;
import io.weir.process.tls.PeerTrust;
import io.weir.testkit.FreePort;
import io.weir.testkit.RealBroker;
import io.weir.testkit.ServiceUnderTest;
import io.weir.testkit.ServiceUnderTest.Launch;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that speak TLS alone ask each other, and take a renewed certificate. */
class TlsInstancesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private static Path folder;

  private static Map<String, String> environment(RealBroker broker, Path trust, Pair shown) {
    return Map.of(
        "WEIR_KAFKA_BOOTSTRAP_SERVERS",
        broker.bootstrapServers(),
        "WEIR_TOPIC_PARTITIONS",
        "2",
        "WEIR_STREAM_ENRICHMENTS",
        "url",
        "WEIR_HTTP_TLS_CERTIFICATE_FILE",
        shown.certificate().toString(),
        "WEIR_HTTP_TLS_KEY_FILE",
        shown.key().toString(),
        "WEIR_HTTP_TLS_TRUST_FILE",
        trust.toString());
  }

  private static ServiceUnderTest start(String name, int port, Map<String, String> environment) {
    var own = new HashMap<>(environment);
    own.put("WEIR_STREAM_PORT", "" + port);
    own.put("WEIR_STREAM_STATE_DIR", folder.resolve(name + "-state").toString());
    Path log = folder.resolve(name + ".log");
    var launch = new Launch("io.weir.stream.Main", "192m", own, List.of(), log);
    return ServiceUnderTest.start(launch, port);
  }

  @Test
  void instances_askEachOtherByTls_andTakeARenewedCertificate() throws Exception {
    TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
    Pair shown = authority.issue("first");
    Pair renewed = authority.issue("renewed");
    Path trust = authority.trustFile();
    PeerTrust trusted =
        PeerTrust.from(Settings.of(Map.of("WEIR_HTTP_TLS_TRUST_FILE", trust.toString())));
    int one = FreePort.next();
    int other = FreePort.next();
    try (var broker = RealBroker.start(folder.resolve("kafka"))) {
      Map<String, String> environment = environment(broker, trust, shown);
      try (var first = start("one", one, environment);
          var second = start("other", other, environment)) {
        await(first, "both asked", () -> instances(trusted, one) == 2);
        await(second, "both asked", () -> instances(trusted, other) == 2);
        assertThat(first.status("/ready")).as("by plain HTTP").isZero();
        assertThat(name(trusted, one)).isEqualTo("CN=first");

        Files.copy(renewed.key(), shown.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(renewed.certificate(), shown.certificate(), StandardCopyOption.REPLACE_EXISTING);

        await(first, "the renewed one", () -> name(trusted, one).equals("CN=renewed"));
        assertThat(instances(trusted, other)).isEqualTo(2);
      }
    }
  }

  /** How many instances answered a question that goes to all of them. */
  private static int instances(PeerTrust trust, int port) throws Exception {
    JsonNode counts = JSON.readTree(get(trust, port, "/v1/counts").body());
    return counts.path("missing").isEmpty() ? counts.path("instances").asInt() : 0;
  }

  private static String name(PeerTrust trust, int port) throws Exception {
    HttpResponse<String> answer = get(trust, port, "/health");
    var shown = (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  /** Asks over a connection of its own, which sees what a new caller sees. */
  private static HttpResponse<String> get(PeerTrust trust, int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = trust.client().build()) {
      URI address = URI.create("https://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
  }

  private static void await(ServiceUnderTest service, String what, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      assertThat(service.isAlive()).as(service::output).isTrue();
      assertThat(System.nanoTime() < end).as(() -> what + "\n" + service.output()).isTrue();
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private static boolean holds(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (IOException _) {
      return false;
    }
  }
}
