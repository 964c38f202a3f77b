package io.weir.benchmarks.process;

import io.weir.process.Settings;
import java.util.Map;
import java.util.TreeMap;

/** The settings of a service that the user gave as environment variables, to try them. */
public final class GivenSettings {
  private GivenSettings() {}

  /**
   * The variables of a group, for example {@code stream}, without the port: each run has its own.
   */
  public static Map<String, String> of(String group) {
    return of(group, System.getenv());
  }

  static Map<String, String> of(String group, Map<String, String> environment) {
    String prefix = Settings.variable(group) + "_";
    var given = new TreeMap<String, String>();
    environment.forEach((name, value) -> {
      if (name.startsWith(prefix) && !name.equals(prefix + "PORT")) {
        given.put(name, value);
      }
    });
    return given;
  }
}
