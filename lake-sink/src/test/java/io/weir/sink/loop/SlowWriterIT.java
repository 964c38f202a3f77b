package io.weir.sink.loop;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.Committer;
import io.weir.lake.commit.Offsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.maintenance.Maintenance;
import io.weir.sink.maintenance.MaintenanceRules;
import io.weir.testkit.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests a writer that is so slow that maintenance removes its files as orphans. */
@ExtendWith(Servers.class)
class SlowWriterIT {
  private static final MaintenanceRules RULES =
      new MaintenanceRules(
          128L << 20,
          Duration.ZERO,
          Duration.ofHours(24),
          MaintenanceRules.Kept.retractions(Duration.ofDays(30)));
  private static final int MANY = 1_000;
  private static final int BULK = 9_000;

  @Test
  void planInDoubt_whoseFilesWereRemoved_isDroppedAndReadAgain(Lake lake) {
    var clock = new ManualClock(Instant.now());
    TestSink factory = lake.factory(clock);
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var lossy = new LossyOnce(parts.committer());
    var loop = new SinkLoop(parts.committingWith(lossy), factory.consumer("events"));
    loop.start();
    produce(lake, 10, 1);
    Until.holds(
        () -> {
          clock.advance(Duration.ofMillis(200));
          return lossy.isLost;
        },
        loop);

    assertThat(removeOrphans(lake)).isPositive();
    Until.holds(
        () -> {
          clock.advance(Duration.ofMillis(200));
          return parts.committer().offsets().of(0) == 10;
        },
        loop);
    loop.close();

    assertEachOnce(lake, 10);
  }

  @Test
  void filesClosedEarly_thatWereRemoved_areReadAgain(Lake lake) {
    var clock = new ManualClock(Instant.now());
    TestSink factory =
        lake.factory(clock, "WEIR_SINK_BUFFER_SIZE", "4mb", "WEIR_SINK_ROLL_INTERVAL", "10m");
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    produce(lake, MANY, BULK);
    var taken = new int[1];
    Until.holds(() -> (taken[0] += loop.doWork()) == MANY);

    assertThat(removeOrphans(lake)).isPositive();
    Until.holds(
        () -> {
          clock.advance(Duration.ofMinutes(1));
          return parts.committer().offsets().of(0) == MANY;
        },
        loop);
    loop.close();

    assertEachOnce(lake, MANY);
  }

  /** Produces texts that no codec can compress. */
  private static void produce(Lake lake, int events, int bytes) {
    var random = new Random(1);
    var bulk = new byte[bytes];
    for (int i = 0; i < events; i++) {
      random.nextBytes(bulk);
      String url = Base64.getEncoder().encodeToString(bulk);
      lake.sendSoon(lake.topics().events(), 0, bytes(event("e" + i, each -> each.setUrl(url))));
    }
    lake.flush();
  }

  private static int removeOrphans(Lake lake) {
    Clock later = Clock.offset(Clock.systemUTC(), RULES.orphanAge().plusSeconds(1));
    return Maintenance.of(lake.catalog(), RULES, later).run(LakeTables.EVENTS).orphans();
  }

  private static void assertEachOnce(Lake lake, int events) {
    assertThat(lake.rows(LakeTables.EVENTS))
        .extracting(row -> row.getField("event_id"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, events).mapToObj(i -> "e" + i).toList());
  }

  /** Loses the request of the first commit, so it never reaches the catalog. */
  private static final class LossyOnce implements Committer {
    private final Committer real;
    private boolean isLost;

    LossyOnce(Committer real) {
      this.real = real;
    }

    @Override
    public CommitOutcome commit(CommitPlan plan, Changes changes) {
      if (isLost) {
        return real.commit(plan, changes);
      }
      isLost = true;
      return new CommitOutcome.Unknown("the request was lost");
    }

    @Override
    public Offsets offsets() {
      return real.offsets();
    }
  }
}
