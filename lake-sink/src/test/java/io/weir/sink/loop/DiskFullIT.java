package io.weir.sink.loop;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.contract.Topic;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
class DiskFullIT {

  @Test
  void diskFull_isReportedAndGoesOnWhenThereIsRoom(Lake lake, @TempDir Path folder)
      throws IOException {
    try (var disk = SmallDisk.mount(folder, 8)) {
      assumeTrue(disk.isMounted(), "skipped: this user may not mount a small tmpfs");
      lake.set("WEIR_SINK_WAREHOUSE", folder.resolve("warehouse").toString());
      fillAndFree(lake, folder.resolve("ballast"));
    }
  }

  private static void fillAndFree(Lake lake, Path ballast) throws IOException {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    lake.produce(topic, 0, bytes(event("e0", _ -> {})));
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, loop);

    SmallDisk.fill(ballast);
    lake.produce(topic, 0, bytes(event("e1", _ -> {})));
    long full = System.nanoTime();
    Until.holds(() -> parts.health().problem().isPresent(), loop);
    Duration noticed = Duration.ofNanos(System.nanoTime() - full);
    String problem = parts.health().problem().orElse("");
    lake.produce(topic, 1, bytes(event("e2", _ -> {})));
    int stepsWhileFull = 10;
    for (int i = 0; i < stepsWhileFull; i++) {
      loop.doWork();
    }

    Files.delete(ballast);
    long freed = System.nanoTime();
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 3, loop);
    Until.holds(() -> parts.health().problem().isEmpty(), loop);
    Duration resumed = Duration.ofNanos(System.nanoTime() - freed);
    loop.close();

    assertThat(noticed).isLessThan(Duration.ofSeconds(15));
    assertThat(problem).contains("No space left on device");
    assertThat(resumed).isLessThan(Duration.ofSeconds(60));
    assertThat(lake.rows(LakeTables.EVENTS))
        .extracting(row -> row.getField("event_id"))
        .containsExactlyInAnyOrder("e0", "e1", "e2");
  }
}
