package io.weir.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownRanksTest {
  private final FakeTable table = new FakeTable();

  @Test
  void secondLook_readsTheTableNoMore() {
    var known = new KnownRanks(table, 10);

    known.of(1, List.of(row("a", 1, 0)));
    Map<String, Long> ranks = known.of(1, List.of(row("a", 1, 0), row("c", 1, 0)));

    assertThat(ranks).isEqualTo(Map.of("a", 4L));
    assertThat(table.reads).containsExactly("all 1");
  }

  @Test
  void committed_isKnown() {
    var known = new KnownRanks(table, 10);
    known.of(1, List.of(row("a", 1, 0)));

    known.committed(List.of(row("a", 1, 5), row("n", 1, 3)));

    assertThat(known.of(1, List.of(row("a", 1, 0), row("n", 1, 0))))
        .isEqualTo(Map.of("a", 5L, "n", 3L));
  }

  @Test
  void forget_readsAgain() {
    var known = new KnownRanks(table, 10);
    known.of(1, List.of(row("a", 1, 0)));

    known.forget();
    known.of(1, List.of(row("a", 1, 0)));

    assertThat(table.reads).containsExactly("all 1", "all 1");
  }

  @Test
  void dayTooLarge_isReadForItsKeysAndNotKept() {
    var known = new KnownRanks(table, 1);

    assertThat(known.of(1, List.of(row("a", 1, 0)))).isEqualTo(Map.of("a", 4L));

    assertThat(table.reads).containsExactly("some 1");
  }

  @Test
  void capacityExceeded_forgetsTheDayNotUsedForLongest() {
    var known = new KnownRanks(table, 3);
    known.of(1, List.of(row("a", 1, 0)));
    known.of(2, List.of(row("b", 2, 0)));
    known.of(1, List.of(row("a", 1, 0)));

    known.committed(List.of(row("n", 1, 2)));
    known.of(1, List.of(row("a", 1, 0)));
    known.of(2, List.of(row("b", 2, 0)));

    assertThat(table.reads).containsExactly("all 1", "all 2", "all 2");
  }

  private static KeyedRow row(String key, int day, long rank) {
    return new KeyedRow(
        key, rank, day, new TableRow(Schema.create(Schema.Type.NULL), new @Nullable Object[0]));
  }

  /** A table of two days, one with two keys and one with one key. */
  private static final class FakeTable implements KnownRanks.Source {
    private final Map<Integer, Map<String, Long>> days =
        Map.of(1, Map.of("a", 4L, "z", 0L), 2, Map.of("b", 2L));
    private final List<String> reads = new ArrayList<>();

    @Override
    public long rows(int day) {
      return days.getOrDefault(day, Map.of()).size();
    }

    @Override
    public Map<String, Long> all(int day) {
      reads.add("all " + day);
      return days.getOrDefault(day, Map.of());
    }

    @Override
    public Map<String, Long> of(int day, Collection<KeyedRow> asked) {
      reads.add("some " + day);
      var found = new HashMap<>(days.getOrDefault(day, Map.of()));
      found.keySet().retainAll(asked.stream().map(KeyedRow::key).toList());
      return found;
    }
  }
}
