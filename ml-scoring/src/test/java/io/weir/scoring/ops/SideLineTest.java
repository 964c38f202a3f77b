package io.weir.scoring.ops;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.streams.StreamRunner;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideLineTest {
  @TempDir Path folder = Path.of("");

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final AtomicInteger starts = new AtomicInteger();

  @Test
  void withoutAModel_nothingStarts_andNothingIsWrong() {
    try (SideLine line = line()) {
      line.doWork();

      assertThat(starts).hasValue(0);
      assertThat(line.problem()).isEmpty();
    }
  }

  @Test
  void brokenModel_isNamed() {
    TestModels.promote(folder, "gone");
    try (SideLine line = line()) {
      line.doWork();

      assertThat(starts).hasValue(0);
      assertThat(line.problem().orElse("")).contains("there is no").contains("gone");
    }
  }

  @Test
  void streamThatFails_startsAnewAfterAMinute() {
    TestModels.saveVersion(folder, "one", TestModels.clickStump(-1, 1));
    TestModels.promote(folder, "one");
    try (SideLine line = line()) {
      line.doWork();
      line.doWork();
      assertThat(starts).hasValue(1);
      assertThat(line.problem().orElse("")).contains("starts anew").contains("no client here");

      clock.advance(Duration.ofSeconds(61));
      line.doWork();
      assertThat(starts).hasValue(2);
    }
  }

  private SideLine line() {
    var registry =
        new DirectoryRegistry(ModelSlot.champion(ModelKind.CLICK, folder), clock, () -> {});
    return new SideLine("clicks", registry, Optional.empty(), this::stream, clock);
  }

  private StreamRunner stream() {
    return new StreamRunner(this::noClient, "", LEAVE_GROUP, Duration.ZERO);
  }

  private KafkaStreams noClient() {
    starts.incrementAndGet();
    throw new IllegalStateException("no client here");
  }
}
