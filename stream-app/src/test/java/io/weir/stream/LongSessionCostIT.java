package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.enrich.EnricherChain;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the cost of an event in a session of 20,000 events with that in a session of 20. The
 * events go through the whole topology, with a commit after each, which is the worst case for the
 * long session.
 */
@Tag("alone")
class LongSessionCostIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int LONG = 20_000;
  private static final int SHORT = 20;

  /** A block meets each size of chunk at least once. */
  private static final int BLOCK = 256;

  private static final int BLOCKS = 16;
  private static final int CACHE = 64 << 20;
  private static final double MOST_TIMES = 3;

  private int events;

  private void click(RunningTopology running, String visitor, int number) {
    String json =
        """
        {"event_id":"e%d","event_type":"page_view","event_time":"%s","anonymous_id":"%s",\
        "url":"https://www.shop.example/a/page/with/a/usual/name/%d?utm_source=letter"}\
        """
            .formatted(
                events++, NOON.minusSeconds(LONG + 10_000L - number), visitor, number % 5_000);
    running.raw.pipeInput(visitor.getBytes(UTF_8), json.getBytes(UTF_8));
  }

  /** The nanoseconds of an event, over a block of events of the robot. */
  private double ofLong(RunningTopology running, int block) {
    long start = System.nanoTime();
    for (int i = 0; i < BLOCK; i++) {
      click(running, "robot", LONG + block * BLOCK + i);
    }
    return (System.nanoTime() - start) / (double) BLOCK;
  }

  /** The nanoseconds of an event, over a block of events of visitors with few. */
  private double ofShort(RunningTopology running, int block) {
    for (int visitor = 0; visitor < BLOCK; visitor++) {
      for (int i = 0; i < SHORT; i++) {
        click(running, "v" + block + "-" + visitor, LONG + i);
      }
    }
    long start = System.nanoTime();
    for (int visitor = 0; visitor < BLOCK; visitor++) {
      click(running, "v" + block + "-" + visitor, LONG + SHORT);
    }
    return (System.nanoTime() - start) / (double) BLOCK;
  }

  @Test
  void eventOfALongSession_costsAtMostThreeTimesOneOfAShortSession(@TempDir Path folder) {
    try (var running = new RunningTopology(folder, NOON, EnricherChain.standard(), CACHE)) {
      for (int i = 0; i < LONG; i++) {
        click(running, "robot", i);
        if (i % BLOCK == 0) {
          running.forgetOutput();
        }
      }
      var ofLong = new double[BLOCKS];
      var ofShort = new double[BLOCKS];
      for (int block = 0; block < BLOCKS; block++) {
        ofLong[block] = ofLong(running, block);
        ofShort[block] = ofShort(running, block);
        running.forgetOutput();
      }

      double times = median(ofLong) / median(ofShort);
      System.out.printf(
          "an event of a session with %d events: %.0f us; with %d: %.0f us; %.2f times%n",
          LONG, median(ofLong) / 1_000, SHORT, median(ofShort) / 1_000, times);
      assertThat(running.counts.accepted.sum()).isEqualTo(events);
      assertThat(times).isLessThan(MOST_TIMES);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
