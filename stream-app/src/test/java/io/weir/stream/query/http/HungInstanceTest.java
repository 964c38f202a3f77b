package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.ops.ClickScores;
import io.weir.stream.ops.Scores;
import io.weir.stream.query.cluster.OwnerLookup;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.StateReader;
import io.weir.stream.query.visitor.StoredSearch;
import io.weir.stream.query.visitor.VisitorRouting;
import io.weir.stream.query.visitor.VisitorViews;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.visitor.VisitorState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A third of the visitors is here, a third on a healthy instance, a third on one that hangs. */
class HungInstanceTest {
  private static final int EACH = 333;
  private static final String PSEUDONYM = "f0".repeat(32);
  private static final List<HostInfo> HOSTS =
      List.of(new HostInfo("self", 1), new HostInfo("healthy", 2), new HostInfo("hung", 3));

  /** The visitors that are not on the hung instance and not looked for yet. */
  private final CountDownLatch others = new CountDownLatch(2 * EACH);

  private final VisitorState state = new VisitorState();

  @Test
  void instanceThatHangs_takesNoOtherVisitorsWithIt() throws Exception {
    new Sessionizer(Events.RULES).accept(state, Events.pageView("a", Events.T0), Events.T0);
    var views =
        new VisitorViews(
            Events.RULES, new Scores(10), new ClickScores(10), UnaryOperator.identity());
    var routing = new VisitorRouting(new Group(), new Stores(), this::ask);
    try (var server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0), routing, views)) {
      server.start();

      JsonNode visitors = asked(server.port());

      assertThat(visitors).hasSize(3 * EACH);
      for (int i = 0; i < visitors.size(); i++) {
        boolean isHung = i % HOSTS.size() == 2;
        JsonNode found = visitors.get(i);
        assertThat(found.path("session").isObject()).as(found.toString()).isEqualTo(!isHung);
        assertThat(found.path("is_unavailable").asBoolean()).isEqualTo(isHung);
      }
    }
  }

  @Test
  @Timeout(30)
  void instanceThatHangs_delaysNoPseudonymOfAnother() throws Exception {
    var views =
        new VisitorViews(
            Events.RULES, new Scores(10), new ClickScores(10), UnaryOperator.identity());
    var routing = new VisitorRouting(new Group(), new Stores(), this::ask);
    try (var server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0), routing, views);
        var client = HttpClient.newHttpClient()) {
      server.start();
      URI uri = URI.create(server.url() + "/v1/visitors/" + PSEUDONYM);

      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private static JsonNode asked(int port) throws Exception {
    List<String> ids = IntStream.range(0, 3 * EACH).mapToObj(Integer::toString).toList();
    var json = new ObjectMapper();
    try (var client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/sessions/open"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json.writeValueAsString(Map.of("visitors", ids))))
              .build();
      return json.readTree(client.send(request, BodyHandlers.ofString()).body()).path("visitors");
    }
  }

  /** The hung instance is silent until everybody else is looked for, or the caller gives up. */
  private Optional<PeerAnswer> ask(HostInfo peer, String path) {
    if (peer.equals(HOSTS.get(2))) {
      try {
        others.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }
    others.countDown();
    String older = "{\"visitor_id\":\"a\",\"session\":{\"events\":1},\"problem\":null}";
    return Optional.of(new PeerAnswer(200, "application/json", Optional.empty(), older));
  }

  private static final class Group implements OwnerLookup {
    @Override
    public HostInfo self() {
      return HOSTS.getFirst();
    }

    @Override
    public List<HostInfo> others() {
      return HOSTS.subList(1, HOSTS.size());
    }

    @Override
    public Optional<Owners> owners(String visitor) {
      int number = visitor.equals(PSEUDONYM) ? 0 : Integer.parseInt(visitor);
      HostInfo owner = HOSTS.get(number % HOSTS.size());
      return Optional.of(new Owners(0, owner, List.of()));
    }
  }

  private final class Stores implements StateReader {
    @Override
    public Lookup live(String visitor, int partition) {
      if (visitor.equals(PSEUDONYM)) {
        return new Lookup.Absent(Lookup.LIVE);
      }
      if (Integer.parseInt(visitor) % HOSTS.size() != 0) {
        return new Lookup.Unavailable("not here");
      }
      others.countDown();
      return new Lookup.Found(state, Lookup.LIVE);
    }

    @Override
    public StoredSearch stored(String id) {
      return new StoredSearch(Optional.empty(), Set.of(0), 3);
    }

    @Override
    public Lookup copy(String visitor, int partition) {
      return new Lookup.Unavailable("no copy");
    }
  }
}
