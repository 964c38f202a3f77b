package io.weir.local.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.local.compare.Comparison;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.Captured;
import io.weir.local.topic.LatestSessions;
import io.weir.local.topic.TopicReader;
import io.weir.local.truth.Truth;
import io.weir.local.watch.LakeQueries;
import io.weir.local.watch.Settlement;
import io.weir.local.watch.StreamStatus;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.testkit.hostile.Poison;
import io.weir.testkit.hostile.PoisonCorpus;
import io.weir.testkit.hostile.Strangers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that strangers may send, between the clicks of thousands of honest visitors, through all
 * real processes with the heaps of the demo. No process ends, every record is accounted for, and
 * honest sessions are the same as without the strangers.
 */
class HostileTrafficIT {
  private static final long HONEST_EVENTS = 60_000;
  private static final int HONEST_VISITORS = 5_000;
  private static final int COMPRESSIBLE = 600;
  private static final int FLOOD = 36;
  private static final int HOSTS = 449;
  private static final String ROWS =
      "SELECT (SELECT count(*) FROM bronze.raw_events) AS raw,"
          + " (SELECT count(*) FROM bronze.rejected) AS rejected,"
          + " (SELECT count(*) FROM silver.events) AS events,"
          + " (SELECT count(*) FROM silver.sessions) AS sessions,"
          + " (SELECT count(*) FROM silver.scores) AS scores";

  @TempDir private Path folder;

  @Test
  void hostileTraffic_isAccountedForAndHarmsNobody() throws Exception {
    var checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
    var home = new Home(folder.resolve("home"));
    home.create();
    var catalogue = new Catalogue(checkout, home, Ports.free(), 4);
    Path truthFile = folder.resolve("truth.jsonl");
    var strangers = new Strangers(catalogue.bootstrapServers(), topics(catalogue).raw().name());
    try (var platform = new Platform(catalogue)) {
      EndToEndIT.start(platform);
      strangers.sendUnreasonable();
      List<Poison> poison = PoisonCorpus.about(Instant.now());
      strangers.sendValues(values(poison));
      strangers.sendValues(flood());
      strangers.sendCompressible(COMPRESSIBLE);
      simulate(platform, truthFile);
      Truth truth = Truth.read(truthFile);

      StreamStatus status = new Settlement(platform).await(ofMinutes(4));
      long refused = poison.stream().filter(each -> each.reason() != null).count();
      long accepted = (long) poison.size() - refused + FLOOD + HOSTS;
      long unreasonable = (long) strangers.sent().size() - poison.size() - FLOOD - HOSTS;
      System.out.println("hostile traffic: " + strangers.sent().size() + " records, " + status);
      assertThat(status.received())
          .isEqualTo(truth.produced() + truth.closing() + strangers.sent().size());
      assertThat(status.accepted()).isEqualTo(truth.distinctValid() + truth.closing() + accepted);
      assertThat(status.duplicate()).isEqualTo(truth.duplicates());
      assertThat(status.rejected()).isEqualTo(truth.malformed() + refused + unreasonable);
      assertThat(truth.sessions().stream().map(session -> session.visitor()).distinct())
          .hasSizeGreaterThanOrEqualTo(HONEST_VISITORS);
      assertThat(honestSessions(catalogue, truth).differences()).isEmpty();
      assertBalanced(catalogue);
      Map<String, Long> rows = new LakeQueries(catalogue).row(ROWS);
      assertThat(rows)
          .containsEntry("raw", status.received())
          .containsEntry("rejected", status.rejected())
          .containsEntry("events", status.accepted());
      assertThat(rows.get("scores")).isEqualTo(rows.get("sessions"));
      platform.failOnEnded();
      assertThat(platform.stop(name -> {})).as("killed").isEmpty();
    }
  }

  private static List<byte @Nullable []> values(List<Poison> poison) {
    var values = new ArrayList<byte @Nullable []>();
    poison.forEach(each -> values.add(each.value()));
    return values;
  }

  private static Topics topics(Catalogue catalogue) {
    return TopicSettings.topics(Settings.of(catalogue.clientSettings()));
  }

  private static void simulate(Platform platform, Path truth) throws InterruptedException {
    List<String> arguments =
        List.of(
            "run",
            "--seed=12",
            "--events=" + HONEST_EVENTS,
            "--history=20h",
            "--ending-before=2h",
            "--close",
            "--truth=" + truth,
            "--target=kafka");
    platform.run(
        platform.catalogue().tool("simulator", Service.SIMULATOR, arguments), ofMinutes(5));
  }

  /** One visitor with many long pages at one time, and one with as many long referrers. */
  private static List<byte @Nullable []> flood() {
    var values = new ArrayList<byte @Nullable []>();
    Instant time = Instant.now().minusSeconds(20_000);
    for (int i = 0; i < FLOOD; i++) {
      values.add(
          event("poison-pages", i, time, "url", "https://s.example/" + i + "界".repeat(9_960)));
    }
    for (int i = 0; i < HOSTS; i++) {
      String host = i + "a".repeat(9_900) + ".example";
      values.add(event("poison-hosts", i, time, "referrer", "https://" + host + "/"));
    }
    return values;
  }

  private static byte[] event(String visitor, int number, Instant time, String field, String text) {
    return """
    {"event_id":"%s-%d","event_type":"page_view","event_time":"%s","anonymous_id":"%s","%s":"%s"}\
    """
        .formatted(visitor, number, time, visitor, field, text)
        .getBytes(UTF_8);
  }

  private static Comparison honestSessions(Catalogue catalogue, Truth truth) {
    var connection = KafkaConnection.from(Settings.of(catalogue.clientSettings()));
    var live =
        new LatestSessions(
            visitor -> visitor.startsWith("weir-closing-") || visitor.startsWith("poison"));
    new TopicReader(connection)
        .read(topics(catalogue).sessions().name(), AvroSerde.session().deserializer(), live::add);
    return Comparison.of(truth.sessions(), live.rows());
  }

  private static void assertBalanced(Catalogue catalogue) throws InterruptedException {
    Captured audit =
        Captured.of(
            catalogue.lakeTool(List.of("audit", "--settle", "120")), catalogue.home().log("audit"));
    System.out.println(audit.output());
    assertThat(audit.exitCode()).as(audit.output()).isZero();
  }
}
