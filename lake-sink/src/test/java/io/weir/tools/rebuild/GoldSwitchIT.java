package io.weir.tools.rebuild;

import static io.weir.tools.rebuild.PlayedRebuild.PARTITIONS;
import static io.weir.tools.rebuild.PlayedRebuild.cells;
import static io.weir.tools.rebuild.PlayedRebuild.commit;
import static io.weir.tools.rebuild.PlayedRebuild.committed;
import static io.weir.tools.rebuild.PlayedRebuild.fedRebuild;
import static io.weir.tools.rebuild.PlayedRebuild.member;
import static io.weir.tools.rebuild.PlayedRebuild.offsets;
import static io.weir.tools.rebuild.PlayedRebuild.produce;
import static io.weir.tools.rebuild.PlayedRebuild.readsOn;
import static io.weir.tools.rebuild.PlayedRebuild.rekeyed;
import static io.weir.tools.rebuild.PlayedRebuild.run;
import static io.weir.tools.rebuild.PlayedRebuild.sendSession;
import static io.weir.tools.rebuild.PlayedRebuild.unstarted;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The switch with the offsets and cells of two applications, which the test plays. */
@ExtendWith(Servers.class)
class GoldSwitchIT {
  @Test
  void switch_continuesWhereTheLiveApplicationStopped_andCanBeTakenBack(Lake lake)
      throws Exception {
    String name = fedRebuild(lake);
    String raw = lake.topics().raw().name();
    String rekeyed = lake.topics().rekeyed().name();
    // The live application has read ten records of each partition; the feed had eight of them.
    IntStream.range(0, PARTITIONS).forEach(p -> produce(lake, p, 8, 12));
    lake.send(rekeyed(rekeyed, 0, 9));
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 10L, rekeyed, 0L));
    cells(lake, name + "-stream", 2, 6);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));

    assertThat(run(lake, 1, "switch", name))
        .contains("sent the last 7 records", "1 re-keyed records are left", "nothing is switched");
    assertThat(lake.gold("SELECT sum(sessions) FROM gold.sessions_daily")).isEqualTo("5");
    String switched = unstarted(lake, "switch", name, "--accept-differences");

    assertThat(switched)
        .contains("sent the last 0 records")
        .contains("WEIR_STREAM_APPLICATION_ID=" + name + "-stream");
    assertThat(offsets(lake, name + ".raw")).doesNotContain("0:9", "0:10").contains("0:8", "3:9");
    assertThat(committed(lake, name + "-stream"))
        .containsEntry(new TopicPartition(raw, 3), 10L)
        .containsEntry(new TopicPartition(rekeyed, 0), 0L)
        .containsEntry(new TopicPartition(lake.topics().erasures().name(), 2), 0L);
    assertThat(lake.gold("SELECT sum(sessions) FROM gold.sessions_daily")).isEqualTo("6");
    assertThat(run(lake, 2, "switch", name)).contains("gold has the cells of " + name);

    assertThat(run(lake, 0, "switch", name, "--back")).contains("has the cells of");
    readsOn(lake, lake.prefix() + "-stream", 7);
    assertThat(run(lake, 2, "switch", name, "--back")).contains("no switch");
  }

  @Test
  void newApplication_isReadFromTheLoadedOffsets_andTheFormerOneIsDropped(Lake lake)
      throws Exception {
    String name = fedRebuild(lake);
    commit(lake, lake.prefix() + "-stream", Map.of(lake.topics().raw().name(), 8L));
    cells(lake, name + "-stream", 1, 5);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    assertThat(run(lake, 0, "rebuild", name)).contains("1 cells are equal", "gold switch " + name);
    assertThat(run(lake, 2, "drop", lake.prefix() + "_none")).contains("there is no rebuild");
    sendSession(lake, name + ".sessions", "v", 1_000_000);
    sendSession(lake, name + ".sessions", "somebody", 1_000_000);
    assertThat(unstarted(lake, "rebuild", name, "--switch")).contains("or go back");
    assertThat(run(lake, 2, "drop", name)).contains("run gold switch " + name + " to its end");
    sendSession(lake, lake.topics().sessions().name(), "v", 1);
    lake.produceKeyed(lake.topics().erasures(), "somebody", null);
    assertThat(run(lake, 2, "switch", name, "--back")).contains("has written sessions since");
    try (var _ = member(lake, name + "-stream")) {
      assertThat(run(lake, 0, "switch", name))
          .contains("sent 1 closed sessions", "1 closed sessions of persons who were erased");
    }
    lake.set("WEIR_STREAM_APPLICATION_ID", name + "-stream");

    readsOn(lake, name + "-stream", 9);
    commit(lake, name + "-stream", Map.of(lake.topics().raw().name(), 9L));
    assertThat(run(lake, 2, "switch", name, "--back")).contains("has read live records");
    assertThat(run(lake, 0, "drop", name))
        .contains("topic " + name + ".raw", "group " + lake.prefix() + "-stream", "--yes")
        .contains("topic " + lake.prefix() + "-stream-gold-changelog")
        .doesNotContain("topic " + name + "-stream");
    run(lake, 0, "drop", name, "--yes");

    assertThat(lake.gold("SELECT to_regnamespace('gold_" + name + "')")).isEqualTo("null");
    assertThat(lake.gold("SELECT sum(sessions) FROM gold.sessions_daily")).isEqualTo("9");
    assertThat(run(lake, 2, "drop", name)).contains("nothing is left");
    assertThat(run(lake, 2, "feed", name)).contains("take another name");
  }
}
