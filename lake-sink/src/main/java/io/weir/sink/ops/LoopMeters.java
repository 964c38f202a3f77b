package io.weir.sink.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * The meters of one loop. {@code rows} counts records that are certainly committed. While nothing
 * is being written, produced = rows + lag.
 */
public final class LoopMeters {
  private final Counter rows;
  private final Counter files;
  private final Counter commits;
  private final Counter retries;
  private final Timer commitTime;
  private volatile double lag = Double.NaN;

  LoopMeters(MeterRegistry registry, String table) {
    this.rows = counter(registry, "weir.sink.rows", "Records committed", table);
    this.files = counter(registry, "weir.sink.files", "Files committed", table);
    this.commits = counter(registry, "weir.sink.commits", "Commits that took effect", table);
    this.retries = counter(registry, "weir.sink.retries", "Steps that failed", table);
    this.commitTime =
        Timer.builder("weir.sink.commit")
            .description("From closed files to a certain outcome")
            .tag("table", table)
            .register(registry);
    Gauge.builder("weir.sink.lag", this, LoopMeters::lag)
        .description("Records not read or not committed; NaN while partitions have no place")
        .tag("table", table)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String what, String table) {
    return Counter.builder(name).description(what).tag("table", table).register(registry);
  }

  public void committed(long rowCount, int fileCount, Duration took) {
    rows.increment((double) rowCount);
    files.increment(fileCount);
    commits.increment();
    commitTime.record(took);
  }

  public void failed() {
    retries.increment();
  }

  public void lag(double records) {
    lag = records;
  }

  public double lag() {
    return lag;
  }
}
