package io.weir.tools.rebuild;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a rebuild's stream-app that differ from the live ones. */
final class StreamAppSettings {
  private StreamAppSettings() {}

  /** The settings that a rebuild needs. */
  static Map<String, String> needed(RebuildName name, int partitions) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("WEIR_TOPIC_PREFIX", name.name());
    settings.put("WEIR_STREAM_APPLICATION_ID", name.application());
    settings.put("WEIR_TOPIC_PARTITIONS", Integer.toString(partitions));
    settings.put("WEIR_STREAM_COPIED_TIMES", "true");
    return settings;
  }

  /**
   * The settings that a switch needs as well. Without idle partitions the clock of the rebuild
   * stands still between the feed and the last records, which would be late otherwise.
   */
  static Map<String, String> ofSwitch(long firstRevision) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("WEIR_STREAM_FIRST_REVISION", Long.toString(firstRevision));
    settings.put("WEIR_STREAM_IDLE_TIMEOUT", "36500d");
    return settings;
  }

  static String text(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }
}
