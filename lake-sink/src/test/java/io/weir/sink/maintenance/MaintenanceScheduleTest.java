package io.weir.sink.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeTables;
import io.weir.sink.gold.GoldRetention;
import io.weir.sink.gold.KeepRules;
import io.weir.sink.ops.LoopHealth;
import io.weir.sink.ops.SinkMetrics;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.iceberg.catalog.Catalog;
import org.junit.jupiter.api.Test;

class MaintenanceScheduleTest {
  private static final int TABLES = LakeTables.all().size();
  private static final MaintenanceRules RULES =
      new MaintenanceRules(
          1,
          Duration.ZERO,
          Duration.ofHours(1),
          MaintenanceRules.Kept.retractions(Duration.ofDays(30)));

  private final LoopHealth health = new LoopHealth("maintenance");
  private final SinkMetrics metrics = new SinkMetrics();

  @Test
  void errors_areSeenAndTheScheduleGoesOn() throws InterruptedException {
    var rounds = new CountDownLatch(3 * TABLES);
    run(rounds, _ -> new NoClassDefFoundError("org/apache/iceberg/Missing"));

    assertThat(health.problem().orElse(""))
        .contains("silver.", "NoClassDefFoundError: org/apache/iceberg/Missing");
    assertThat(metrics.text())
        .contains("weir_sink_maintenance_failures_total{table=\"silver.events\"}");
  }

  @Test
  void roundWithoutErrors_isSoundAgain_thoughItHadExceptions() throws InterruptedException {
    var rounds = new CountDownLatch(3 * TABLES);
    run(
        rounds,
        call ->
            call <= TABLES ? new StackOverflowError() : new IllegalStateException("a conflict"));

    assertThat(health.problem()).isEmpty();
  }

  private void run(CountDownLatch rounds, IntFunction<Throwable> failure)
      throws InterruptedException {
    var calls = new AtomicInteger();
    var catalog =
        (Catalog)
            Proxy.newProxyInstance(
                MaintenanceScheduleTest.class.getClassLoader(),
                new Class<?>[] {Catalog.class},
                (_, _, _) -> {
                  rounds.countDown();
                  throw failure.apply(calls.incrementAndGet());
                });
    try (var schedule =
        new MaintenanceSchedule(
            Maintenance.of(catalog, RULES, Clock.systemUTC()),
            new GoldRetention(
                new Postgres("jdbc:postgresql://127.0.0.1:1/none", "nobody", ""),
                new KeepRules(Duration.ofDays(35), Duration.ZERO)),
            Duration.ofMillis(1),
            health,
            metrics::maintenanceFailed)) {
      schedule.start();
      assertThat(rounds.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
