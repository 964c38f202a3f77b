package io.weir.sink.write;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.Topic;
import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.commit.Committer;
import io.weir.lake.commit.Offsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.Mortal;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RetractionIT {

  @Test
  void lowerRevisionInALaterRun_staysRetracted(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    lake.produce(topic, 0, bytes(session("a", 0, _ -> {})), bytes(session("b", 0, _ -> {})));
    run(lake, factory, 2);
    lake.produce(topic, 0, bytes(retraction("a", 1)), bytes(retraction("never seen", 4)));
    run(lake, factory, 4);
    assertThat(keys(lake)).containsExactly("b");

    lake.produce(
        topic,
        0,
        bytes(session("a", 0, _ -> {})),
        bytes(session("a", 1, _ -> {})),
        bytes(session("never seen", 4, _ -> {})));
    run(lake, factory, 7);

    assertThat(keys(lake)).containsExactly("b");
  }

  @Test
  void higherRevisionInALaterRun_comesBack(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    lake.produce(topic, 0, bytes(session("a", 0, _ -> {})), bytes(retraction("a", 1)));
    run(lake, factory, 2);

    lake.produce(topic, 0, bytes(session("a", 2, _ -> {})));
    run(lake, factory, 3);

    assertThat(keys(lake)).containsExactly("a");
  }

  @Test
  void crashBetweenTheTwoCommits_rowIsTakenAwayByTheNextRun(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    lake.produce(topic, 0, bytes(session("a", 0, _ -> {})));
    run(lake, factory, 1);
    lake.produce(topic, 0, bytes(retraction("a", 1)));
    var mortal = new Mortal(factory.consumer("sessions"));
    LoopParts parts = factory.parts(factory.feeds().sessions(), lake.catalog());
    var doomed = new SinkLoop(parts.committingWith(new Crashing()), mortal.consumer());
    doomed.start();
    assertThatThrownBy(() -> Until.holds(() -> false, doomed)).isInstanceOf(Crash.class);
    mortal.die();
    assertThat(lake.rows(LakeTables.RETRACTED_SESSIONS)).hasSize(1);
    assertThat(keys(lake)).containsExactly("a");

    run(lake, factory, 2);

    assertThat(keys(lake)).isEmpty();
  }

  private static List<String> keys(Lake lake) {
    return lake.rows(LakeTables.SESSIONS).stream()
        .map(row -> (String) row.getField("session_key"))
        .toList();
  }

  /** Runs the service until {@code records} records are committed. */
  private static void run(Lake lake, TestSink factory, long records) {
    Consumer<byte[], byte[]> consumer = factory.consumer("sessions");
    var loop = new SinkLoop(factory.parts(factory.feeds().sessions(), lake.catalog()), consumer);
    loop.start();
    Table table = lake.table(LakeTables.SESSIONS);
    Until.holds(
        () -> {
          table.refresh();
          return CommittedOffsets.newest(table).offsets().of(0) == records;
        },
        loop);
    loop.close();
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class Crashing implements Committer {
    @Override
    public CommitOutcome commit(CommitPlan plan, Changes changes) {
      throw new Crash();
    }

    @Override
    public Offsets offsets() {
      return new Offsets(java.util.Map.of(0, 1L));
    }
  }
}
