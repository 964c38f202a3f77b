package io.weir.stream.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
import io.weir.http.JsonLines;
import io.weir.process.LogSettings;
import io.weir.process.Settings;
import io.weir.testkit.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ScoreReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("scores", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Scores scores = new Scores(100);

  private ScoreReader<Score> reader() {
    return new ScoreReader<>(() -> consumer, "scores", 10, AvroSerde.score(), scores::add);
  }

  @Test
  void start_goesBackABoundedNumberOfScores() {
    consumer.updatePartitions(
        "scores", List.of(new PartitionInfo("scores", 0, Node.noNode(), null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 5L));
    consumer.updateEndOffsets(Map.of(PARTITION, 1_000L));
    ScoreReader<Score> reader = reader();

    reader.seek(consumer);

    assertThat(consumer.position(PARTITION)).isEqualTo(990);
  }

  @Test
  void unreadableScore_isPassedOver() {
    consumer.assign(List.of(PARTITION));
    consumer.seek(PARTITION, 0);
    var score = new Score();
    score.setSessionKey("key");
    score.setVisitorId("v");
    score.setModelName("m");
    score.setModelVersion("1");
    score.setReasons(List.of());
    byte[] good = requireNonNull(AvroSerde.score().serialize("", score));
    consumer.addRecord(new ConsumerRecord<>("scores", 0, 0, new byte[0], new byte[] {1}));
    consumer.addRecord(new ConsumerRecord<>("scores", 0, 1, new byte[0], good));

    reader().step(consumer, Duration.ZERO);

    assertThat(scores.of("v")).isPresent();
  }

  @Test
  void unreadableScore_isLoggedWithItsVisitorsHash() {
    consumer.assign(List.of(PARTITION));
    consumer.seek(PARTITION, 0);
    byte[] visitor = "ann@example.com".getBytes(UTF_8);
    consumer.addRecord(new ConsumerRecord<>("scores", 0, 0, visitor, new byte[] {1}));
    Map<String, String> key = Map.of("WEIR_LOG_VISITOR_KEY", "0123456789abcdef0123456789abcdef");
    LogSettings.use(Settings.of(key));
    try (var log = new CapturedLog(ScoreReader.class.getName(), new JsonLines())) {
      reader().step(consumer, Duration.ZERO);

      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("skipped unreadable score scores 0:0", "SerializationException")
          .endsWith(",\"visitor\":\"093e3dd9df95\"}")
          .doesNotContain("ann@example.com");
    } finally {
      LogSettings.use(Settings.of(Map.of()));
    }
  }
}
