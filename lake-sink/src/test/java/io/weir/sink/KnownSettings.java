package io.weir.sink;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.Map;

/** The settings that the service knows. */
public final class KnownSettings {
  private KnownSettings() {}

  /** The service's error message about settings that it does not know. */
  public static String refusal(Map<String, String> environment) {
    try {
      throw new AssertionError(SinkConfig.from(Settings.of(environment)));
    } catch (StartupException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
