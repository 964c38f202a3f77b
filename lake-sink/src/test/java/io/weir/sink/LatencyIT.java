package io.weir.sink;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.lake.table.LakeTables;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Measures the time from the topic to readers of the table, with all loops running. */
@ExtendWith(Servers.class)
@Tag("alone")
class LatencyIT {
  private static final Duration ROLL = Duration.ofSeconds(1);
  private static final Duration MORE = Duration.ofSeconds(2);
  private static final int RECORDS = 8;

  @Test
  void record_isReadableAfterTheRollTimeAndTwoSeconds(Lake lake) {
    SinkConfig config = lake.config("WEIR_SINK_ROLL_INTERVAL", ROLL.toSeconds() + "s");
    Topic topic = config.topics().events();
    long[] millis = new long[RECORDS];
    try (var service = new SinkService(config, Clock.systemUTC())) {
      service.start();
      // The first one waits for partitions to be assigned.
      for (int i = -1; i < RECORDS; i++) {
        lake.produce(topic, 0, bytes(event("e" + i, _ -> {})));
        long produced = System.nanoTime();
        int rows = i + 2;
        Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == rows);
        if (i >= 0) {
          millis[i] = (System.nanoTime() - produced) / 1_000_000;
        }
      }
    }
    Arrays.sort(millis);

    System.out.printf(
        "Produced to readable with a roll time of %d ms: median %d ms, longest %d ms of %d%n",
        ROLL.toMillis(), millis[RECORDS / 2], millis[RECORDS - 1], RECORDS);
    assertThat(millis[RECORDS - 1]).isLessThanOrEqualTo(ROLL.plus(MORE).toMillis());
  }
}
