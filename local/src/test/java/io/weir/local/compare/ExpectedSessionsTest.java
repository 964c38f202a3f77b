package io.weir.local.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.compare.CsvTable.MalformedTableException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedSessionsTest {

  @Test
  void knownColumns_decide_othersAreReportedAsIgnored() {
    ExpectedSessions expected =
        parse(
            "user_id,session_seq,start_ms,end_ms,events,revenue,mood\nv,1,1000,2000,3,0.0000,good");

    assertThat(expected.compared()).containsExactlyInAnyOrder("events", "revenue");
    assertThat(expected.ignored()).containsExactly("mood");
    assertThat(expected.rows())
        .containsExactly(
            new SessionRow("v", 1000, 2000, Map.of("events", "3", "revenue", "0.0000")));
  }

  @Test
  void timesAsText_areUnderstood() {
    ExpectedSessions expected =
        parse(
            "user_id,start_time,end_time,events\n"
                + "v,1970-01-01T00:00:01.000Z,1970-01-01T00:00:02.500Z,3");

    assertThat(expected.rows().getFirst().start()).isEqualTo(1000);
    assertThat(expected.rows().getFirst().end()).isEqualTo(2500);
  }

  @Test
  void missingColumn_isNamed() {
    assertThatThrownBy(() -> parse("user_id,start_ms,events\nv,1,2"))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("end_time");
    assertThatThrownBy(() -> parse("user_id,start_ms,end_ms\nv,1,2"))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("events");
  }

  @Test
  void badTime_isShown() {
    assertThatThrownBy(() -> parse("user_id,start_ms,end_ms,events\nv,soon,2,1"))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("start_ms=soon");
  }

  private static ExpectedSessions parse(String text) {
    return ExpectedSessions.from(CsvTable.parse(text));
  }
}
