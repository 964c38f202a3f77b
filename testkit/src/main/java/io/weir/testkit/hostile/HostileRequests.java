package io.weir.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests over HTTP that a stranger may write by hand, the same ones for the same seed. */
public final class HostileRequests {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d{1,8})\r\n");
  private static final int LARGEST_ANSWER = 1 << 20;

  private static final List<String> TRAVERSALS =
      List.of(
          "/../../etc/passwd",
          "/page/../../../etc/passwd",
          "/page/%2e%2e/%2e%2e/application.yml",
          "/page/..%2f..%2fetc%2fpasswd",
          "/page/%252e%252e/%252e%252e/x.js",
          "/page/....//....//x.css",
          "/page/..\\..\\x.js",
          "/page/%c0%ae%c0%ae/x.js",
          "/page//js/main.js",
          "/page/js/main.js%00.html",
          "//evil.example/",
          "/;/v1/status",
          "/v1/status/..;/metrics",
          "/META-INF/swagger/openapi.yml");

  private static final List<String> HEADERS =
      List.of(
          "X-A: b\r\n\r\nGET /v1/live HTTP/1.1",
          "Content-Length: 5\r\nContent-Length: 50",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Transfer-Encoding: chunked\r\nContent-Length: 4",
          "Transfer-Encoding: xchunked",
          "Host: evil.example",
          "Weir-Forwarded: 1",
          "X-Forwarded-For: ' or 1=1",
          "Accept: ../../x",
          "Accept: text/html;q=abc, */*;q=9",
          "Accept-Encoding: gzip;q=-1, \0",
          "Content-Type: application/json; charset=no-such",
          "Content-Type: /",
          "Content-Type: multipart/form-data",
          "Cookie: weir-key=\"; weir-key=a; =; ;;",
          "Cookie: \u00ff\u00fe",
          "Authorization: Bearer",
          "Authorization: Bearer \u00e9",
          "Authorization: Basic AAAA",
          "Authorization: Bearer a.b.c",
          "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IiLCJyb2xlcyI6WyJvcGVyYXRvciJdfQ.",
          "Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLy4uL2V0Yy9wYXNzd2QifQ.e30.AAAA",
          "Expect: 100-continue",
          "Expect: everything",
          "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAAA",
          "Range: bytes=0-0,-1,5-2",
          "If-None-Match: *, \"\", W/",
          "If-Modified-Since: yesterday",
          "Origin: null",
          "Sec-Fetch-Site: cross-site",
          " folded: a\r\n b",
          "Na me: x",
          ": x",
          "X-Empty:");

  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "{\"key\":",
          "{\"key\":{\"a\":[1e999,-0,\"\\ud800\"]}}",
          "{\"inputs\":[{\"name\":\"a\",\"shape\":[-1,99999999999],\"datatype\":\"FP64\",\"data\":[]}]}",
          "{\"inputs\":null}",
          "{\"inputs\":[{\"name\":\"features\",\"shape\":[99999,99999],\"datatype\":\"FP64\",\"data\":[1]}]}",
          "{\"inputs\":[{\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[1e999,-1e999]}]}",
          "{\"inputs\":[{\"name\":\"features\",\"shape\":[9223372036854775807,2],\"datatype\":\"FP32\"}]}",
          "{\"inputs\":[{\"name\":\"features\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[[[[[[1]]]]]]}]}",
          "{\"sessions\":[{\"visitorId\":null,\"start\":99999999999999999999,\"events\":-1}]}",
          "[{\"visitor_id\":\"a\",\"start\":\"2026-99-99\",\"revenue\":1e400}]",
          "{\"a\":1,\"a\":2}",
          "\u0000\u0001\u0002",
          "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");

  private static final List<String> VALUES =
      List.of(
          "",
          "%00",
          "%",
          "%zz",
          "%ff%fe",
          "-1",
          "0",
          "9999999999999999999999",
          "NaN",
          "1e400",
          "2026-13-45",
          "2026-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "true",
          "null",
          "'%20or%201=1--",
          "%3Cscript%3E",
          "${jndi:ldap://a}",
          "..%2f..",
          "%0d%0aX:y",
          "day",
          "total",
          "device",
          "country",
          "Europe/Berlin",
          "\u00e4",
          "%F0%9F%92%A9");

  private static final List<String> NAMES =
      List.of(
          "limit",
          "before",
          "from",
          "to",
          "grain",
          "zone",
          "by",
          "top",
          "bots",
          "format",
          "after",
          "visitor",
          "device",
          "country",
          "filter",
          "steps",
          "__proto__",
          "a%5b%5d",
          "");

  private final Random random;
  private final List<String> paths;

  /**
   * @param paths what the service knows, such as {@code /v1/status}
   */
  public HostileRequests(long seed, List<String> paths) {
    this.random = new Random(seed);
    this.paths = List.copyOf(paths);
  }

  /** The answer's first line, and what follows; empty when the server only closed. */
  public record Answer(int status, String text) {}

  /** The next request. */
  public byte[] next() {
    List<Supplier<String>> kinds =
        List.of(
            () -> get(one(TRAVERSALS), ""),
            () -> get(one(paths), one(HEADERS) + "\r\n"),
            () -> get(one(paths) + "?" + query(1 + random.nextInt(4)), ""),
            () -> get(one(paths) + "?" + query(300), ""),
            () -> get(one(paths) + "?a=" + "x".repeat(random.nextInt(9_000)), ""),
            () -> get(one(paths) + "/" + one(VALUES) + "/" + one(VALUES), ""),
            () -> get(one(paths), "X-Long: " + "y".repeat(random.nextInt(12_000)) + "\r\n"),
            () -> get(one(paths), "X-Many: 1\r\n".repeat(random.nextInt(900))),
            this::body,
            this::method,
            this::noise);
    return one(kinds).get().getBytes(StandardCharsets.ISO_8859_1);
  }

  private String get(String path, String headers) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        + headers
        + "\r\n";
  }

  private String body() {
    String body = random.nextInt(20) == 0 ? deep() : one(BODIES);
    int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
    return "POST "
        + one(paths)
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n"
        + body;
  }

  private String deep() {
    int depth = 1 + random.nextInt(60_000);
    return one(List.of("[".repeat(depth), "{\"a\":".repeat(depth), "9".repeat(depth)));
  }

  private String method() {
    String method =
        one(
            List.of(
                "PUT",
                "DELETE",
                "TRACE",
                "OPTIONS",
                "PATCH",
                "HEAD",
                "CONNECT",
                "get",
                "G\u00c4T"));
    return method + " " + one(paths) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  }

  private String noise() {
    return one(
        List.of(
            "\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / \r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
  }

  private String query(int parts) {
    var query = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      query.append(i == 0 ? "" : "&").append(one(NAMES)).append('=').append(one(VALUES));
    }
    return query.toString();
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Sends a request to this machine and reads the answer. */
  public static Optional<Answer> send(int port, byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      String text = read(socket.getInputStream());
      return text.startsWith("HTTP/1.") && text.length() > 12
          ? Optional.of(new Answer(Integer.parseInt(text.substring(9, 12)), text))
          : Optional.empty();
    }
  }

  /** The server may keep the connection open. */
  private static boolean isWhole(String answer) {
    int head = answer.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(answer);
    return head > 0
        && length.find()
        && length.start() < head
        && answer.length() >= head + 4 + Integer.parseInt(length.group(1));
  }

  /** A reset after the answer takes nothing from it. */
  private static String read(InputStream in) {
    var bytes = new ByteArrayOutputStream();
    try {
      byte[] part = new byte[8_192];
      for (int n = in.read(part); n >= 0 && bytes.size() < LARGEST_ANSWER; n = in.read(part)) {
        bytes.write(part, 0, n);
        if (isWhole(bytes.toString(StandardCharsets.ISO_8859_1))) {
          break;
        }
      }
    } catch (IOException _) {
      // What came before counts.
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
