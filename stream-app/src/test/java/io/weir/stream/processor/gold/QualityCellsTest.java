package io.weir.stream.processor.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.RecordOutcome;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.quality.TaskCountsBuilder;
import io.weir.stream.session.rules.SessionRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class QualityCellsTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final KeyValueStore<Bytes, byte[]> cells = Stores.inMemoryKeyValueStore("cells").get();
  private final KeyValueStore<Bytes, byte[]> facts = Stores.inMemoryKeyValueStore("facts").get();
  private final KeyValueStore<Bytes, byte[]> days = Stores.inMemoryKeyValueStore("days").get();
  private final TaskCounts counts = new TaskCountsBuilder("counts").build();
  private long now = NOON;
  private final PartitionGold gold =
      PartitionGold.open(
          new GoldStores(cells, facts, days),
          0,
          GoldRules.of(ZoneOffset.UTC, GoldRules.USUAL_QUARTERS),
          SessionRules.of(Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(24)),
          () -> now);

  private void accept(long time, long appendTime) {
    counts.received(time, appendTime);
    counts.count(RecordOutcome.ACCEPTED);
  }

  private void commit() {
    gold.quality().take(counts);
    gold.flush();
  }

  private List<String> keys(String grain) {
    var keys = new ArrayList<String>();
    try (KeyValueIterator<Bytes, byte[]> all = cells.all()) {
      all.forEachRemaining(entry -> {
        String key = new String(entry.key.get(), java.nio.charset.StandardCharsets.UTF_8);
        if (key.startsWith("quality|" + grain + "|")) {
          keys.add(key);
        }
      });
    }
    return keys;
  }

  @Test
  void minutes_areDeletedAfterTwoDays_othersStay() {
    for (int i = 0; i < 2_000; i++) {
      accept(NOON + i * MINUTE, NOON);
    }
    commit();
    assertThat(keys("1m")).hasSize(4_000);

    now = NOON + 49 * HOUR;
    for (int i = 0; i < 10; i++) {
      gold.quality().purge();
    }

    assertThat(keys("1m")).hasSize(2 * (2_000 - 60));
    assertThat(keys("15m")).hasSize(2 * 134);
    assertThat(keys("day")).hasSize(4);
  }

  @Test
  void delay_hasBounds() {
    var delays = new ArrayList<Long>();
    accept(NOON, NOON + HOUR);
    accept(NOON, Long.MIN_VALUE / 2);
    counts.drain((_, outcome, _, delay) -> {
      if (outcome.equals("received")) {
        delays.add(delay);
      }
    });

    assertThat(delays).containsExactly(24 * HOUR);
  }

  @Test
  void countsOfAFailedTransaction_areGone() {
    accept(NOON, NOON);
    counts.close();
    commit();

    assertThat(keys("1m")).isEmpty();
  }
}
