package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.weir.http.Doorkeeper;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.overview.OpenOrder;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a request: reads what a caller wrote and refuses what cannot be meant. */
final class Parameters {
  static final String JSON = "json";
  static final String CSV = "csv";
  static final int MOST = 500;
  static final int LONGEST_ID = 255;

  /** What an id has, for the document: no control characters. */
  static final String ID = "^[^\\x00-\\x1f\\x7f-\\x9f]+$";

  private static final int USUAL = 50;

  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");
  private static final String VISITORS = "/v1/visitors/";

  private Parameters() {}

  /**
   * Whether another instance asks, which wants the answer of this instance alone. No other is
   * believed.
   */
  static boolean isForwarded(HttpRequest<?> request) {
    return request.getHeaders().contains(Forwarder.FORWARDED) && Doorkeeper.isInstance(request);
  }

  /** The visitor of a path. The server's own decoding takes a plus for a space. */
  static String visitor(URI uri) {
    String rest = uri.getRawPath().substring(VISITORS.length());
    int end = rest.indexOf('/');
    String written = end < 0 ? rest : rest.substring(0, end);
    try {
      return visitor(URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new RefusedRequest("the visitor id is not percent-encoded UTF-8");
    }
  }

  /** An anonymous id or a user id. */
  static String visitor(@Nullable String id) {
    if (id == null || id.isBlank()) {
      throw new RefusedRequest("the visitor id is empty; it is an anonymous id or a user id");
    }
    if (id.length() > LONGEST_ID) {
      throw new RefusedRequest(
          "the visitor id has "
              + id.length()
              + " characters; at most "
              + LONGEST_ID
              + " are right");
    }
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedRequest("the visitor id has control characters");
    }
    return id;
  }

  static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw badLimit(text);
    }
    throw badLimit(text);
  }

  private static RefusedRequest badLimit(String text) {
    return new RefusedRequest("limit=" + text + " is not a whole number from 1 to " + MOST);
  }

  /** A position among the sessions an instance has emitted. */
  static long position(String text) {
    try {
      long position = Long.parseLong(text);
      if (position >= 0) {
        return position;
      }
    } catch (NumberFormatException e) {
      throw badPosition(text);
    }
    throw badPosition(text);
  }

  private static RefusedRequest badPosition(String text) {
    return new RefusedRequest("after=" + text + " is not a whole number from 0 on");
  }

  /** Epoch milliseconds of an RFC 3339 time, the largest number where none is given. */
  static long before(@Nullable String time) {
    if (time == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new RefusedRequest(
          "before=" + time + " is not a time such as 2026-03-01T12:00:00Z; next of a page is one");
    }
  }

  /** A time of a year that keys of gold can have. */
  static Instant time(String name, String text) {
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(FIRST) && time.isBefore(LAST)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw badTime(name, text);
    }
    throw badTime(name, text);
  }

  private static RefusedRequest badTime(String name, String text) {
    return new RefusedRequest(name + "=" + text + " is not a time such as 2026-03-01T12:00:00Z");
  }

  static OpenOrder order(@Nullable String name) {
    if (name == null) {
      return OpenOrder.NEWEST;
    }
    for (OpenOrder order : OpenOrder.values()) {
      if (order.word().equals(name)) {
        return order;
      }
    }
    String known =
        Arrays.stream(OpenOrder.values()).map(OpenOrder::word).collect(Collectors.joining(", "));
    throw new RefusedRequest("order=" + name + " is none of " + known);
  }

  /** A session key: hexadecimal digits, a dash, the start in hexadecimal digits. */
  static String sessionKey(String key) {
    int dash = key.indexOf('-');
    boolean isKey =
        dash > 0
            && dash < key.length() - 1
            && key.length() <= LONGEST_ID
            && isHex(key.substring(0, dash))
            && isHex(key.substring(dash + 1));
    if (!isKey) {
      throw new RefusedRequest(
          "the session key is not one, such as 0a1b2c3d4e5f60718293a4b5-19a2b");
    }
    return key.toLowerCase(Locale.ROOT);
  }

  private static boolean isHex(String text) {
    // A start before 1970 is a negative number, written as its two's complement.
    return text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /** Whether an answer is wanted as CSV; without a format it is JSON. */
  static boolean isCsv(@Nullable String format) {
    if (format == null || format.equals(JSON)) {
      return false;
    }
    if (format.equals(CSV)) {
      return true;
    }
    throw new RefusedRequest("format is neither json nor csv");
  }
}
