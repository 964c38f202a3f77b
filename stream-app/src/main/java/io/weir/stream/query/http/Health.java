package io.weir.stream.query.http;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/** Whether the next record would succeed, and if not, which part fails. */
@Serdeable
public record Health(String status, Map<String, String> checks) {

  static Health of(Map<String, String> checks) {
    boolean isUp = checks.values().stream().allMatch("ok"::equals);
    return new Health(isUp ? "UP" : "DOWN", checks);
  }

  boolean isUp() {
    return status.equals("UP");
  }
}
