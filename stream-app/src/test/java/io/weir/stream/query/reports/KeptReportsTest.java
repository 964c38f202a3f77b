package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.stream.query.metrics.NoSessionRows;
import io.weir.stream.query.metrics.RefusedQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KeptReportsTest {
  private long nanos;
  private final KeptReports kept = new KeptReports(() -> nanos);
  private final AtomicInteger read = new AtomicInteger();

  @Test
  void rows_areReadOnceAMinute() {
    assertThat(kept.get("a", rows(1))).isSameAs(kept.get("a", rows(1)));
    nanos = Duration.ofMillis(59_999).toNanos();
    kept.get("a", rows(1));
    assertThat(read).hasValue(1);

    nanos = Duration.ofSeconds(60).toNanos();
    kept.get("a", rows(1));
    kept.get("b", rows(1));
    assertThat(read).hasValue(3);
  }

  @Test
  void rows_areBounded() {
    assertThat(stillKept(3, 20_000)).isEqualTo(3);
    assertThat(stillKept(4, 20_000)).isLessThanOrEqualTo(3);
    assertThat(stillKept(100, 1_000)).isLessThanOrEqualTo(60);
  }

  @Test
  void reports_areBounded() {
    assertThat(stillKept(200, 0)).isEqualTo(200);
    assertThat(stillKept(1_000, 0)).isLessThanOrEqualTo(200);
  }

  @Test
  void reportThatIsAskedForOften_isKept_alsoWhereThereAreTooMany() {
    IntStream.range(0, 1_000).forEach(i -> kept.get("rare " + i, rows(0)));
    IntStream.range(0, 10).forEach(_ -> kept.get("a", rows(1)));

    assertThat(kept.get("a", rows(1))).isSameAs(kept.get("a", rows(1)));
    assertThat(read.get()).isLessThan(1_010);
  }

  /** Reads reports that are new, then the same again; returns how many of these were kept. */
  private int stillKept(int reports, int size) {
    nanos += Duration.ofSeconds(60).toNanos();
    IntStream.range(0, reports).forEach(i -> kept.get(reports + " " + i, rows(size)));
    int before = read.get();
    IntStream.range(0, reports).forEach(i -> kept.get(reports + " " + i, rows(size)));
    return reports - (read.get() - before);
  }

  @Test
  void silenceOfPostgres_isNotKept() {
    assertIsNotKept(new NoSessionRows("does not answer"));
  }

  @Test
  void refusal_isNotKept() {
    assertIsNotKept(new RefusedQuery("sessions are kept from"));
  }

  private void assertIsNotKept(RuntimeException failure) {
    assertThatThrownBy(() -> kept.get("a", failing(failure))).isSameAs(failure);
    assertThat(kept.get("a", rows(1)).rows()).hasSize(1);
  }

  @Test
  void errorOfAReading_isNotKept() {
    var error = new StackOverflowError();

    assertThatThrownBy(() ->
            kept.get(
                "a",
                () -> {
                  throw error;
                }))
        .isSameAs(error);
    assertThat(kept.get("a", rows(1)).rows()).hasSize(1);
  }

  @Test
  @Timeout(20)
  void equalQuestions_waitForOneReading_andOthersDoNotWait() throws Exception {
    var isSlow = new CountDownLatch(1);
    List<Future<ReportRows>> answers = askedTogether(isSlow, () -> rowsOf(1));

    // Enough names to meet in each place of a table of hashes.
    for (int i = 0; i < 100; i++) {
      kept.get("another " + i, rows(0));
    }
    assertThat(answers).noneMatch(Future::isDone);
    isSlow.countDown();

    for (Future<ReportRows> each : answers) {
      assertThat(each.get()).isSameAs(answers.getFirst().get());
    }
    assertThat(read).hasValue(101);
  }

  @Test
  @Timeout(20)
  void equalQuestions_getTheSameFailure() throws Exception {
    var isSlow = new CountDownLatch(1);
    var busy = new IllegalStateException("busy");
    List<Future<ReportRows>> answers = askedTogether(isSlow, failing(busy));
    isSlow.countDown();

    for (Future<ReportRows> each : answers) {
      assertThatThrownBy(each::get).hasCause(busy);
    }
    assertThat(read).hasValue(1);
    assertThat(kept.get("slow", rows(1)).rows()).hasSize(1);
  }

  /** Asks for one report on four threads, all of which wait when this returns. */
  private List<Future<ReportRows>> askedTogether(
      CountDownLatch isSlow, Supplier<ReportRows> reading) throws InterruptedException {
    Supplier<ReportRows> slow =
        () -> {
          read.incrementAndGet();
          await(isSlow);
          return reading.get();
        };
    var threads = new ArrayList<Thread>();
    var answers = new ArrayList<Future<ReportRows>>();
    for (int i = 0; i < 4; i++) {
      var answer = new FutureTask<>(() -> kept.get("slow", slow));
      answers.add(answer);
      threads.add(Thread.ofPlatform().daemon().start(answer));
    }
    while (threads.stream().anyMatch(each -> each.getState() != Thread.State.WAITING)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return answers;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Supplier<ReportRows> failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  private static ReportRows rowsOf(int number) {
    return new ReportRows(List.of(), Collections.nCopies(number, Map.of()), false);
  }

  private Supplier<ReportRows> rows(int number) {
    return () -> {
      read.incrementAndGet();
      return rowsOf(number);
    };
  }
}
