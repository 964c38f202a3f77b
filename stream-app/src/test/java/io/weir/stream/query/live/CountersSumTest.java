package io.weir.stream.query.live;

import static io.weir.stream.query.live.SampleCounters.counters;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.query.cluster.StatusAnswer;
import io.weir.stream.query.cluster.StatusAnswer.PartitionStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountersSumTest {

  @Test
  void oneInstance_staysAsItIs() {
    var partition = new PartitionStatus(0, null, null);
    LiveCounters one = counters("REBALANCING", 1, false, partition);

    assertThat(CountersSum.of(List.of(one), List.of())).isEqualTo(one);
  }

  @Test
  void counts_addUp() {
    LiveCounters sum = CountersSum.of(List.of(counters(1), counters(100)), List.of());

    var expected =
        new StatusAnswer("RUNNING", 101, 4, 6, 8, 10, 12, 14, 16, 18, 20, true, List.of());
    assertThat(sum).isEqualTo(new LiveCounters(expected, 22, 24, 2, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, RUNNING, RUNNING",
    "RUNNING, REBALANCING, REBALANCING",
    "STOPPING, REBALANCING, STOPPING",
    "ERROR, RUNNING, ERROR",
    "ERROR, of-a-later-version, of-a-later-version"
  })
  void state_isTheWorst(String first, String second, String worst) {
    List<LiveCounters> both = List.of(counters(first, 1, true), counters(second, 1, true));

    assertThat(CountersSum.of(both, List.of()).status().state()).isEqualTo(worst);
    assertThat(CountersSum.of(both.reversed(), List.of()).status().state()).isEqualTo(worst);
  }

  @Test
  void settled_areAllOrNone() {
    LiveCounters settled = counters("RUNNING", 1, true);
    LiveCounters busy = counters("RUNNING", 1, false);

    assertThat(CountersSum.of(List.of(settled, settled), List.of()).status().settled()).isTrue();
    assertThat(CountersSum.of(List.of(settled, busy), List.of()).status().settled()).isFalse();
  }

  @Test
  void missingInstance_mayNotBeSettled() {
    LiveCounters sum = CountersSum.of(List.of(counters(1)), List.of("other:1"));

    assertThat(sum.status().settled()).isFalse();
    assertThat(sum.instances()).isEqualTo(1);
    assertThat(sum.missing()).containsExactly("other:1");
  }

  @Test
  void partitions_areThoseOfAllInTheirOrder() {
    var first = new PartitionStatus(0, null, null);
    var second = new PartitionStatus(1, "2026-03-01T12:00:00Z", null);

    assertThat(partitions(second, first)).containsExactly(first, second);
  }

  @Test
  void movingPartition_isTakenFromWhoIsFurther() {
    // Compared as text, the later time would be the smaller one.
    var left = new PartitionStatus(3, "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z");
    var taken = new PartitionStatus(3, "2026-03-01T12:00:00.500Z", null);

    assertThat(partitions(left, taken)).containsExactly(taken);
    assertThat(partitions(taken, left)).containsExactly(taken);
  }

  private static List<PartitionStatus> partitions(PartitionStatus one, PartitionStatus other) {
    return CountersSum.of(
            List.of(counters("RUNNING", 1, true, one), counters("RUNNING", 1, true, other)),
            List.of())
        .status()
        .partitions();
  }
}
