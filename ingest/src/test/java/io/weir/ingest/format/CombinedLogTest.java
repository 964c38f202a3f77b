package io.weir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CombinedLogTest {
  private static final String LINE =
      "192.0.2.7 - - [01/Jul/2024:12:00:05 +0200] \"GET /shop?a=1 HTTP/1.1\" 200 512"
          + " \"https://search.example/\" \"Agent/1.0\"";

  private final CombinedLog log = new CombinedLog("", false);

  @Test
  void line_isAPageView_ofAddressAndAgent() throws Skip {
    // printf '192.0.2.7|Agent/1.0' | md5sum
    String json = Converted.json(log, LINE);

    assertThat(json)
        .contains("\"event_type\":\"page_view\"", "\"event_time\":1719828005000")
        .contains("\"url\":\"/shop?a=1\"", "\"referrer\":\"https://search.example/\"")
        .contains("\"ip_address\":\"192.0.2.7\"", "\"user_agent\":\"Agent/1.0\"")
        .contains("\"properties\":{\"method\":\"GET\",\"status\":200,\"bytes\":512}")
        .contains("\"anonymous_id\":\"7d1a5ea8c74f4844\"")
        .doesNotContain("user_id");
  }

  @Test
  void virtualHostAndFurtherFields_areUnderstood() throws Skip {
    String json = Converted.json(log, "www.example.org:443 " + LINE + " 0.003 \"10.0.0.1\"");

    assertThat(json)
        .contains("\"url\":\"http://www.example.org/shop?a=1\"", "\"ip_address\":\"192.0.2.7\"");
  }

  @Test
  void authenticatedUser_isTheUser() throws Skip {
    assertThat(Converted.json(log, LINE.replace("- - [", "- anna [")))
        .contains("\"user_id\":\"anna\"");
  }

  @Test
  void quotesInTheAgent_areUnescaped() throws Skip {
    String json = Converted.json(log, LINE.replace("Agent/1.0", "a \\\"b\\\" \\x22c\\x22"));

    assertThat(json).contains("\"user_agent\":\"a \\\"b\\\" \\\"c\\\"\"");
  }

  @Test
  void commonLog_hasNeitherReferrerNorAgent() throws Skip {
    String json = Converted.json(log, LINE.substring(0, LINE.indexOf(" \"https")));

    assertThat(json).contains("\"bytes\":512").doesNotContain("user_agent", "referrer");
  }

  @Test
  void site_standsBeforeThePath() throws Skip {
    String json = Converted.json(new CombinedLog("https://example.org/", false), LINE);

    assertThat(json).contains("\"url\":\"https://example.org/shop?a=1\"");
  }

  @Test
  void brokenRequest_isAPageView_withoutPath() throws Skip {
    // Requests of port scanners are logged as they came.
    String json = Converted.json(log, LINE.replace("GET /shop?a=1 HTTP/1.1", "\\x16\\x03\\x01"));

    assertThat(json).contains("page_view").doesNotContain("\"url\"", "\"method\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "192.0.2.7 - - [01/Jul/2024:12:00:05 +0200] \"GET / HTTP/1.1\" 200 512 \"-\" \"torn",
        "192.0.2.7 - - [01/Jul/2024:12:00:05 +0200] \"GET / HTTP/1.1",
        "192.0.2.7 - - [01/Jul/2024:12:00:05 +0200] \"GET / HTTP/1.1\" abc 512 \"-\" \"-\"",
        " [01/Jul/2024:12:00:05 +0200] \"GET / HTTP/1.1\" 200 512 \"-\" \"-\""
      })
  void otherLine_isSkipped(String line) {
    assertThatThrownBy(() -> Converted.json(log, line))
        .extracting(e -> ((Skip) e).reason())
        .isEqualTo(Reason.NOT_A_LOG_LINE);
  }

  @Test
  void impossibleDate_isSkipped() {
    assertThatThrownBy(() -> Converted.json(log, LINE.replace("01/Jul", "31/Feb")))
        .extracting(e -> ((Skip) e).reason())
        .isEqualTo(Reason.BAD_TIME);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /shop HTTP/1.1, 200, true",
    "GET /v1.2/ HTTP/1.1, 200, true",
    "GET /a.html?x=y.png HTTP/1.1, 304, true",
    "GET /a.png HTTP/1.1, 200, false",
    "GET /app.js?v=3 HTTP/1.1, 200, false",
    "POST /form HTTP/1.1, 200, false",
    "GET /gone HTTP/1.1, 404, false"
  })
  void pagesOnly_leavesOutTheRest(String request, String status, boolean isPage) throws Skip {
    var pages = new CombinedLog("", true);
    String line =
        LINE.replace("GET /shop?a=1 HTTP/1.1", request).replace(" 200 ", " " + status + " ");

    if (isPage) {
      assertThat(Converted.json(pages, line)).contains("page_view");
    } else {
      assertThatThrownBy(() -> Converted.json(pages, line))
          .extracting(e -> ((Skip) e).reason())
          .isEqualTo(Reason.NO_PAGE);
    }
  }
}
