package io.weir.tools.erase;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.tools.erase.Forgotten.OTHER;
import static io.weir.tools.erase.Forgotten.USER;
import static io.weir.tools.erase.Forgotten.VISITOR;
import static io.weir.tools.erase.Forgotten.identity;
import static io.weir.tools.erase.Forgotten.json;
import static io.weir.tools.erase.Forgotten.loop;
import static io.weir.tools.erase.Forgotten.run;
import static io.weir.tools.erase.Forgotten.take;
import static io.weir.tools.erase.Forgotten.visit;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.Mortal;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.DataFile;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ForgetLimitsIT {
  @Test
  void erasedRecords_areNoLossToTheAudit_andAreNotReplayed(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    lake.produce(
        topics.raw(), 0, json(VISITOR, "a").getBytes(UTF_8), json(OTHER, "b").getBytes(UTF_8));
    lake.produce(topics.events(), 0, visit("a", VISITOR), place("b", 1));
    take(lake, factory, factory.feeds().raw(), 2);
    take(lake, factory, factory.feeds().events(), 2);

    run(lake, 0, "--visitor", VISITOR);

    assertThat(Commands.run(lake, 0, "audit", "--settle", "0"))
        .contains("0  0 to 1  1 = 1 + 0 + 0 + 0  0\n")
        .endsWith("balanced\n");
    assertThat(
            Commands.run(
                lake,
                0,
                "replay",
                "--from",
                "1h",
                "--to",
                "0s",
                "--topic",
                topics.raw().name(),
                "--into-live",
                "--dry-run"))
        .contains("would send 1 to ");
  }

  @Test
  void identityWithoutValue_leavesGold_andTheLoopGoesOn(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().identities();
    var loop =
        new SinkLoop(
            factory.gold(GoldTables.IDENTITIES, topic, AvroSerde.identity()),
            factory.consumer("identities"));
    loop.start();
    lake.produceKeyed(topic, VISITOR, identity(VISITOR));
    Until.holds(() -> lake.gold("SELECT count(*) FROM gold.identities").equals("1"), loop);

    lake.send(new ProducerRecord<>(topic.name(), VISITOR.getBytes(UTF_8), null));
    lake.produceKeyed(topic, OTHER, identity(OTHER));

    Until.holds(
        () ->
            lake.gold("SELECT string_agg(visitor_id, ' ') FROM gold.identity_versions")
                .equals(OTHER),
        loop);
    loop.close();
  }

  @Test
  void fileOfNoSnapshot_isFoundByItsBytes_exitCodeOne(Lake lake) throws IOException {
    TestSink factory = lake.factory(Clock.systemUTC());
    lake.produce(lake.topics().events(), 0, visit("a", OTHER));
    take(lake, factory, factory.feeds().events(), 1);
    Path orphan = Path.of(lake.location().warehouse(), "silver/events/data/orphan.parquet");
    Files.writeString(orphan, "x".repeat((1 << 20) - 5) + VISITOR + "x");

    assertThat(run(lake, 1, "--visitor", VISITOR))
        .contains("FOUND\n", "orphan.parquet: its bytes\n", "result: NOT ERASED");
  }

  @Test
  void rowsOfAFileOfNoSnapshot_areFoundThoughTheyAreCompressed(Lake lake) throws IOException {
    TestSink factory = lake.factory(Clock.systemUTC(), "WEIR_SINK_ROLL_INTERVAL", "1h");
    for (int i = 0; i < 100; i++) {
      lake.produce(
          lake.topics().events(),
          0,
          visit("e" + i, i == 50 ? VISITOR : (i % 2 == 0 ? "a" : "z") + i));
    }
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var mortal = new Mortal(factory.consumer("events"));
    var loop = new SinkLoop(parts, mortal.consumer());
    loop.start();
    var taken = new int[1];
    Until.holds(() -> (taken[0] += loop.doWork()) == 100);
    List<DataFile> orphans = parts.writer().close().rows();
    mortal.die();
    Path orphan = Path.of(URI.create("file:" + orphans.getFirst().location().replace(" ", "%20")));
    Path unfinished = orphan.resolveSibling("unfinished.parquet");
    byte[] bytes = Files.readAllBytes(orphan);
    Files.write(unfinished, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(new String(bytes, ISO_8859_1)).doesNotContain(VISITOR);

    assertThat(run(lake, 1, "--visitor", VISITOR))
        .contains(
            orphan.getFileName() + ": a row\n",
            ", 1 unfinished: FOUND",
            "result: NOT ERASED",
            "not read yet",
            "  silver.events: 100\n");
  }

  @Test
  void certificate_namesWhatKeepsWhatWasDeleted(Lake lake)
      throws ExecutionException, InterruptedException {
    assertThat(lake.factory(Clock.systemUTC())).isNotNull();
    String prefix = lake.prefix();
    try (Admin admin = lake.kafka().admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(prefix + "-stream-visitors-changelog", 1, (short) 1)
                      .configs(
                          Map.of("cleanup.policy", "compact", "max.compaction.lag.ms", "7200000")),
                  new NewTopic(prefix + "-stream-timers-changelog", 1, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
    }

    assertThat(run(lake, 0, "--visitor", VISITOR))
        .contains(
            "  " + prefix + ".identities: values 24 h (max.compaction.lag.ms), ids 24 h more\n",
            "  " + prefix + "-stream-visitors-changelog: values 2 h (max.compaction.lag.ms),",
            "  " + prefix + "-stream-timers-changelog: values without a bound, until",
            "State folders of stream-app (WEIR_STREAM_STATE_DIR, standbys too) keep")
        .doesNotContain("not read yet");
  }

  @Test
  void shortIds_countAsWholeValuesOnly(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic raw = lake.topics().raw();
    lake.produce(
        raw,
        0,
        json("42", "a").getBytes(UTF_8),
        json("421", "b").getBytes(UTF_8),
        "{\"event_id\":\"c\",\"value\":42}".getBytes(UTF_8));
    take(lake, factory, factory.feeds().raw(), 3);

    assertThat(run(lake, 0, "--visitor", "42"))
        .contains("1 rows erased", "as whole values only and not in plain bytes: 42");
  }

  @Test
  void nobodyOrNothing_isOneLine(Lake lake) {
    assertThat(run(lake, 2).lines())
        .singleElement()
        .asString()
        .contains("no user or visitor is named");
    assertThat(run(lake, 2, "--user", " ").lines()).singleElement().asString().contains("--user");
    lake.database().shut();
    assertThat(run(lake, 2, "--user", USER).lines())
        .singleElement()
        .asString()
        .contains("WEIR_POSTGRES_URL");
  }

  private static byte[] place(String id, long offset) {
    return bytes(event(id, e -> e.setVisitorId(OTHER).setRawPartition(0).setRawOffset(offset)));
  }
}
