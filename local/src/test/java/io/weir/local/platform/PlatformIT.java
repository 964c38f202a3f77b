package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.Topics;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.Port;
import io.weir.local.process.ProcessSpec;
import io.weir.local.server.Postmaster;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicProvisioner;
import io.weir.process.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder = Path.of("");
  private Catalogue catalogue = new Catalogue(checkout(), new Home(folder), Ports.free(), 2);

  private static Checkout checkout() {
    return new Checkout(Path.of(".."));
  }

  @BeforeEach
  void inThisFolder() {
    catalogue = new Catalogue(checkout(), new Home(folder), Ports.free(), 2);
    catalogue.home().create();
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    LeftOvers.end(catalogue.home(), left -> {});
  }

  private ChildProcess startReady(Platform platform, Service service) throws InterruptedException {
    ChildProcess process = platform.start(service);
    platform.awaitReady(process, service, PATIENCE);
    return process;
  }

  @Test
  void broker_keepsItsTopicsThroughStopAndKill() throws Exception {
    Settings settings = Settings.of(catalogue.clientSettings());
    Topics topics = TopicSettings.topics(settings);
    KafkaConnection connection = KafkaConnection.from(settings);
    try (var platform = new Platform(catalogue)) {
      startReady(platform, Service.BROKER);
      try (Admin admin = connection.admin()) {
        assertThat(new TopicProvisioner(admin, _ -> {}).ensure(topics.all())).isEmpty();
      }
      assertThat(platform.stop(name -> {})).isEmpty();
    }
    try (var platform = new Platform(catalogue)) {
      ChildProcess broker = startReady(platform, Service.BROKER);
      assertTopics(connection, topics);
      broker.kill();
    }
    try (var platform = new Platform(catalogue)) {
      startReady(platform, Service.BROKER);
      assertTopics(connection, topics);
    }
    assertThat(Port.isTaken(catalogue.ports().kafka())).isFalse();
  }

  private static void assertTopics(KafkaConnection connection, Topics topics)
      throws ExecutionException, InterruptedException {
    try (Admin admin = connection.admin()) {
      assertThat(admin.listTopics().names().get())
          .containsAll(topics.all().stream().map(topic -> topic.name()).toList());
    }
  }

  @Test
  void postgres_keepsItsRowsThroughStopAndKill() throws Exception {
    try (var platform = new Platform(catalogue)) {
      startReady(platform, Service.POSTGRES);
      execute("CREATE TABLE kept AS SELECT 42 AS answer");
      assertThat(platform.stop(name -> {})).isEmpty();
    }
    assertThat(new Postmaster(catalogue.home().postgres()).running()).isEmpty();

    try (var platform = new Platform(catalogue)) {
      ChildProcess process = startReady(platform, Service.POSTGRES);
      execute("INSERT INTO kept VALUES (43)");
      process.kill(); // its server keeps running
      assertThat(LeftOvers.in(catalogue.home()))
          .singleElement()
          .hasToString("PostgreSQL server (pid " + serverPid() + ")");
    }
    try (var platform = new Platform(catalogue)) {
      startReady(platform, Service.POSTGRES);
      assertThat(sumOfKept()).isEqualTo(85);
    }
  }

  @Test
  void postgres_startsAfterBothItsProcessesWereKilled() throws Exception {
    try (var platform = new Platform(catalogue)) {
      ChildProcess process = startReady(platform, Service.POSTGRES);
      execute("CREATE TABLE kept AS SELECT 42 AS answer");
      ProcessHandle server = new Postmaster(catalogue.home().postgres()).running().orElseThrow();
      process.kill();
      server.destroyForcibly();
      server.onExit().join();
    }
    try (var platform = new Platform(catalogue)) {
      startReady(platform, Service.POSTGRES);
      assertThat(sumOfKept()).isEqualTo(42);
    }
  }

  /**
   * PostgreSQL with the given cache. The launcher has unpacked already; here the processes unpack
   * themselves.
   */
  private static ProcessSpec postgres(Catalogue catalogue, Path cache) {
    String data = catalogue.home().postgres().toString();
    String port = Integer.toString(catalogue.ports().postgres());
    return catalogue.tool("postgres", Service.POSTGRES, List.of(data, port, cache.toString()));
  }

  @Test
  void emptyCache_isFilledByTwoProcessesAtOnce_withTheHeapOfTheService() throws Exception {
    Path cache = folder.resolve("cache");
    var other = new Catalogue(checkout(), new Home(folder.resolve("other")), Ports.free(), 2);
    other.home().create();
    try (var one = new Platform(catalogue);
        var two = new Platform(other)) {
      ChildProcess first = one.start(postgres(catalogue, cache));
      ChildProcess second = two.start(postgres(other, cache));

      one.awaitReady(first, Service.POSTGRES, PATIENCE);
      two.awaitReady(second, Service.POSTGRES, PATIENCE);
    }
    assertThat(cache.resolve("postgres").toFile().list()).hasSize(2).contains("lock");
  }

  @Test
  void processKilledWhileItUnpacks_isNoHindrance() throws Exception {
    Path cache = folder.resolve("cache");
    try (var platform = new Platform(catalogue)) {
      ChildProcess process = platform.start(postgres(catalogue, cache));
      while (!Files.exists(cache.resolve("postgres/.unpacking-new/share"))) {
        assertThat(process.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      process.kill();
    }
    assertThat(cache.resolve("postgres/.unpacking-new")).exists();
    try (var platform = new Platform(catalogue)) {
      ChildProcess process = platform.start(postgres(catalogue, cache));
      platform.awaitReady(process, Service.POSTGRES, PATIENCE);
    }
    assertThat(cache.resolve("postgres/.unpacking-new")).doesNotExist();
  }

  @Test
  void leftOvers_areFoundByPidAndEnded() throws Exception {
    var abandoned = new Platform(catalogue);
    startReady(abandoned, Service.BROKER);
    startReady(abandoned, Service.POSTGRES);

    assertThat(LeftOvers.in(catalogue.home()))
        .extracting(LeftOvers.LeftOver::name)
        .containsExactly("postgres", "broker");
    assertThat(LeftOvers.end(catalogue.home(), left -> {})).isEmpty();

    assertThat(LeftOvers.in(catalogue.home())).isEmpty();
    assertThat(Port.isTaken(catalogue.ports().postgres())).isFalse();
    assertThat(Port.isTaken(catalogue.ports().kafka())).isFalse();
  }

  @Test
  void processThatDiesAtStart_isReportedWithItsLog() throws InterruptedException {
    try (var platform = new Platform(catalogue)) {
      var broken =
          catalogue.tool("broker", Service.BROKER, List.of("/dev/null/not-a-folder", "1", "2"));
      ChildProcess process = platform.start(broken);

      assertThatThrownBy(() -> platform.awaitReady(process, Service.BROKER, PATIENCE))
          .isInstanceOf(ServiceFailedException.class)
          .hasMessageContaining("broker ended with code 2")
          .hasMessageContaining("/dev/null/not-a-folder")
          .hasMessageContaining(process.log().path().toString());
    }
  }

  private long serverPid() throws IOException {
    return new Postmaster(catalogue.home().postgres()).running().orElseThrow().pid();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long sumOfKept() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT sum(answer) FROM kept")) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(catalogue.postgresUrl(), "weir", "");
  }
}
