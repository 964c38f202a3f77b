package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opening the page often costs nobody the questions that it asks. */
class PageRateTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final WebServer SERVER =
      WebServer.of(
          ListenAddress.from(
              Settings.of(
                  Map.of(
                      "WEIR_HTTP_OPEN", "true",
                      "WEIR_HTTP_RATE", "5",
                      "WEIR_STREAM_PORT", "0")),
              "stream",
              0));

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void files_areNotCounted_butQuestionsAre() throws Exception {
    assertThat(statuses("/")).containsOnly(200);
    assertThat(statuses("/page/js/main.js")).containsOnly(200);
    assertThat(statuses("/sign-in")).contains(200, 429);
  }

  private static List<Integer> statuses(String path) throws IOException, InterruptedException {
    var statuses = new ArrayList<Integer>();
    HttpRequest request = HttpRequest.newBuilder(URI.create(SERVER.url() + path)).build();
    for (int i = 0; i < 30; i++) {
      statuses.add(HTTP.send(request, BodyHandlers.discarding()).statusCode());
    }
    return statuses;
  }
}
