package io.weir.ingest;

import io.weir.ingest.event.Times;
import io.weir.ingest.format.FormatName;
import io.weir.ingest.format.Formats;
import io.weir.ingest.format.MapRules;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for reading files. */
final class IngestOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; without it each file's first records decide.")
  private @Nullable FormatName format;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description = {
        "Mapping for jsonl and csv, a line each: event_time = ts, event_type = 'page_view',",
        "user_id = (stays empty), type.Kauf = purchase, ignore = secret, other. What the file",
        "leaves open is found by names and values. type.… works with every format but combined."
      })
  private @Nullable Path map;

  @Option(
      names = "--app",
      defaultValue = "",
      paramLabel = "NAME",
      description = "app_id of all events; derived event ids include it.")
  private String app = "";

  @Option(
      names = "--zone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "Time zone of times that name none (default ${DEFAULT-VALUE}).")
  private ZoneId zone = ZoneId.of("UTC");

  @Option(
      names = "--site",
      defaultValue = "",
      paramLabel = "URL",
      description = "combined: the address before the paths, for example https://example.org.")
  private String site = "";

  @Option(
      names = "--pages-only",
      description = "combined: leave out images, scripts, styles, errors, and all but GET.")
  private boolean isPagesOnly;

  @Nullable FormatName format() {
    return format;
  }

  String app() {
    return app.strip();
  }

  Formats formats() {
    return new Formats(rules(), new Times(zone), site, isPagesOnly);
  }

  private MapRules rules() {
    if (map == null) {
      return MapRules.NONE;
    }
    try {
      return MapRules.parse(Files.readAllLines(map));
    } catch (IllegalArgumentException e) {
      throw new StartupException(map + ", " + e.getMessage(), e);
    } catch (MalformedInputException e) {
      throw new StartupException(map + " is not UTF-8", e);
    } catch (IOException e) {
      throw new StartupException("--map " + map + " cannot be read: " + e.getMessage(), e);
    }
  }
}
