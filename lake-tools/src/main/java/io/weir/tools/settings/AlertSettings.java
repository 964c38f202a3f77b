package io.weir.tools.settings;

import io.weir.process.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of business alerts.
 *
 * @param file of the rules
 * @param url of the receiver
 * @param secret that signs the calls
 * @param interval between two passes
 */
public record AlertSettings(
    Path file, Optional<String> url, Optional<String> secret, Duration interval) {

  static AlertSettings from(Settings settings) {
    return new AlertSettings(
        settings.path("alert.file", Path.of("alerts.json")),
        settings.text("alert.url"),
        settings.text("alert.secret"),
        settings.duration("alert.interval", Duration.ofSeconds(30)));
  }

  /** Omits the secret and the URL, which may have one in it. */
  @Override
  public String toString() {
    return "AlertSettings[" + file + "]";
  }
}
