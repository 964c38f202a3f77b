package io.weir.ingest.format;

import io.weir.ingest.event.Field;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import java.util.Locale;
import java.util.Set;

/**
 * The combined log of Apache and nginx: {@code address ident user [time] "request" status bytes
 * "referrer" "agent"}. A virtual host may stand in front, and fields behind the agent are skipped.
 * The common log, without referrer and agent, is read too.
 */
public final class CombinedLog implements EventFormat {
  private static final Set<String> ASSETS =
      Set.of(
          "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "avif",
          "bmp", "woff", "woff2", "ttf", "otf", "eot", "mp4", "webm", "mp3", "json", "xml", "txt");

  private final Md5 md5 = new Md5();
  private final LogTime times = new LogTime();
  private final String site;
  private final boolean isPagesOnly;

  /**
   * A format for logs of one site.
   *
   * @param site the address before each path, for example {@code https://example.org}; may be empty
   * @param isPagesOnly whether images, scripts, errors and requests other than GET are left out
   */
  public CombinedLog(String site, boolean isPagesOnly) {
    this.site = site.endsWith("/") ? site.substring(0, site.length() - 1) : site;
    this.isPagesOnly = isPagesOnly;
  }

  /** The parts of a line. */
  private record Line(
      String host,
      String address,
      String user,
      String time,
      String request,
      String status,
      String bytes,
      String referrer,
      String agent) {}

  @Override
  public void convert(byte[] record, int length, RawEvent into) throws Skip {
    String text = Text.decode(record, length);
    if (text.startsWith("#")) {
      throw new Skip(Reason.COMMENT, text);
    }
    Line line = parse(text);
    long time = times.parse(line.time);
    if (time == Times.INVALID) {
      throw new Skip(Reason.BAD_TIME, line.time);
    }
    String[] request = request(line.request);
    if (isPagesOnly && !isPage(request[0], request[1], line.status)) {
      throw new Skip(Reason.NO_PAGE, line.request);
    }
    into.set(Field.EVENT_TYPE, "page_view");
    into.setTime(Field.EVENT_TIME, time);
    into.set(Field.ANONYMOUS_ID, md5.visitor(line.address, line.agent));
    into.set(Field.USER_ID, line.user);
    into.set(Field.URL, url(line.host, request[1]));
    into.set(Field.REFERRER, line.referrer);
    into.set(Field.IP_ADDRESS, line.address.length() <= 45 ? line.address : null);
    into.set(Field.USER_AGENT, line.agent);
    into.property("method", request[0]);
    into.bareProperty("status", line.status);
    if (!line.bytes.equals("-")) {
      into.bareProperty("bytes", line.bytes);
    }
  }

  private String url(String host, String path) {
    if (path.isEmpty() || path.contains("://")) {
      return path;
    }
    if (!site.isEmpty()) {
      return path.startsWith("/") ? site + path : path;
    }
    return host.isEmpty() || !path.startsWith("/") ? path : "http://" + host + path;
  }

  private static boolean isPage(String method, String path, String status) {
    if (!method.equals("GET") || status.charAt(0) >= '4') {
      return false;
    }
    int query = path.indexOf('?');
    String bare = query < 0 ? path : path.substring(0, query);
    int dot = bare.lastIndexOf('.');
    return dot < bare.lastIndexOf('/')
        || !ASSETS.contains(bare.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Method and path; both are empty if the text is no request. */
  private static String[] request(String request) {
    int first = request.indexOf(' ');
    if (first <= 0) {
      return new String[] {"", ""};
    }
    int last = request.lastIndexOf(' ');
    boolean hasVersion = last > first && request.startsWith("HTTP/", last + 1);
    return new String[] {
      request.substring(0, first),
      request.substring(first + 1, hasVersion ? last : request.length())
    };
  }

  private static Line parse(String text) throws Skip {
    int open = text.indexOf(" [");
    int close = open < 0 ? -1 : text.indexOf("] \"", open);
    String[] who = text.substring(0, Math.max(0, open)).strip().split(" ", -1);
    int quote = close < 0 ? -1 : closingQuote(text, close + 3);
    if (who.length < 3 || quote < 0 || !isSpace(text, quote + 1)) {
      throw notALine(text);
    }
    int bytesAt = text.indexOf(' ', quote + 2);
    String status = bytesAt < 0 ? "" : text.substring(quote + 2, bytesAt);
    int bytesEnd = text.indexOf(' ', bytesAt + 1);
    String bytes = text.substring(bytesAt + 1, bytesEnd < 0 ? text.length() : bytesEnd);
    if (!isNumber(status, 3) || !(bytes.equals("-") || isNumber(bytes, 18))) {
      throw notALine(text);
    }
    String[] rest = bytesEnd < 0 ? new String[] {"-", "-"} : quoted(text, bytesEnd + 1);
    int host = hasHost(who) ? 1 : 0;
    return new Line(
        host == 1 ? host(who[0]) : "",
        who[host],
        who[host + 2],
        text.substring(open + 2, close),
        unescaped(text.substring(close + 3, quote)),
        status,
        bytes,
        rest[0],
        rest[1]);
  }

  /**
   * Whether a host stands in front, which makes four words. A user with blanks makes more words,
   * too.
   */
  private static boolean hasHost(String[] who) {
    return who.length > 3 && (who[1].indexOf('.') > 0 || who[1].indexOf(':') >= 0);
  }

  /** Referrer and agent. */
  private static String[] quoted(String text, int start) throws Skip {
    if (start >= text.length() || text.charAt(start) != '"') {
      return new String[] {"-", "-"}; // a common log with fields of its own at the end
    }
    int referrerEnd = closingQuote(text, start + 1);
    boolean hasAgent = referrerEnd > 0 && text.startsWith(" \"", referrerEnd + 1);
    int agentEnd = hasAgent ? closingQuote(text, referrerEnd + 3) : -1;
    if (agentEnd < 0) {
      throw notALine(text);
    }
    return new String[] {
      unescaped(text.substring(start + 1, referrerEnd)),
      unescaped(text.substring(referrerEnd + 3, agentEnd))
    };
  }

  private static int closingQuote(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      }
    }
    return -1;
  }

  /** Decodes a quote, which Apache writes as {@code \"} and nginx as {@code \x22}. */
  private static String unescaped(String text) {
    return text.indexOf('\\') < 0
        ? text
        : text.replace("\\x22", "\"").replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private static String host(String word) {
    int colon = word.indexOf(':');
    return colon < 0 ? word : word.substring(0, colon);
  }

  private static boolean isSpace(String text, int at) {
    return at < text.length() && text.charAt(at) == ' ';
  }

  private static boolean isNumber(String text, int most) {
    if (text.isEmpty() || text.length() > most || (text.length() > 1 && text.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static Skip notALine(String text) {
    return new Skip(Reason.NOT_A_LOG_LINE, text);
  }

  @Override
  public String describe() {
    return """
    event_type    page_view for every request%s
    event_time    [time]
    anonymous_id  the first 16 hexadecimal digits of md5(address|user agent)
    user_id       the authenticated user, if any
    url           %s
    referrer, user_agent, ip_address
    properties    method, status, bytes\
    """
        .formatted(
            isPagesOnly ? " that is a page" : " (--pages-only: without images, scripts, errors)",
            site.isEmpty()
                ? "the path (--site https://… puts a site before it)"
                : site + " + path");
  }
}
