package io.weir.stream.ops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
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
}
