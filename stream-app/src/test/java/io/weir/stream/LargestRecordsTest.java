package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.stream.enrich.EnricherChain;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The largest raw records, accepted or rejected, become records that fit their topics. */
class LargestRecordsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** A generous size for what a batch of one record has beside key and value. */
  private static final int BATCH = 8 * 1024;

  private static final int RAW = 32 * 1024;

  @TempDir private Path folder;

  /** The content that fills an event until the raw record has its 32 KB. */
  enum Filling {
    /** The address goes into the record whole and in parts. */
    ADDRESS("\"url\":\"https://shop.example/" + "漢".repeat(9_900) + "\"", ",\"x%d\":\"y\""),
    QUERY("\"url\":\"https://shop.example/?utm_source=" + "漢".repeat(9_900) + "\"", ",\"x%d\":1"),
    PRODUCTS("\"products\":[{\"product_id\":\"p\"}", ",{\"product_id\":\"%d\",\"price\":1}"),
    SMALL_EXTRAS("\"x\":1", ",\"%d\":1"),
    REFERRER("\"referrer\":\"https://a.example/" + "𠜎".repeat(4_900) + "\"", ",\"x%d\":1");

    private final String start;
    private final String more;

    Filling(String start, String more) {
      this.start = start;
      this.more = more;
    }

    private byte[] event(String visitor) {
      var json =
          new StringBuilder(
              "{\"event_id\":\"e\",\"event_type\":\"page_view\",\"event_time\":\"%s\",%s,%s"
                  .formatted(NOON, "\"anonymous_id\":\"" + visitor + "\"", start));
      int most = this == PRODUCTS ? 200 : Integer.MAX_VALUE;
      String end = this == PRODUCTS ? "]}" : "}";
      int size = json.toString().getBytes(UTF_8).length + end.length();
      for (int i = 1; i < most; i++) {
        String next = more.formatted(i);
        size += next.getBytes(UTF_8).length;
        if (size > RAW) {
          break;
        }
        json.append(next);
      }
      return json.append(end).toString().getBytes(UTF_8);
    }
  }

  private static int largest(RunningTopology running, Topic topic) {
    var bytes = new ByteArrayDeserializer();
    List<TestRecord<byte[], byte[]>> records =
        running.driver.createOutputTopic(topic.name(), bytes, bytes).readRecordsToList();
    assertThat(records).isNotEmpty();
    return records.stream()
        .mapToInt(record -> record.key().length + record.value().length)
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Filling.class)
  void largestEvent_fitsItsTopic(Filling filling) {
    String visitor = "漢".repeat(128);
    try (var running = new RunningTopology(folder, NOON, EnricherChain.standard())) {
      running.raw.pipeInput(visitor.getBytes(UTF_8), filling.event(visitor));

      assertThat(running.counts.accepted.sum()).isEqualTo(1);
      assertThat(running.counts.unsendable.sum()).isZero();
      assertThat(largest(running, running.topics.events()))
          .isLessThan(running.topics.events().maxMessageBytes() - BATCH);
    }
  }

  /** Key, value and headers at the sizes up to which they are kept whole. */
  @Test
  void largestRefusedRecord_fitsItsTopic() {
    try (var running = new RunningTopology(folder, NOON, EnricherChain.standard())) {
      var headers = new RecordHeaders().add("h", new byte[16 * 1024 - 1]);
      running.raw.pipeInput(new TestRecord<>(new byte[8 * 1024], new byte[RAW], headers, NOON));

      assertThat(running.counts.rejected.sum()).isEqualTo(1);
      assertThat(running.counts.unsendable.sum()).isZero();
      assertThat(largest(running, running.topics.rejected()))
          .isGreaterThan(64 * 1024)
          .isLessThan(running.topics.rejected().maxMessageBytes() - BATCH);
    }
  }
}
