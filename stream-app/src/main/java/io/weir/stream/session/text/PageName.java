package io.weir.stream.session.text;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.bytes.Utf8;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The name of a page: domain and path; the query and the fragment are not part of it. */
public final class PageName {
  /** The most bytes of UTF-8 that a page's name takes. */
  static final int MOST_BYTES = 2_048;

  /** Stands between the rest of a long name and the hash of the whole name. */
  private static final String CUT = "~";

  private static final int HASH = CUT.length() + 2 * Long.BYTES;

  private PageName() {}

  public static @Nullable String of(EnrichedEvent event) {
    String page = whole(event);
    return page == null || Utf8.fits(page, MOST_BYTES) ? page : cut(page);
  }

  private static @Nullable String whole(EnrichedEvent event) {
    String path = event.getUrlPath();
    String domain = event.getUrlDomain();
    if (path == null) {
      return event.getUrl();
    }
    return domain == null ? path : domain + path;
  }

  /** Cuts a long name. Two long names that differ anywhere stay two pages. */
  private static String cut(String page) {
    return Utf8.prefix(page, MOST_BYTES - HASH) + CUT + HexFormat.of().toHexDigits(Hash64.of(page));
  }
}
