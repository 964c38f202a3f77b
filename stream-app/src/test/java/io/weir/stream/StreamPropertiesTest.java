package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.Settings;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StreamPropertiesTest {
  private static final long LARGEST = 8 * 1024 + 32 * 1024 + 16 * 1024;

  @Test
  void largeHeap_readsAheadAsMuchAsKafkaStreamsWouldAnyway() {
    assertThat(StreamProperties.memory(4L << 30, 4))
        .isEqualTo(
            Map.of("main.consumer.max.poll.records", 2000, "buffered.records.per.partition", 1000));
  }

  @Test
  void largestRecordsOnAllPartitions_takeLessThanHalfOfAMidSizeHeap() {
    long heap = 768L << 20;
    int partitions = 12;

    Map<String, Integer> memory = StreamProperties.memory(heap, partitions);

    long polled = memory.getOrDefault("main.consumer.max.poll.records", 0) * LARGEST;
    long queued = (long) memory.getOrDefault("buffered.records.per.partition", 0) * LARGEST;
    assertThat(polled + 2L * partitions * queued).isLessThan(heap / 2);
  }

  @Test
  void changelogs_areCompactedWithinADay() {
    Properties properties = StreamProperties.of(StreamConfig.from(Settings.of(Map.of())), 1);

    assertThat(properties).containsEntry("topic.max.compaction.lag.ms", 86_400_000L);
  }
}
