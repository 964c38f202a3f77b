package io.weir.simulator;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The counts at the end, as a line for people or an object for scripts. */
final class Report {
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final long begun;

  Report(long begunNanos) {
    begun = begunNanos;
  }

  Report count(String name, long value) {
    counts.put(name, value);
    return this;
  }

  void print(PrintStream out, boolean json, long nanos) {
    double seconds = (nanos - begun) / 1e9;
    double cpu =
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
    out.println(json ? json(seconds, cpu) : text(seconds, cpu));
    out.flush();
  }

  private String json(double seconds, double cpu) {
    String fields =
        counts.entrySet().stream()
            .map(count -> "\"" + count.getKey() + "\":" + count.getValue())
            .collect(Collectors.joining(","));
    return String.format(
        Locale.ROOT, "{%s,\"seconds\":%.3f,\"cpu_seconds\":%.3f}", fields, seconds, cpu);
  }

  private String text(double seconds, double cpu) {
    String fields =
        counts.entrySet().stream()
            .map(count -> count.getKey().replace('_', ' ') + " " + count.getValue())
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%s in %.1f s (%.1f CPU-s)", fields, seconds, cpu);
  }
}
