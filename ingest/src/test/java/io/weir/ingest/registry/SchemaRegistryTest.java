package io.weir.ingest.registry;

import static io.weir.ingest.registry.RegistryOverHttp.LOGIN;
import static io.weir.ingest.registry.RegistryOverHttp.SHORT;
import static io.weir.ingest.registry.RegistryOverHttp.framed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.registry.RegistryClient.Patience;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.process.tls.PeerTrust;
import io.weir.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions to a registry over real HTTP. */
@Timeout(60)
class SchemaRegistryTest {
  private static final String PATH = "/schemas/ids/7";

  private final Stop stop = new Stop();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private RegistryOverHttp server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = new RegistryOverHttp();
    registry = server.client(LOGIN, SHORT, stop);
  }

  @AfterEach
  void stop() {
    end.countDown();
    registry.close();
    server.close();
  }

  private String text() throws Skip {
    return new String(new FramedValues(registry).text(framed(7, new byte[] {4, 'h', 'i'})), UTF_8);
  }

  private Skip skip() {
    return catchThrowableOfType(Skip.class, this::text);
  }

  /** Sends the headers and the first byte, and then nothing until the test ends. */
  private void stall(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1_000);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    arrived.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void bodyThatStalls_isGivenUp() {
    registry.close();
    var patience = new Patience(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ZERO);
    registry = server.client(LOGIN, patience, stop);
    server.has(PATH, this::stall);

    assertThatThrownBy(this::text)
        .isInstanceOf(StartupException.class)
        .isNotInstanceOf(StoppedException.class)
        .hasMessageContaining("does not help (no whole answer within");
    assertThat(server.asked()).hasSizeBetween(2, 12);
  }

  @Test
  void stopDuringAnAnswer_endsTheQuestion() throws Exception {
    registry.close();
    var patience = new Patience(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    registry = server.client(LOGIN, patience, stop);
    server.has(PATH, this::stall);
    Thread stopper =
        Thread.startVirtualThread(() -> {
          try {
            arrived.await();
            stop.request();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertThatThrownBy(this::text).isInstanceOf(StoppedException.class);
    stopper.join();
  }

  @Test
  void stopBetweenTwoTries_isNoVerdict() {
    registry.close();
    var patience = new Patience(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    registry = server.client(LOGIN, patience, stop);
    server.has(
        PATH,
        exchange -> {
          RegistryOverHttp.send(exchange, 404, "{}");
          stop.request();
        });

    assertThatThrownBy(this::text).isInstanceOf(StoppedException.class);
  }

  @Test
  void endlessBody_isSkipped() {
    var sent = new AtomicLong();
    server.has(
        PATH,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          var part = new byte[1 << 16];
          while (end.getCount() > 0) {
            exchange.getResponseBody().write(part);
            sent.addAndGet(part.length);
          }
        });

    assertThat(skip()).hasMessageContaining("more than 4194304 bytes");
    assertThat(server.asked()).hasSize(1);
    assertThat(sent.get()).isGreaterThan(4 << 20);
  }

  @Test
  void registryInTrouble_isAskedAgain() throws Exception {
    var left = new AtomicInteger(3);
    server.has(
        PATH,
        exchange ->
            RegistryOverHttp.send(
                exchange,
                left.getAndDecrement() > 0 ? 503 : 200,
                "{\"schema\":\"\\\"string\\\"\"}"));

    assertThat(text()).isEqualTo("\"hi\"");
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void registryInLongTrouble_endsTheRun() {
    server.hasStatus(PATH, 429);

    assertThatThrownBy(this::text)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("does not help (it answers 429)");
    assertThat(server.asked()).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 302})
  void refusal_isAMessage(int status) {
    server.hasStatus(PATH, status);

    assertThatThrownBy(this::text)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("answers " + status + "; check WEIR_INGEST_REGISTRY_U");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void missingLogin_isAMessage() {
    try (var other = server.client(Optional.empty(), SHORT, stop)) {
      assertThatThrownBy(() -> new FramedValues(other).text(framed(7, new byte[1])))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("answers 401; does it want WEIR_INGEST_REGISTRY_USER");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 406, 410, 422})
  void questionThatTheRegistryRefuses_isSkipped(int status) {
    server.hasStatus(PATH, status);

    assertThat(skip().reason()).isEqualTo(Reason.NO_SCHEMA);
    assertThat(skip()).hasMessageContaining("schema 7: the registry answers " + status);
  }

  @Test
  void pageOfAnotherService_isAMessage() {
    server.hasAnswer(PATH, "<html>");

    assertThatThrownBy(this::text)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("does not answer as a schema registry");
  }

  @Test
  void schemasThatReferToEachOther_areSkipped() throws Exception {
    server.hasReferring(PATH, "\"string\"", "a/1");
    server.hasReferring("/subjects/a/versions/1", "\"int\"", "b/1");
    server.hasReferring("/subjects/b/versions/1", "\"long\"", "a/1");

    assertThat(skip()).hasMessageContaining("schema a refers to itself");
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void levelsThatReferTwiceToTheNext_areAskedForOnce() throws Exception {
    server.hasReferring(PATH, "\"string\"", "l0/1", "l0/2");
    for (int level = 0; level < 25; level++) {
      String[] next =
          level == 24
              ? new String[0]
              : new String[] {"l" + (level + 1) + "/1", "l" + (level + 1) + "/2"};
      for (int version = 1; version <= 2; version++) {
        server.hasReferring("/subjects/l" + level + "/versions/" + version, "\"int\"", next);
      }
    }

    assertThat(text()).isEqualTo("\"hi\"");
    assertThat(server.asked()).hasSize(51).doesNotHaveDuplicates();
  }

  @Test
  void referencesWithoutEnd_areSkipped() throws Exception {
    server.hasReferring(PATH, "\"string\"", "s/0");
    for (int i = 0; i < 200; i++) {
      // All of the same text, which is kept once.
      server.hasReferring("/subjects/s/versions/" + i, "\"int\"", "s/" + (i + 1));
    }

    assertThat(skip()).hasMessageContaining("more than 100 references");
    assertThat(server.asked()).hasSize(101);
  }

  @Test
  void subjectWithASpace_isFound() throws Exception {
    server.hasReferring(PATH, "\"string\"", "my b+c/1");
    server.hasReferring("/subjects/my%20b%2Bc/versions/1", "\"int\"");

    assertThat(text()).isEqualTo("\"hi\"");
  }

  @Test
  void certificateOfAnUnknownAuthority_namesTheSetting(@TempDir Path folder) throws Exception {
    TestAuthority.in(folder.resolve("theirs")).issue("registry");
    Path others = TestAuthority.in(folder.resolve("ours")).trustFile();
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context(folder.resolve("theirs/authority.p12"))));
    https.start();
    var address = new RegistryAddress("https://127.0.0.1:" + https.getAddress().getPort(), LOGIN);
    PeerTrust trust =
        PeerTrust.from(Settings.of(Map.of("WEIR_HTTP_TLS_TRUST_FILE", others.toString())));
    try (var other = new SchemaRegistry(address, trust, SHORT, stop)) {
      assertThatThrownBy(() -> new FramedValues(other).text(framed(7, new byte[1])))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("certificate is not trusted: see WEIR_HTTP_TLS_TRUST_FILE");
    } finally {
      https.stop(0);
    }
  }

  private static SSLContext context(Path store) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(store.toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
