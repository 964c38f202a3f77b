package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Settings;
import io.weir.contract.Topics;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.Session;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.ingest.PoisonCorpus;
import io.weir.stream.ingest.PoisonCorpus.Poison;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.Progress;
import io.weir.stream.processor.StreamSettings;
import io.weir.testkit.ManualClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All poison on one topic, between the clicks of honest visitors. */
class PoisonedTopicTest {
  private static final Instant MORNING = PoisonCorpus.APPENDED.minus(Duration.ofHours(3));

  private final Topics topics = Topics.from(Settings.of(Map.of("WEIR_TOPIC_PARTITIONS", "1")));
  private final IngestCounts counts = new IngestCounts();

  @Test
  void poison_isRejectedByteForByteAndHarmsNobody(@TempDir Path folder) {
    List<Poison> poison = PoisonCorpus.all();
    try (TopologyTestDriver driver = driver(folder)) {
      var raw =
          driver.createInputTopic(
              topics.raw().name(), new ByteArraySerializer(), new ByteArraySerializer());
      int clicks = 0;
      for (Poison bad : poison) {
        raw.pipeInput("key".getBytes(UTF_8), bad.value());
        raw.pipeInput(
            "honest".getBytes(UTF_8), click("honest", clicks, MORNING.plusMillis(clicks)));
        clicks++;
      }
      raw.pipeInput("later".getBytes(UTF_8), click("later", clicks, PoisonCorpus.APPENDED));
      driver.advanceWallClockTime(Duration.ofSeconds(1));

      List<RejectedRecord> rejected =
          driver
              .createOutputTopic(
                  topics.rejected().name(),
                  new ByteArrayDeserializer(),
                  AvroSerde.rejected().deserializer())
              .readValuesToList();
      List<Poison> refused = poison.stream().filter(p -> p.reason() != null).toList();
      assertThat(rejected.stream().map(RejectedRecord::getReason).toList())
          .isEqualTo(
              refused.stream()
                  .map(p -> String.valueOf(p.reason()).toLowerCase(Locale.ROOT))
                  .toList());
      assertThat(rejected.stream().map(RejectedRecord::getValue).toList())
          .isEqualTo(
              refused.stream()
                  .map(p -> p.value() == null ? null : ByteBuffer.wrap(p.value()))
                  .toList());
      List<Session> sessions =
          driver
              .createOutputTopic(
                  topics.sessions().name(),
                  new StringDeserializer(),
                  AvroSerde.session().deserializer())
              .readValuesToList();
      int honest = clicks;
      assertThat(sessions.stream().filter(s -> s.getVisitorId().equals("honest")))
          .singleElement()
          .satisfies(session -> assertThat(session.getEvents()).isEqualTo(honest));
      assertThat(counts.received.sum())
          .isEqualTo(counts.accepted.sum() + counts.duplicate.sum() + counts.rejected.sum());
    }
  }

  private static byte[] click(String visitor, int number, Instant time) {
    return """
    {"event_id":"%s-%d","event_type":"page_view","event_time":"%s","anonymous_id":"%s"}\
    """
        .formatted(visitor, number, time, visitor)
        .getBytes(UTF_8);
  }

  private TopologyTestDriver driver(Path folder) {
    StreamConfig config = StreamConfig.from(Settings.of(Map.of()));
    var settings =
        new StreamSettings(
            topics,
            1,
            config.timeRules(),
            config.typeRules(),
            config.sessionRules(),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            EnricherChain.standard(),
            _ -> 0,
            new ManualClock(PoisonCorpus.APPENDED));
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    properties.put("state.dir", folder.toString());
    return new TopologyTestDriver(
        ClickstreamTopology.build(settings, counts, new Progress()),
        properties,
        PoisonCorpus.APPENDED);
  }
}
