package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.Session;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.processor.IngestCounts;
import io.weir.testkit.TestEvents;
import io.weir.testkit.hostile.Poison;
import io.weir.testkit.hostile.PoisonCorpus;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All poison on one topic, between the clicks of honest visitors. */
class PoisonedTopicTest {
  private static final Instant MORNING = PoisonCorpus.APPENDED.minus(Duration.ofHours(3));

  @Test
  void poison_isRejectedWithItsBytesAndHarmsNobody(@TempDir Path folder) {
    List<Poison> poison = PoisonCorpus.all();
    try (var running =
        new RunningTopology(folder, PoisonCorpus.APPENDED, EnricherChain.standard())) {
      var raw = running.raw;
      int clicks = 0;
      for (Poison bad : poison) {
        raw.pipeInput("key".getBytes(UTF_8), bad.value());
        raw.pipeInput(
            "honest".getBytes(UTF_8), click("honest", clicks, MORNING.plusMillis(clicks)));
        clicks++;
      }
      raw.pipeInput("later".getBytes(UTF_8), click("later", clicks, PoisonCorpus.APPENDED));
      running.driver.advanceWallClockTime(Duration.ofSeconds(1));

      List<RejectedRecord> rejected =
          running.values(running.topics.rejected(), AvroSerde.rejected());
      List<Poison> refused = poison.stream().filter(p -> p.reason() != null).toList();
      assertThat(rejected.stream().map(RejectedRecord::getReason).toList())
          .isEqualTo(
              refused.stream()
                  .map(p -> String.valueOf(p.reason()).toLowerCase(Locale.ROOT))
                  .toList());
      assertThat(rejected.stream().map(RejectedRecord::getValue).toList())
          .isEqualTo(refused.stream().map(p -> kept(p.value())).toList());
      List<Session> sessions = running.values(running.topics.sessions(), AvroSerde.session());
      int honest = clicks;
      assertThat(sessions.stream().filter(s -> s.getVisitorId().equals("honest")))
          .singleElement()
          .satisfies(session -> assertThat(session.getEvents()).isEqualTo(honest));
      IngestCounts counts = running.counts;
      assertThat(counts.received.sum())
          .isEqualTo(counts.accepted.sum() + counts.duplicate.sum() + counts.rejected.sum());
    }
  }

  /** The bytes that are kept: the whole value, or the first and last 4,096 bytes of a large one. */
  private static @Nullable ByteBuffer kept(byte @Nullable [] value) {
    if (value == null || value.length <= 32 * 1024) {
      return value == null ? null : ByteBuffer.wrap(value);
    }
    return ByteBuffer.allocate(8192)
        .put(value, 0, 4096)
        .put(value, value.length - 4096, 4096)
        .flip();
  }

  private static byte[] click(String visitor, int number, Instant time) {
    return TestEvents.rawView(visitor, visitor + "-" + number, time);
  }
}
