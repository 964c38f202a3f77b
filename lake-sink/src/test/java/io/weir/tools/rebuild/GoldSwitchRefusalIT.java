package io.weir.tools.rebuild;

import static io.weir.tools.rebuild.PlayedRebuild.PARTITIONS;
import static io.weir.tools.rebuild.PlayedRebuild.cells;
import static io.weir.tools.rebuild.PlayedRebuild.commit;
import static io.weir.tools.rebuild.PlayedRebuild.fedRebuild;
import static io.weir.tools.rebuild.PlayedRebuild.member;
import static io.weir.tools.rebuild.PlayedRebuild.produce;
import static io.weir.tools.rebuild.PlayedRebuild.run;
import static io.weir.tools.rebuild.PlayedRebuild.sendSession;
import static io.weir.tools.rebuild.PlayedRebuild.unstarted;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.loop.Until;
import io.weir.tools.replay.RawTail;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** A switch that would not be exact, with applications that the test plays. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes most of a minute: WEIR_NIGHTLY=true runs it")
@ExtendWith(Servers.class)
class GoldSwitchRefusalIT {
  @Test
  void whatWouldNotBeExact_isRefused(Lake lake) throws Exception {
    String name = fedRebuild(lake);
    String raw = lake.topics().raw().name();
    String live = lake.prefix() + "-stream";
    cells(lake, name + "-stream", 1, 5);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    assertThat(run(lake, 2, "switch", name)).contains("has read nothing of " + raw);
    commit(lake, live, Map.of(raw, 7L));
    assertThat(run(lake, 2, "switch", name)).contains(live + " has not read; start the live");
    try (var _ = member(lake, live)) {
      assertThat(run(lake, 2, "switch", name)).contains("stop all instances of the live");
    }
    commit(lake, live, Map.of(raw, 8L));
    cells(lake, live, 2, 6);
    assertThat(run(lake, 2, "switch", name)).contains("let lake-sink run until gold has");
    lake.change(
        "INSERT INTO gold.session_revisions (session_key, version, retracted) VALUES ('k', 3, true)");
    sendSession(lake, name + ".sessions", "v", 3);
    assertThat(run(lake, 2, "switch", name)).contains("begin with revision 3, and gold has");
    lake.produceKeyed(lake.topics().erasures(), "somebody", null);
    assertThat(run(lake, 2, "switch", name)).contains("persons may have been erased");
  }

  @Test
  void bronzeBehindTheCut_isNotFed(Lake lake) throws Exception {
    String name = fedRebuild(lake);
    String raw = lake.topics().raw().name();
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 8L));
    cells(lake, name + "-stream", 1, 6);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    assertThat(run(lake, 1, "switch", name)).contains("nothing is switched");
    IntStream.range(0, PARTITIONS).forEach(p -> produce(lake, p, 8, 12));
    try (var _ = lake.serve()) {
      Until.holds(() -> lake.rows(LakeTables.RAW_EVENTS).size() == 12 * PARTITIONS);
    }

    String[] again = {"rebuild", name, "--switch", "--accept-differences"};
    assertThat(run(lake, 0, "feed", name, "--dry-run")).contains("sends nothing");
    new RawTail(lake.kafka(), raw, name + ".raw").send(Map.of(2, 9L), Map.of());
    assertThat(run(lake, 2, again)).contains("sends nothing", "stream has not read; start");
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 9L));
    assertThat(run(lake, 2, again)).contains("sent 15 to", "has records that");
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 12L));
    assertThat(unstarted(lake, again)).contains("gold has the cells of " + name);
  }
}
