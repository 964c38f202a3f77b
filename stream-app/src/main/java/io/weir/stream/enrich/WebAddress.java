package io.weir.stream.enrich;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a web address, found by its separators. A text that is no address gives null parts,
 * never an exception.
 */
record WebAddress(@Nullable String domain, @Nullable String path, @Nullable String query) {
  private static final WebAddress NONE = new WebAddress(null, null, null);
  private static final int RELATIVE = -1;

  /** The longest host name that the domain name system allows. */
  private static final int HOST_LENGTH = 253;

  private static final int HOST_LABELS = 127;

  static WebAddress of(@Nullable String url) {
    if (url == null) {
      return NONE;
    }
    int host = host(url);
    if (host == RELATIVE && !url.startsWith("/")) {
      return NONE;
    }
    int from = Math.max(host, 0);
    int fragment = url.indexOf('#', from);
    int end = fragment < 0 ? url.length() : fragment;
    int question = url.indexOf('?', from);
    int pathEnd = question < 0 || question > end ? end : question;
    int slash = url.indexOf('/', from);
    int hostEnd = slash < 0 || slash > pathEnd ? pathEnd : slash;
    return new WebAddress(
        host == RELATIVE ? null : domain(url, from, hostEnd),
        hostEnd < pathEnd ? url.substring(hostEnd, pathEnd) : "/",
        pathEnd < end ? url.substring(pathEnd + 1, end) : null);
  }

  /** The address without the parts that may name a person: user, query and fragment. */
  static @Nullable String bare(@Nullable String url) {
    WebAddress address = of(url);
    if (url == null || address.path == null) {
      return null;
    }
    int host = host(url);
    String start = host == RELATIVE ? "" : url.substring(0, host);
    return start + (address.domain == null ? "" : address.domain) + address.path;
  }

  /** The index at which the host begins. */
  private static int host(String url) {
    if (url.startsWith("//")) {
      return 2;
    }
    int scheme = url.startsWith("/") ? -1 : url.indexOf("://");
    return scheme <= 0 ? RELATIVE : scheme + 3;
  }

  private static @Nullable String domain(String url, int from, int end) {
    int start = url.lastIndexOf('@', end - 1);
    start = start < from ? from : start + 1;
    int stop = end;
    if (start < end && url.charAt(start) == '[') {
      int bracket = url.indexOf(']', start);
      stop = bracket < 0 || bracket >= end ? end : bracket + 1;
    } else {
      int colon = url.indexOf(':', start);
      stop = colon < 0 || colon > end ? end : colon;
    }
    if (start < stop && url.charAt(stop - 1) == '.') {
      stop--;
    }
    return isHost(url, start, stop) ? url.substring(start, stop).toLowerCase(Locale.ROOT) : null;
  }

  private static boolean isHost(String url, int start, int stop) {
    if (start >= stop || stop - start > HOST_LENGTH) {
      return false;
    }
    int labels = 1;
    for (int i = start; i < stop; i++) {
      labels += url.charAt(i) == '.' ? 1 : 0;
    }
    return labels <= HOST_LABELS;
  }
}
