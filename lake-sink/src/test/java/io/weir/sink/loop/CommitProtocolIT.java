package io.weir.sink.loop;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.Topic;
import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.Committer;
import io.weir.lake.commit.Offsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.testkit.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class CommitProtocolIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void diesAfterFilesAreClosed_anotherWritesThemOnce(Lake lake) {
    assertSurvives(lake, real -> new Faulty(real, Fault.BEFORE_COMMIT));
  }

  @Test
  void diesAfterTheTablesCommit_anotherGoesOnBehindIt(Lake lake) {
    assertSurvives(lake, real -> new Faulty(real, Fault.AFTER_COMMIT));
  }

  private static void assertSurvives(Lake lake, UnaryOperator<Committer> fault) {
    TestSink factory = lake.factory(Clock.systemUTC());
    produceEvents(lake, 0, 40);
    var mortal = new Mortal(factory.consumer("events"));
    SinkLoop first = loop(lake, factory, mortal, fault);
    assertThatThrownBy(() -> Until.holds(() -> false, first)).isInstanceOf(Crash.class);
    mortal.die();
    produceEvents(lake, 40, 60);

    SinkLoop second = loop(lake, factory, new Mortal(factory.consumer("events")), real -> real);
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() >= 60, second);
    second.close();

    assertEventsOnce(lake, 60);
  }

  @Test
  void answerLost_commitIsFoundAndNotRepeated(Lake lake) {
    assertCommittedOnce(lake, Fault.ANSWER_LOST);
  }

  @Test
  void neverReachedTheCatalog_sameFilesAreCommittedAgain(Lake lake) {
    assertCommittedOnce(lake, Fault.REQUEST_LOST);
  }

  private static void assertCommittedOnce(Lake lake, Fault fault) {
    var clock = new ManualClock(START);
    TestSink factory = lake.factory(clock);
    produceEvents(lake, 0, 10);
    var faulty = new ArrayList<Faulty>();
    SinkLoop loop =
        loop(
            lake,
            factory,
            new Mortal(factory.consumer("events")),
            real -> {
              faulty.add(new Faulty(real, fault));
              return faulty.getFirst();
            });

    Until.holds(() -> faulty.getFirst().calls == 2, loop, advancing(clock));
    loop.close();

    assertEventsOnce(lake, 10);
    assertThat(faulty.getFirst().plans).hasSize(1);
  }

  @Test
  void twoLoops_shareThePartitions(Lake lake) {
    // Each step of sharing waits for the next heartbeat, 3 s by default.
    lake.set("WEIR_KAFKA_CLIENT_HEARTBEAT_INTERVAL_MS", "300");
    TestSink factory = lake.factory(Clock.systemUTC());
    produceEvents(lake, 0, 40);
    SinkLoop first = loop(lake, factory, new Mortal(factory.consumer("events")), real -> real);
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() > 0, first);
    var commits = new ArrayList<Faulty>();
    SinkLoop second =
        loop(
            lake,
            factory,
            new Mortal(factory.consumer("events")),
            real -> {
              commits.add(new Faulty(real, Fault.NONE));
              return commits.getFirst();
            });
    int produced = 40;
    while (commits.getFirst().calls == 0 && produced < 4_000) {
      produceEvents(lake, produced, produced + 40);
      produced += 40;
      int now = produced;
      Until.holds(() -> lake.rows(LakeTables.EVENTS).size() >= now, first, second);
    }
    first.close();
    produceEvents(lake, produced, produced + 40);
    int all = produced + 40;
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() >= all, second);
    second.close();

    assertEventsOnce(lake, all);
    assertThat(commits.getFirst().calls).isPositive();
  }

  @Test
  void anotherWriterMovedOurPartitions_readsAreGivenUp(Lake lake) {
    var clock = new ManualClock(START);
    TestSink factory = lake.factory(clock);
    produceEvents(lake, 0, 20);
    SinkLoop slow = loop(lake, factory, new Mortal(factory.consumer("events")), real -> real);
    Until.holds(() -> slow.doWork() > 0);
    Until.holds(() -> slow.doWork() == 0);
    SinkLoop other = loop(lake, factory, new Mortal(factory.consumer("other")), real -> real);
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 20, other, advancing(clock));
    other.close();

    produceEvents(lake, 20, 30);
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() >= 30, slow, advancing(clock));
    slow.close();

    assertEventsOnce(lake, 30);
  }

  @Test
  void idle_commitsNothingAndRollsByTimeWithoutNewData(Lake lake) {
    var clock = new ManualClock(START);
    TestSink factory = lake.factory(clock, "WEIR_SINK_ROLL_INTERVAL", "60s");
    produceEvents(lake, 0, 10);
    SinkLoop loop = loop(lake, factory, new Mortal(factory.consumer("events")), real -> real);
    var taken = new int[1];
    Until.holds(() -> (taken[0] += loop.doWork()) == 10);
    assertThat(lake.rows(LakeTables.EVENTS)).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    loop.doWork();
    assertEventsOnce(lake, 10);
    clock.advance(Duration.ofMinutes(10));
    loop.doWork();
    loop.close();

    assertThat(lake.table(LakeTables.EVENTS).snapshots()).hasSize(1);
  }

  private static LoopStep advancing(ManualClock clock) {
    return new LoopStep() {
      @Override
      public void start() {}

      @Override
      public int doWork() {
        clock.advance(Duration.ofMillis(500));
        return 0;
      }

      @Override
      public void close() {}
    };
  }

  private static void produceEvents(Lake lake, int from, int to) {
    Topic topic = lake.topics().events();
    for (int i = from; i < to; i++) {
      lake.produce(topic, i % topic.partitions(), bytes(event("e" + i, _ -> {})));
    }
  }

  private static void assertEventsOnce(Lake lake, int count) {
    var expected = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      expected.add("e" + i);
    }
    List<String> found =
        lake.rows(LakeTables.EVENTS).stream()
            .map(row -> (String) row.getField("event_id"))
            .toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    Table table = lake.table(LakeTables.EVENTS);
    assertThat(table.currentSnapshot().summary()).containsKey("weir.offsets");
  }

  private static SinkLoop loop(
      Lake lake, TestSink factory, Mortal mortal, UnaryOperator<Committer> committers) {
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop =
        new SinkLoop(parts.committingWith(committers.apply(parts.committer())), mortal.consumer());
    loop.start();
    return loop;
  }

  private enum Fault {
    NONE,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    ANSWER_LOST,
    REQUEST_LOST
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Fails the first commit. */
  private static final class Faulty implements Committer {
    private final Committer real;
    private final Fault fault;
    private final TreeSet<String> plans = new TreeSet<>();
    private int calls;

    Faulty(Committer real, Fault fault) {
      this.real = real;
      this.fault = fault;
    }

    @Override
    public CommitOutcome commit(CommitPlan plan, Changes changes) {
      plans.add(plan.commitId());
      if (++calls > 1) {
        return real.commit(plan, changes);
      }
      return switch (fault) {
        case NONE -> real.commit(plan, changes);
        case BEFORE_COMMIT -> throw new Crash();
        case AFTER_COMMIT -> {
          assertThat(real.commit(plan, changes)).isEqualTo(new CommitOutcome.Committed());
          throw new Crash();
        }
        case ANSWER_LOST -> {
          assertThat(real.commit(plan, changes)).isEqualTo(new CommitOutcome.Committed());
          yield new CommitOutcome.Unknown("the answer was lost");
        }
        case REQUEST_LOST -> new CommitOutcome.Unknown("the request was lost");
      };
    }

    @Override
    public Offsets offsets() {
      return real.offsets();
    }
  }
}
