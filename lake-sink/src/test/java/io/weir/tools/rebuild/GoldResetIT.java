package io.weir.tools.rebuild;

import static io.weir.tools.rebuild.PlayedRebuild.PARTITIONS;
import static io.weir.tools.rebuild.PlayedRebuild.cells;
import static io.weir.tools.rebuild.PlayedRebuild.commit;
import static io.weir.tools.rebuild.PlayedRebuild.committed;
import static io.weir.tools.rebuild.PlayedRebuild.make;
import static io.weir.tools.rebuild.PlayedRebuild.member;
import static io.weir.tools.rebuild.PlayedRebuild.produce;
import static io.weir.tools.rebuild.PlayedRebuild.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reset of an application that the test plays, with a real broker and PostgreSQL. */
@ExtendWith(Servers.class)
class GoldResetIT {
  @Test
  void stateAndOffsets_areDeleted_andNothingElse(Lake lake) throws Exception {
    String live = started(lake);
    String visitors = live + "-visitors-changelog";
    String other = live + "-two";
    make(lake, state(visitors));
    make(lake, state(live + "-session-timers-changelog"));
    make(lake, state(live + "-gone-for-good-visitors-changelog"));
    make(lake, state(other + "-visitors-changelog"));
    commit(lake, other, Map.of(lake.topics().raw().name(), 5L));
    lake.change(
        "INSERT INTO gold.session_revisions (session_key, version, retracted)"
            + " VALUES ('k', 2000003, true)");

    assertThat(run(lake, 0, "reset", live))
        .contains(
            "topic " + visitors, "group " + live, 6 * PARTITIONS + " raw records", "give --yes")
        .contains("stays: topic " + live + "-gone-for-good-visitors-changelog")
        .doesNotContain(other + "-visitors");
    assertThat(topics(lake)).contains(visitors);
    assertThat(committed(lake, live)).isNotEmpty();

    assertThat(run(lake, 0, "reset", live, "--yes", "--until", "9999-01-01T00:00:00Z"))
        .contains("WEIR_STREAM_FIRST_REVISION=3000000", "repeat ./weir forget");

    assertThat(committed(lake, live)).isEmpty();
    assertThat(committed(lake, other)).isNotEmpty();
    Until.holds(() -> !topics(lake).contains(visitors));
    assertThat(topics(lake))
        .contains(lake.topics().raw().name(), lake.topics().events().name())
        .contains(other + "-visitors-changelog", live + "-gone-for-good-visitors-changelog")
        .doesNotContain(lake.cells().name(), live + "-session-timers-changelog");
    assertThat(run(lake, 0, "reset", live, "--yes"))
        .contains("all raw records will be read again", "deleted");
  }

  @Test
  void gold_beginsAnewWithTheCellsOfTheNewState(Lake lake) throws Exception {
    String live = started(lake);
    cells(lake, live, 90, 9);
    try (var _ = lake.serve()) {
      Until.holds(() -> sessions(lake).equals("9"));
    }
    run(lake, 0, "reset", live, "--yes");
    Until.holds(() -> !topics(lake).contains(lake.cells().name()));
    make(lake, lake.cells());
    cells(lake, live, 1, 4);
    lake.set("WEIR_SINK_ACCEPT_LOST_OFFSETS", "true");
    try (var _ = lake.serve()) {
      Until.holds(() -> sessions(lake).equals("4"));
    }
  }

  @Test
  void runningOrAnotherApplication_orTooLate_isRefused(Lake lake) throws Exception {
    String live = started(lake);
    try (var _ = member(lake, live)) {
      assertThat(run(lake, 2, "reset", live, "--yes"))
          .contains("stop all instances of stream-app, application id " + live);
    }
    assertThat(run(lake, 2, "reset", "somebody-elses", "--yes"))
        .contains("somebody-elses is not the application", live, "WEIR_STREAM_APPLICATION_ID");
    assertThat(run(lake, 2, "reset", live, "--yes", "--until", "2026-01-01T00:00:00Z"))
        .contains("nothing is deleted: this reset was to run until 2026-01-01T00:00:00Z");
    assertThat(committed(lake, live)).isNotEmpty();
    assertThat(topics(lake)).contains(lake.cells().name());
  }

  /** The live application has read six of eight records of each partition. */
  private static String started(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    make(lake, lake.cells());
    IntStream.range(0, PARTITIONS).forEach(p -> produce(lake, p, 0, 8));
    String live = lake.prefix() + "-stream";
    commit(lake, live, Map.of(lake.topics().raw().name(), 6L));
    return live;
  }

  private static Topic state(String name) {
    return Topic.compacted(name, PARTITIONS, (short) 1);
  }

  private static String sessions(Lake lake) {
    return lake.gold("SELECT sum(sessions) FROM gold.sessions_daily");
  }

  private static Set<String> topics(Lake lake) {
    try (Admin admin = lake.kafka().admin()) {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
