package io.weir.tools.funnel;

import io.weir.process.StartupException;
import io.weir.tools.sql.DuckType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step of a funnel: an event type, and perhaps a pattern of the page's path.
 *
 * @param path {@code *} stands for any characters
 */
record FunnelStep(String type, @Nullable String path) {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*");
  private static final int LONGEST = 512;

  static FunnelStep parse(String text) {
    int colon = text.indexOf(':');
    String type = colon < 0 ? text : text.substring(0, colon);
    String path = colon < 0 ? null : text.substring(colon + 1);
    if (!TYPE.matcher(type).matches()
        || text.length() > LONGEST
        || (path != null && !path.startsWith("/") && !path.startsWith("*"))) {
      throw new StartupException(
          "the step "
              + text
              + " is neither an event type such as add_to_cart nor one with a path such as"
              + " page_view:/checkout*");
    }
    return new FunnelStep(type, path);
  }

  /** The condition of an event, in DuckDB's SQL. */
  String condition() {
    String ofType = "event_type = " + DuckType.text(type);
    return path == null
        ? ofType
        : ofType
            + " AND coalesce(url_path LIKE "
            + DuckType.text(like(path))
            + " ESCAPE '\\', false)";
  }

  private static String like(String pattern) {
    return pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
  }

  @Override
  public String toString() {
    return path == null ? type : type + ":" + path;
  }
}
