package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.stream.query.metrics.NoSessionRows;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeptReportsTest {
  private static final Instant NOON = Instant.parse("2026-03-12T12:00:00Z");

  private Instant now = NOON;
  private final KeptReports kept = new KeptReports(() -> now);
  private final AtomicInteger read = new AtomicInteger();

  @Test
  void rows_areReadOnceAMinute() {
    assertThat(kept.get("a", rows(1))).isSameAs(kept.get("a", rows(1)));
    now = NOON.plusMillis(59_999);
    kept.get("a", rows(1));
    assertThat(read).hasValue(1);

    now = NOON.plusSeconds(60);
    kept.get("a", rows(1));
    kept.get("b", rows(1));
    assertThat(read).hasValue(3);
  }

  @Test
  void clockThatIsPutBack_keepsNothingLonger() {
    kept.get("a", rows(1));
    now = NOON.minusSeconds(3600);
    kept.get("a", rows(1));

    assertThat(read).hasValue(2);
  }

  @Test
  void oldestRows_goWhereThereAreTooMany() {
    for (String sql : List.of("a", "b", "c", "d")) {
      kept.get(sql, rows(20_000));
    }
    kept.get("b", rows(20_000));
    assertThat(read).hasValue(4);

    kept.get("a", rows(20_000));
    assertThat(read).hasValue(5);
  }

  @Test
  void reports_areBounded() {
    for (int i = 0; i <= 200; i++) {
      kept.get("sql " + i, rows(0));
    }
    kept.get("sql 1", rows(0));
    assertThat(read).hasValue(201);

    kept.get("sql 0", rows(0));
    assertThat(read).hasValue(202);
  }

  @Test
  void silenceOfPostgres_isNotKept() {
    Supplier<ReportRows> silent =
        () -> {
          throw new NoSessionRows("does not answer");
        };

    assertThatThrownBy(() -> kept.get("a", silent)).isInstanceOf(NoSessionRows.class);
    assertThat(kept.get("a", rows(1)).rows()).hasSize(1);
  }

  private Supplier<ReportRows> rows(int number) {
    return () -> {
      read.incrementAndGet();
      return new ReportRows(List.of(), Collections.nCopies(number, Map.of()), false);
    };
  }
}
