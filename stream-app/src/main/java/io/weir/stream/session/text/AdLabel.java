package io.weir.stream.session.text;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.bytes.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The ad of an event and the ad's position, as one text of a visitor's dictionary: the ad, NUL, the
 * position. An ad without a position is itself.
 */
public final class AdLabel {
  /** The property of an event that says where on the page the ad was. */
  static final String POSITION = "position";

  private static final int MOST_BYTES = 512;
  private static final char SEPARATOR = '\0';

  private AdLabel() {}

  /** The label of an event; null if it names neither an ad nor a position. */
  public static @Nullable String of(EnrichedEvent event) {
    String ad = event.getAdId();
    String position = event.getProperties().get(POSITION);
    if (position == null || position.isEmpty()) {
      return ad == null || ad.indexOf(SEPARATOR) < 0 ? ad : ad + SEPARATOR;
    }
    return (ad == null ? "" : ad)
        + SEPARATOR
        + Utf8.prefix(position, MOST_BYTES).replace('\0', ' ');
  }

  /** The ad of a label; empty for none. */
  public static String ad(@Nullable String label) {
    if (label == null) {
      return "";
    }
    int end = label.lastIndexOf(SEPARATOR);
    return end < 0 ? label : label.substring(0, end);
  }

  /** The position of a label; empty for none. */
  public static String position(@Nullable String label) {
    int end = label == null ? -1 : label.lastIndexOf(SEPARATOR);
    return label == null || end < 0 ? "" : label.substring(end + 1);
  }
}
