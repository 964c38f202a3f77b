package io.weir.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.lake.commit.CommitPlan.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitStateTest {
  private final CommitState state = new CommitState();

  @BeforeEach
  void twoPartitions() {
    state.assigned(List.of(0, 1));
    state.placed(0, 10, 10);
    state.placed(1, Offsets.NONE, 0);
  }

  @Test
  void assigned_waitsForPlace() {
    state.assigned(List.of(2));

    assertThat(state.unplaced()).containsExactly(2);
    assertThat(state.isPlaced(2)).isFalse();
  }

  @Test
  void assignedAgain_takesPlaceAnew() {
    state.consumed(0, 10);

    state.assigned(List.of(0));

    assertThat(state.hasPending()).isFalse();
    assertThat(state.unplaced()).containsExactly(0);
  }

  @Test
  void placed_withoutAssignment_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> state.placed(7, 0, 0))
        .withMessageContaining("7");
  }

  @Test
  void placed_elsewhereThanTable_isNotPending() {
    assertThat(state.hasPending()).isFalse();
  }

  @Test
  void consumed_becomesPending() {
    state.consumed(1, 5);

    assertThat(state.hasPending()).isTrue();
    assertThat(state.plan("a").spans()).isEqualTo(Map.of(1, new Span(Offsets.NONE, 6)));
  }

  @Test
  void consumed_withGaps_endsBehindLast() {
    state.consumed(0, 10);
    state.consumed(0, 14);

    assertThat(state.plan("a").spans()).isEqualTo(Map.of(0, new Span(10, 15)));
  }

  @Test
  void consumed_twice_isRefused() {
    state.consumed(0, 10);

    assertThatIllegalStateException()
        .isThrownBy(() -> state.consumed(0, 10))
        .withMessageContaining("went back to 10 from 11");
  }

  @Test
  void consumed_beforePlace_isRefused() {
    state.assigned(List.of(2));

    assertThatIllegalStateException().isThrownBy(() -> state.consumed(2, 0));
  }

  @Test
  void plan_withNothingPending_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> state.plan("a"));
  }

  @Test
  void committed_movesStart() {
    state.consumed(0, 10);
    state.committed(state.plan("a"));
    state.consumed(0, 11);

    assertThat(state.plan("b").spans()).isEqualTo(Map.of(0, new Span(11, 12)));
  }

  @Test
  void committed_leavesNothingPending() {
    state.consumed(0, 10);

    state.committed(state.plan("a"));

    assertThat(state.hasPending()).isFalse();
  }

  @Test
  void outcomeUnknown_keepsThePlanAndItsId() {
    state.consumed(0, 10);
    CommitPlan plan = state.plan("a");

    state.outcomeUnknown(plan);

    assertThat(state.plan("b")).isEqualTo(plan);
    assertThat(state.inDoubt()).contains(plan);
  }

  @Test
  void outcomeUnknown_readsNothingMore() {
    state.consumed(0, 10);
    state.outcomeUnknown(state.plan("a"));

    assertThatIllegalStateException().isThrownBy(() -> state.consumed(0, 11));
  }

  @Test
  void outcomeUnknownThenFound_goesOn() {
    state.consumed(0, 10);
    CommitPlan plan = state.plan("a");
    state.outcomeUnknown(plan);

    state.committed(plan);
    state.consumed(0, 11);

    assertThat(state.plan("b").spans()).isEqualTo(Map.of(0, new Span(11, 12)));
  }

  @Test
  void outcomeUnknownThenNotFound_triesTheSameAgain() {
    state.consumed(0, 10);
    CommitPlan plan = state.plan("a");
    state.outcomeUnknown(plan);

    state.outcomeUnknown(state.plan("b"));

    assertThat(state.inDoubt()).contains(plan);
  }

  @Test
  void committed_ofAnotherPlanWhileInDoubt_isRefused() {
    state.consumed(0, 10);
    state.outcomeUnknown(state.plan("a"));

    assertThatIllegalStateException()
        .isThrownBy(() -> state.committed(new CommitPlan("b", Map.of(0, new Span(10, 11)))))
        .withMessageContaining("commit a is in doubt, not b");
  }

  @Test
  void reset_placesEverythingAnew() {
    state.consumed(0, 10);
    state.outcomeUnknown(state.plan("a"));

    state.reset();

    assertThat(state.unplaced()).containsExactlyInAnyOrder(0, 1);
    assertThat(state.inDoubt()).isEmpty();
    assertThat(state.hasPending()).isFalse();
  }

  @Test
  void revoked_withPendingRecords_isRefused() {
    state.consumed(0, 10);

    assertThatIllegalStateException()
        .isThrownBy(() -> state.revoked(List.of(0)))
        .withMessageContaining("partition 0 has uncommitted records");
  }

  @Test
  void revoked_afterCommit_keepsTheOthers() {
    state.consumed(0, 10);
    state.committed(state.plan("a"));

    state.revoked(List.of(0));

    assertThat(state.isPlaced(0)).isFalse();
    assertThat(state.isPlaced(1)).isTrue();
  }

  @Test
  void lost_givesUpWhatTheOthersReadAsWell() {
    state.consumed(0, 10);
    state.consumed(1, 0);

    state.lost(List.of(0));

    assertThat(state.hasPending()).isFalse();
    assertThat(state.unplaced()).containsExactly(1);
  }

  @Test
  void committed_afterPartitionTookPlaceAnew_movesNothing() {
    state.consumed(0, 10);
    CommitPlan plan = state.plan("a");
    state.assigned(List.of(0));
    state.placed(0, 20, 20);

    state.committed(plan);
    state.consumed(0, 20);

    assertThat(state.plan("b").spans()).isEqualTo(Map.of(0, new Span(20, 21)));
  }

  @Test
  void topicMadeAnew_isAnotherUntilPartitionsTakeTheirPlaceAnew() {
    state.reads("T1");
    state.consumed(0, 10);

    assertThat(state.readsAnother("T1")).isFalse();
    assertThat(state.readsAnother("")).isFalse();
    assertThat(state.readsAnother("T2")).isTrue();
    assertThat(state.plan("a").topicId()).isEqualTo("T1");

    state.reset();
    assertThat(state.readsAnother("T2")).isFalse();
  }

  @Test
  void topicNotToBeLearnt_isNoOther() {
    state.reads("");
    state.consumed(0, 10);

    assertThat(state.readsAnother("T2")).isFalse();
    assertThat(state.plan("a").topicId()).isEmpty();
  }
}
