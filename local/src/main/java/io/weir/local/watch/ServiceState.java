package io.weir.local.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * One row of {@code status}; pid and port are 0 if there is none, and the problem is empty if the
 * service is ready.
 */
public record ServiceState(String name, long pid, int port, String problem, int restarts) {
  private static final String ROW = "%-10s %-8s %-6s %s";

  @JsonProperty("ready")
  public boolean isReady() {
    return problem.isEmpty();
  }

  private String restarted() {
    return restarts == 0 ? "" : ", restarts: " + restarts;
  }

  public static String header() {
    return String.format(Locale.ROOT, ROW, "service", "pid", "port", "state");
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        ROW,
        name,
        pid == 0 ? "-" : "" + pid,
        port == 0 ? "-" : "" + port,
        (isReady() ? "ready" : problem) + restarted());
  }
}
