package io.weir.scoring.ops;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.feature.FeatureSchema;
import io.weir.process.streams.StreamRunner;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideLineTest {
  @TempDir Path folder = Path.of("");

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();

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

  @Test
  void modelThatIsGone_stopsTheStream_andTakesItsFailureAlong() throws IOException {
    TestModels.saveVersion(
        folder, "one", TestModels.turnedStump(FeatureSchema.FEATURE_SET_VERSION, 0.7310586));
    Files.writeString(folder.resolve("challenger"), "one\n");
    StreamRunner first = good();
    try (SideLine line = challenger(List.of(first, stream(), good()).iterator()::next)) {
      line.doWork();
      assertThat(first.isRunning()).isTrue();

      Files.delete(folder.resolve("challenger"));
      line.doWork();
      assertThat(first.state()).isEqualTo("STOPPING");

      Files.writeString(folder.resolve("challenger"), "one\n");
      line.doWork();
      assertThat(line.problem().orElse("")).contains("starts anew");

      Files.delete(folder.resolve("challenger"));
      line.doWork();
      assertThat(line.problem()).isEmpty();

      Files.writeString(folder.resolve("challenger"), "one\n");
      line.doWork();
      assertThat(running).hasValue(2);
      assertThat(new ScoringMetrics().scrape(line.registry(), List.of(line)))
          .contains("weir_scoring_side_ready{name=\"challenger\"} 1");
    }
  }

  @Test
  void modelWhoseStreamDoesNotRun_isSeen() {
    var metrics = new ScoringMetrics();
    try (SideLine line = line()) {
      line.doWork();
      assertThat(metrics.scrape(line.registry(), List.of(line))).doesNotContain("side_ready{");

      TestModels.saveVersion(folder, "one", TestModels.clickStump(-1, 1));
      TestModels.promote(folder, "one");
      line.doWork();
      assertThat(metrics.scrape(line.registry(), List.of(line)))
          .contains("weir_scoring_side_ready{name=\"clicks\"} 0");
    }
  }

  private SideLine line() {
    var registry =
        new DirectoryRegistry(ModelSlot.champion(ModelKind.CLICK, folder), clock, () -> {});
    return new SideLine("clicks", registry, Optional.empty(), this::stream, clock);
  }

  private SideLine challenger(Supplier<StreamRunner> streams) {
    var slot = ModelSlot.challenger(ModelKind.CONVERSION, folder);
    var registry = new DirectoryRegistry(slot, clock, () -> {});
    return new SideLine("challenger", registry, Optional.empty(), streams, clock);
  }

  private StreamRunner stream() {
    return new StreamRunner(this::noClient, "", LEAVE_GROUP, Duration.ZERO);
  }

  private StreamRunner good() {
    return new StreamRunner(Running::new, "", LEAVE_GROUP, Duration.ZERO);
  }

  /** A client that asks no broker. */
  private final class Running extends KafkaStreams {
    Running() {
      super(topology(), settings());
    }

    private static Topology topology() {
      var topology = new Topology();
      topology.addSource("in", "topic");
      return topology;
    }

    private static Properties settings() {
      var settings = new Properties();
      settings.put("application.id", "test");
      settings.put("bootstrap.servers", "127.0.0.1:1");
      return settings;
    }

    @Override
    public synchronized void start() {
      running.incrementAndGet();
    }

    @Override
    public State state() {
      return State.RUNNING;
    }
  }

  private KafkaStreams noClient() {
    starts.incrementAndGet();
    throw new IllegalStateException("no client here");
  }
}
