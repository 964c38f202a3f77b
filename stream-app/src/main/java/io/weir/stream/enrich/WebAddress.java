package io.weir.stream.enrich;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a web address, found by looking for its separators: what is no address gives null
 * parts, never an exception.
 */
record WebAddress(@Nullable String domain, @Nullable String path, @Nullable String query) {
  private static final WebAddress NONE = new WebAddress(null, null, null);

  static WebAddress of(@Nullable String url) {
    if (url == null) {
      return NONE;
    }
    int scheme = url.indexOf("://");
    if (scheme < 0 && !url.startsWith("/")) {
      return NONE;
    }
    int host = scheme < 0 ? 0 : scheme + 3;
    int fragment = url.indexOf('#', host);
    int end = fragment < 0 ? url.length() : fragment;
    int question = url.indexOf('?', host);
    int pathEnd = question < 0 || question > end ? end : question;
    int slash = url.indexOf('/', host);
    int hostEnd = slash < 0 || slash > pathEnd ? pathEnd : slash;
    return new WebAddress(
        domain(url, host, hostEnd),
        hostEnd < pathEnd ? url.substring(hostEnd, pathEnd) : "/",
        pathEnd < end ? url.substring(pathEnd + 1, end) : null);
  }

  private static @Nullable String domain(String url, int from, int end) {
    int start = url.lastIndexOf('@', end - 1);
    start = start < from ? from : start + 1;
    int colon = url.indexOf(':', start);
    int stop = colon < 0 || colon > end ? end : colon;
    return start < stop ? url.substring(start, stop).toLowerCase(Locale.ROOT) : null;
  }
}
