package io.weir.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.lake.commit.CommitPlan.Span;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitPlanTest {
  private final CommitPlan plan = new CommitPlan("a", Map.of(0, new Span(10, 20)));

  @Test
  void staleness_tableWhereWriterStarted_isNone() {
    assertThat(plan.staleness(new Marker("x", new Offsets(Map.of(0, 10L, 1, 5L))))).isEmpty();
  }

  @Test
  void staleness_anotherWriterWasFaster_namesPartitionAndOffsets() {
    var newest = new Marker("x", new Offsets(Map.of(0, 15L)));

    assertThat(plan.staleness(newest).orElseThrow())
        .contains("partition 0 stands at 15", "started from 10");
  }

  @Test
  void staleness_partitionFirstSeenByAnother_isStale() {
    var first = new CommitPlan("a", Map.of(0, new Span(Offsets.NONE, 3)));

    assertThat(first.staleness(new Marker("x", new Offsets(Map.of(0, 1L))))).isPresent();
    assertThat(first.staleness(Marker.NONE)).isEmpty();
  }

  @Test
  void staleness_tableRolledBack_isStale() {
    assertThat(plan.staleness(Marker.NONE).orElseThrow()).contains("no offset in the table");
  }

  @Test
  void after_copiesThePartitionsOfOthers() {
    Marker after = plan.after(new Marker("x", new Offsets(Map.of(0, 10L, 1, 5L))));

    assertThat(after).isEqualTo(new Marker("a", new Offsets(Map.of(0, 20L, 1, 5L))));
  }

  @Test
  void after_keepsTheTopicsId() {
    var known = new CommitPlan("a", "T1", Map.of(0, new Span(10, 20)));
    var newest = new Marker("x", new Offsets("T1", Map.of(0, 10L, 1, 5L)));

    assertThat(known.after(newest).offsets()).isEqualTo(new Offsets("T1", Map.of(0, 20L, 1, 5L)));
    assertThat(plan.after(newest).offsets()).isEqualTo(new Offsets("T1", Map.of(0, 20L, 1, 5L)));
  }

  @Test
  void after_ofATopicMadeAnew_forgetsTheOffsetsOfTheFormer() {
    var anew = new CommitPlan("a", "T2", Map.of(0, new Span(10, 3)));
    var newest = new Marker("x", new Offsets("T1", Map.of(0, 10L, 1, 5L)));

    assertThat(anew.after(newest).offsets()).isEqualTo(new Offsets("T2", Map.of(0, 3L)));
  }

  @Test
  void offsets_ofUnknownTopics_areOfAnyTopic() {
    var known = new Offsets("T1", Map.of());

    assertThat(known.areOfAnother("T2")).isTrue();
    assertThat(known.areOfAnother("T1")).isFalse();
    assertThat(known.areOfAnother("")).isFalse();
    assertThat(Offsets.EMPTY.areOfAnother("T1")).isFalse();
  }

  @Test
  void plan_ofNothing_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CommitPlan("a", Map.of()));
  }

  @Test
  void offsets_encodeThenDecode_isIdentity() {
    var offsets = new Offsets(Map.of(11, 0L, 2, Long.MAX_VALUE));

    assertThat(offsets.encoded()).isEqualTo("2=9223372036854775807,11=0");
    assertThat(Offsets.decoded("", offsets.encoded())).isEqualTo(offsets);
    assertThat(Offsets.decoded("", "")).isEqualTo(Offsets.EMPTY);
  }

  @Test
  void offsets_ofAnotherForm_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Offsets.decoded("", "0:1"))
        .withMessageContaining("0:1");
  }
}
