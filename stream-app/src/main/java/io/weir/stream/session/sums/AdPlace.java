package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.Utf8;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where an ad was.
 *
 * @param page empty if it is not known
 * @param position on the page; empty if it is not known
 */
record AdPlace(String page, String position) implements Comparable<AdPlace> {
  static final AdPlace UNKNOWN = new AdPlace("", "");

  private static final int MOST_BYTES = 512;

  /** The order of names. Values without a name come last: they were behind all names. */
  private static final Comparator<String> NAMES =
      Comparator.<String, Boolean>comparing(AdClicks.OTHER::equals)
          .thenComparing(Comparator.naturalOrder());

  private static final Comparator<AdPlace> ORDER =
      Comparator.comparing(AdPlace::page, NAMES).thenComparing(AdPlace::position, NAMES);

  static AdPlace of(@Nullable String page, String position) {
    return new AdPlace(page == null ? "" : Utf8.prefix(page, MOST_BYTES), position);
  }

  @Override
  public int compareTo(AdPlace other) {
    return ORDER.compare(this, other);
  }
}
