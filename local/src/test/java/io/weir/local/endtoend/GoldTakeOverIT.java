package io.weir.local.endtoend;

import static io.weir.local.endtoend.RebuildTools.await;
import static io.weir.local.endtoend.RebuildTools.output;
import static io.weir.local.endtoend.RebuildTools.run;
import static io.weir.local.endtoend.RebuildTools.settings;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.local.topic.TopicReader;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Switches gold to a rebuild while events come, with the settings that the command prints, and
 * proves it with a second rebuild.
 */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes two minutes: WEIR_NIGHTLY=true runs it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldTakeOverIT {
  private static final int PARTITIONS = 4;

  private final Checkout checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
  private final Home home = new Home(Path.of("target")).another("gold-switch-");
  private final Ports ports = Ports.free();
  private final Catalogue before =
      new Catalogue(
          checkout,
          home,
          ports,
          PARTITIONS,
          Map.of("WEIR_SINK_ROLL_INTERVAL", "1s", "WEIR_STREAM_IDLE_TIMEOUT", "36500d"));
  private final Pipeline servers = new Pipeline(before);
  private String gone = "";

  @AfterAll
  void stop() {
    servers.close();
    home.deleteAll();
  }

  @Test
  void eventsDuringTheSwitch_countOnce() throws Exception {
    servers.start(Service.BROKER, Service.POSTGRES);
    servers.start(Service.STREAM, Service.SINK);
    simulate(14, 3_000, "--ending-before=2h");
    servers.settle();
    forgetSomebody();

    ChildProcess rebuild =
        start(
            "rebuild",
            tool(
                "gold",
                "rebuild",
                "anew",
                "--switch",
                "--wait",
                "15m",
                "--stream-app=" + before.streamAppOf("anew")));
    await(() -> says(rebuild, "stop all instances of the live stream-app"));
    // These come after the feed, and while the live services are stopped.
    simulate(15, 1_500, "--ending-before=1h");
    await(() -> records("clickstream.events") > 3_200);
    terminate(Service.STREAM);
    simulate(16, 1_500, "--ending-before=30m");
    await(() -> says(rebuild, "stop all instances of lake-sink"));
    terminate(Service.SINK);
    await(() -> !rebuild.isAlive() || says(rebuild, "or go back"));
    assertThat(says(rebuild, "sent the last")).as("%s", rebuild.log().tail(20)).isTrue();
    assertThat(says(rebuild, "sums of erased persons over")).isTrue();

    Catalogue after = after(String.join("\n", rebuild.log().tail(10)));
    try (var services = new Pipeline(after)) {
      services.start(Service.STREAM, Service.SINK);
      services.settleStream(1);
      await(() -> !rebuild.isAlive());
      assertThat(rebuild.exitCode()).as("%s", rebuild.log().tail(20)).isZero();
      long raw = records("clickstream.raw");
      await(() -> output(0, after, "gold", "feed", "proof", "--dry-run").contains(" " + raw + " "));
      prove(after);
      assertThat(
              output(
                  0, after, "reconcile", "--wait", "1m", "--url=" + after.address(Service.STREAM)))
          .isNotEmpty();
      assertThat(output(0, after, "gold", "drop", "anew", "--yes")).contains("deleted");
      simulate(17, 500, "--ending-before=10m");
      services.settleStream(500);
    }
  }

  /** A rebuild of all records, with nothing but the usual settings, has the same numbers. */
  private void prove(Catalogue after) throws Exception {
    String fed = output(0, after, "gold", "feed", "proof");
    Map<String, String> settings = printed(fed);
    settings.put("WEIR_STREAM_IDLE_TIMEOUT", "36500d");
    var beside =
        new Catalogue(
            checkout,
            new Home(home.folder().resolve("proof")),
            RebuildTools.beside(ports),
            PARTITIONS,
            settings);
    try (var proof = new Pipeline(beside)) {
      proof.start(Service.STREAM);
      proof.settleStream(0);
      await(() -> {
        output(0, after, "gold", "load", "proof", "--wait", "3m");
        return run(after, "gold", "compare", "proof", "--at-rest").exitCode() == 0;
      });
    }
    System.out.println("proof: " + output(0, after, "gold", "compare", "proof", "--at-rest"));
    for (String each : List.of("events", "late", "rejected")) {
      assertThat(ofOthers("clickstream." + each)).isEqualTo(ofOthers("proof." + each));
    }
  }

  /** Somebody who has bought leaves the lake: only the sums of gold still have what they did. */
  private void forgetSomebody() throws Exception {
    try (Connection connection = DriverManager.getConnection(before.postgresUrl(), "weir", "");
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT visitor_id FROM gold.session_metrics WHERE NOT is_bot AND purchases > 0"
                        + " ORDER BY visitor_id LIMIT 1")) {
      row.next();
      gone = row.getString(1);
    }
    output(0, before, "forget", "--visitor=" + gone);
  }

  /** The number of records without those of the person who was erased. */
  private long ofOthers(String topic) {
    var mine = new AtomicLong();
    var connection = KafkaConnection.from(Settings.of(before.clientSettings()));
    long all =
        new TopicReader(connection)
            .read(
                topic,
                new ByteArrayDeserializer(),
                value -> {
                  if (value != null && new String(value, ISO_8859_1).contains(gone)) {
                    mine.incrementAndGet();
                  }
                });
    return all - mine.get();
  }

  private Catalogue after(String printed) {
    var settings = new HashMap<>(before.extraSettings());
    settings.putAll(printed(printed));
    assertThat(settings).containsEntry("WEIR_STREAM_APPLICATION_ID", "anew-stream");
    return new Catalogue(checkout, home, ports, PARTITIONS, settings);
  }

  private static Map<String, String> printed(String output) {
    return settings(
        output.lines().filter(line -> line.startsWith("now start")).collect(joining("\n")));
  }

  private void simulate(int seed, int events, String ending) throws InterruptedException {
    servers.run(
        "simulator",
        Service.SIMULATOR,
        List.of(
            "run",
            "--seed=" + seed,
            "--events=" + events,
            "--history=12h",
            ending,
            "--close",
            "--target=kafka"));
  }

  private ProcessSpec tool(String... arguments) {
    return before.lakeTool(List.of(arguments));
  }

  private ChildProcess start(String name, ProcessSpec spec) {
    return ChildProcess.start(spec, home.log(name), home.pidFile(name));
  }

  private static boolean says(ChildProcess process, String text) {
    return process.log().tail(1_000).stream().anyMatch(line -> line.contains(text));
  }

  private void terminate(Service service) {
    home.pidFile(service.id()).running().orElseThrow().destroy();
  }

  private long records(String topic) {
    var connection = KafkaConnection.from(Settings.of(before.clientSettings()));
    return new TopicReader(connection).read(topic, new ByteArrayDeserializer(), _ -> {});
  }
}
