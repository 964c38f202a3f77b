package io.weir.local.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.compare.Difference.Different;
import io.weir.local.compare.Difference.Missing;
import io.weir.local.compare.Difference.Unexpected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final SessionRow ANNA = session("anna", 0, 10, "2");
  private static final SessionRow BERT = session("bert", 0, 10, "2");

  private static SessionRow session(String visitor, long start, long end, String events) {
    return new SessionRow(visitor, start, end, Map.of("events", events));
  }

  @Test
  void sameSessionsInAnyOrder_areEqual() {
    Comparison comparison = Comparison.of(List.of(ANNA, BERT), List.of(BERT, ANNA));

    assertThat(comparison.isEqual()).isTrue();
    assertThat(comparison.expected()).isEqualTo(2);
    assertThat(comparison.found()).isEqualTo(2);
  }

  @Test
  void absentSession_isMissing() {
    assertThat(Comparison.of(List.of(ANNA, BERT), List.of(ANNA)).differences())
        .containsExactly(new Missing(BERT));
  }

  @Test
  void surplusSession_isUnexpected() {
    assertThat(Comparison.of(List.of(ANNA), List.of(ANNA, BERT)).differences())
        .containsExactly(new Unexpected(BERT));
  }

  @Test
  void sessionFoundTwice_isUnexpectedOnce() {
    assertThat(Comparison.of(List.of(ANNA), List.of(ANNA, ANNA)).differences())
        .containsExactly(new Unexpected(ANNA));
  }

  @Test
  void otherStart_isMissingAndUnexpected() {
    SessionRow moved = session("anna", 1, 10, "2");

    assertThat(Comparison.of(List.of(ANNA), List.of(moved)).differences())
        .containsExactly(new Missing(ANNA), new Unexpected(moved));
  }

  @Test
  void otherEndAndEvents_areShownWithBothValues() {
    assertThat(Comparison.of(List.of(ANNA), List.of(session("anna", 0, 11, "3"))).differences())
        .containsExactly(
            new Different(ANNA, "end_ms", "10", "11"), new Different(ANNA, "events", "2", "3"));
  }

  @Test
  void numbers_areComparedByValue() {
    SessionRow expected = new SessionRow("v", 0, 1, Map.of("revenue", "12.5000"));
    SessionRow found = new SessionRow("v", 0, 1, Map.of("revenue", "12.5"));

    assertThat(Comparison.of(List.of(expected), List.of(found)).isEqual()).isTrue();
  }

  @Test
  void columnsThatNobodyExpects_doNotDecide() {
    SessionRow found = new SessionRow("anna", 0, 10, Map.of("events", "2", "page_views", "9"));

    assertThat(Comparison.of(List.of(ANNA), List.of(found)).isEqual()).isTrue();
  }

  @Test
  void difference_readsAsOneLine() {
    assertThat(new Different(ANNA, "events", "2", "3"))
        .hasToString(
            "different  anna 1970-01-01T00:00:00Z to 1970-01-01T00:00:00.010Z, 2 events:"
                + " events expected 2, found 3");
  }
}
