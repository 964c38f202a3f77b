package io.weir.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpsertPlanTest {
  private static final int DAY = 20_000;
  private static final TableRow ROW =
      new TableRow(Schema.create(Schema.Type.NULL), new @Nullable Object[0]);

  @Test
  void firstRevision_isInsertedWithoutDelete() {
    UpsertPlan plan = UpsertPlan.of(List.of(row(0, false)), Map.of(), Map.of());

    assertThat(plan.inserts()).containsExactly(row(0, false));
    assertThat(plan.deletes()).isEmpty();
  }

  @Test
  void newerRevision_replaces() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(2, false)), Map.of("k", Ranks.of(1, false)), Map.of());

    assertThat(plan.inserts()).containsExactly(row(2, false));
    assertThat(plan.deletes()).isEqualTo(Map.of(DAY, List.of(row(2, false))));
  }

  @Test
  void sameRevisionAgain_doesNothing() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(0, false)), Map.of("k", Ranks.of(0, false)), Map.of());

    assertThat(plan).isEqualTo(new UpsertPlan(List.of(), Map.of()));
  }

  @Test
  void olderRevision_doesNothing() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(1, false)), Map.of("k", Ranks.of(3, false)), Map.of());

    assertThat(plan).isEqualTo(new UpsertPlan(List.of(), Map.of()));
  }

  @Test
  void retraction_deletesOnly() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(1, true)), Map.of("k", Ranks.of(0, false)), Map.of());

    assertThat(plan.inserts()).isEmpty();
    assertThat(plan.deletes()).containsOnlyKeys(DAY);
  }

  @Test
  void retractionOfSameRevision_deletes() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(1, true)), Map.of("k", Ranks.of(1, false)), Map.of());

    assertThat(plan.deletes()).containsOnlyKeys(DAY);
  }

  @Test
  void retractionOfUnknownKey_doesNothing() {
    UpsertPlan plan = UpsertPlan.of(List.of(row(1, true)), Map.of(), Map.of());

    assertThat(plan).isEqualTo(new UpsertPlan(List.of(), Map.of()));
  }

  @Test
  void olderRevisionAfterRetraction_staysAway() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(1, false)), Map.of("k", Ranks.of(1, true)), Map.of());

    assertThat(plan).isEqualTo(new UpsertPlan(List.of(), Map.of()));
  }

  @Test
  void newerRevisionAfterRetraction_needsNoDelete() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(2, false)), Map.of("k", Ranks.of(1, true)), Map.of());

    assertThat(plan.inserts()).hasSize(1);
    assertThat(plan.deletes()).isEmpty();
  }

  @Test
  void olderRevisionThanARememberedRetraction_staysAway() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(1, false)), Map.of(), Map.of("k", Ranks.of(1, true)));

    assertThat(plan).isEqualTo(new UpsertPlan(List.of(), Map.of()));
  }

  @Test
  void retractionRememberedBeforeItWasCommitted_stillDeletes() {
    UpsertPlan plan =
        UpsertPlan.of(
            List.of(row(1, true)), Map.of("k", Ranks.of(0, false)), Map.of("k", Ranks.of(1, true)));

    assertThat(plan.deletes()).containsOnlyKeys(DAY);
  }

  @Test
  void newerRevisionThanARememberedRetraction_isInserted() {
    UpsertPlan plan =
        UpsertPlan.of(List.of(row(2, false)), Map.of(), Map.of("k", Ranks.of(1, true)));

    assertThat(plan.inserts()).hasSize(1);
  }

  private static KeyedRow row(int revision, boolean isRetracted) {
    return new KeyedRow("k", Ranks.of(revision, isRetracted), DAY, ROW);
  }
}
