package io.weir.stream.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.stream.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances with real servers that know each other. */
class LiveStreamTest {
  private final LiveNode first = new LiveNode(0, 100);
  private LiveNode second = new LiveNode(0, 7);

  @BeforeEach
  void start() {
    first.start();
    second.start();
    first.others.add(second.address());
    second.others.add(first.address());
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private static boolean isWhole(JsonNode counters) {
    return counters.path("instances").asInt() == 2 && counters.path("missing").isEmpty();
  }

  private static long received(JsonNode counters) {
    return counters.path("status").path("received").asLong();
  }

  @Test
  void firstCounters_areThoseOfBoth() throws Exception {
    try (Listener listener = first.listen()) {
      JsonNode counters = listener.counters(_ -> true);

      assertThat(isWhole(counters)).as(counters.toString()).isTrue();
      assertThat(received(counters)).isEqualTo(107);
    }
  }

  @Test
  void sessions_areHeardOnceWhereverOneListens() throws Exception {
    try (Listener here = first.listen();
        Listener there = second.listen()) {
      here.counters(LiveStreamTest::isWhole);
      there.counters(LiveStreamTest::isWhole);

      second.emit("a");
      assertNextVisitor("a", here, there);

      first.emit("b");
      assertNextVisitor("b", here, there);
    }
  }

  private static void assertNextVisitor(String visitor, Listener... listeners)
      throws InterruptedException {
    for (Listener listener : listeners) {
      assertThat(listener.session(_ -> true).path("visitorId").asText()).isEqualTo(visitor);
    }
  }

  @Test
  void instanceThatAsks_hearsOfThisInstanceAlone() throws Exception {
    try (Listener all = first.listen()) {
      all.counters(LiveStreamTest::isWhole);
      second.emit("a");
      all.session("a"::equals);
      first.emit("b");

      JsonNode news = json(first.uri("/v1/live?after=0"));

      assertThat(news.path("sessions").findValuesAsText("visitorId")).containsExactly("b");
      assertThat(news.path("position").asLong()).isEqualTo(1);
      assertThat(received(news.path("counters"))).isEqualTo(100);
      assertThat(news.path("counters").path("instances").asInt()).isEqualTo(1);
    }
  }

  private static JsonNode json(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return new ObjectMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }

  @Test
  void peerThatDies_isMissingAndCountsAgainWhenItIsBack() throws Exception {
    HostInfo address = second.address();
    try (Listener listener = first.listen()) {
      listener.counters(LiveStreamTest::isWhole);
      second.close();

      JsonNode without = listener.counters(counters -> !isWhole(counters));
      assertThat(received(without)).isEqualTo(100);
      assertThat(without.path("missing").path(0).asText())
          .isEqualTo(address.host() + ":" + address.port());

      second = new LiveNode(address.port(), 8).start();
      assertThat(received(listener.counters(LiveStreamTest::isWhole))).isEqualTo(108);
    }
  }
}
