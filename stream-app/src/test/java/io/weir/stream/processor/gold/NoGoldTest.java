package io.weir.stream.processor.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.quality.TaskCountsBuilder;
import io.weir.stream.processor.visitors.NewVisitor;
import io.weir.stream.session.Events;
import io.weir.stream.session.rules.SessionRules;
import java.time.Duration;
import java.time.ZoneOffset;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoGoldTest {
  private static final String PROPERTY = "weir.stream.without-gold";
  private static final long NOON = 1_772_366_400_000L;

  private final KeyValueStore<Bytes, byte[]> cells = Stores.inMemoryKeyValueStore("cells").get();
  private final KeyValueStore<Bytes, byte[]> facts = Stores.inMemoryKeyValueStore("facts").get();
  private final KeyValueStore<Bytes, byte[]> days = Stores.inMemoryKeyValueStore("days").get();
  private final TaskCounts counts = new TaskCountsBuilder("counts").build();

  private TaskGold open() {
    return new GoldStores(cells, facts, days)
        .open(
            0,
            GoldRules.of(ZoneOffset.UTC, Duration.ofDays(7)),
            SessionRules.of(Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofHours(24)),
            () -> NOON);
  }

  private void fill(TaskGold gold) {
    gold.add(Events.event("e1", "page_view", NOON), NewVisitor.named("a"));
    gold.add(PartitionGoldTest.session("a", NOON));
    counts.received(NOON, NOON);
    gold.settle(NOON);
    gold.flush(counts);
  }

  @AfterEach
  void takeBack() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void withoutGold_onlyTheMarkIsWritten() {
    System.setProperty(PROPERTY, "true");
    TaskGold gold = open();

    fill(gold);

    assertThat(cells.approximateNumEntries()).isZero();
    assertThat(facts.approximateNumEntries()).isEqualTo(1);
    assertThat(days.approximateNumEntries()).isZero();
    counts.drain((_, _, _, _) -> assertThat(false).as("the counts are taken").isTrue());
  }

  @Test
  void usually_thereIsGold() {
    TaskGold gold = open();

    fill(gold);

    assertThat(cells.approximateNumEntries()).isPositive();
    assertThat(facts.approximateNumEntries()).isPositive();
    assertThat(days.approximateNumEntries()).isPositive();
  }

  @Test
  void partitionWithGold_isRefused() {
    TaskGold gold = open();
    fill(gold);
    System.setProperty(PROPERTY, "true");

    assertThatThrownBy(this::open)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("-Dweir.stream.without-gold=true")
        .hasMessageContaining("partition 0 has gold");
  }

  @Test
  void partitionProcessedWithoutGold_isRefusedLater() {
    System.setProperty(PROPERTY, "true");
    fill(open());
    open();
    System.clearProperty(PROPERTY);

    assertThatThrownBy(this::open)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("partition 0 has processed with -Dweir.stream.without-gold=true");
  }

  @Test
  void rejectedRecords_areMissedInGold_too() {
    System.setProperty(PROPERTY, "true");
    TaskGold gold = open();
    counts.received(NOON, NOON);
    gold.flush(counts);
    System.clearProperty(PROPERTY);

    assertThatThrownBy(this::open).isInstanceOf(StartupException.class);
  }

  @Test
  void partitionThatProcessedNothingWithoutGold_isNotRefused() {
    System.setProperty(PROPERTY, "true");
    open().flush(counts);
    System.clearProperty(PROPERTY);

    fill(open());

    assertThat(cells.approximateNumEntries()).isPositive();
  }
}
