package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.weir.process.Settings;
import io.weir.stream.StreamConfig;
import io.weir.stream.ops.ClickScores;
import io.weir.stream.ops.Scores;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.visitor.FakeGroup;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.StoredSearch;
import io.weir.stream.query.visitor.VisitorViews;
import io.weir.stream.session.visitor.VisitorState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitorControllerTest {
  private static final String PATH = "/v1/visitors/a%2Fb?limit=3";

  private final FakeGroup group = new FakeGroup();
  private final VisitorController controller =
      new VisitorController(
          group.routing(),
          new VisitorViews(
              StreamConfig.from(Settings.of(Map.of())).sessionRules(),
              new Scores(10),
              new ClickScores(10),
              UnaryOperator.identity()));

  private final MutableHttpRequest<?> request = HttpRequest.GET(PATH);

  private static StoredSearch storedHere() {
    var visitor = new Lookup.Found(new VisitorState(), Lookup.LIVE);
    return new StoredSearch(Optional.of(visitor), Set.of(), 1);
  }

  @BeforeEach
  void place() {
    group.place(FakeGroup.OWNER);
  }

  @Test
  void callersQuestion_goesToTheOwnerInTheSameWords() {
    controller.visitor(request);

    assertThat(group.asked).containsOnly("owner " + PATH);
  }

  @Test
  void idOfAnAnswer_isLookedForByAll_onceNobodySentIt() {
    String id = "0123456789abcdef".repeat(4);
    group.place(FakeGroup.SELF);
    group.live = new Lookup.Absent(Lookup.LIVE);

    assertThat(controller.visitor(HttpRequest.GET("/v1/visitors/" + id)).code()).isEqualTo(503);
    assertThat(group.asked)
        .containsExactlyInAnyOrder(
            "owner /v1/visitors/" + id + "/stored", "standby /v1/visitors/" + id + "/stored");

    group.asked.clear();
    group.stored = storedHere();
    assertThat(controller.visitor(HttpRequest.GET("/v1/visitors/" + id)).code()).isEqualTo(200);
    assertThat(controller.stored(HttpRequest.GET("/v1/visitors/" + id + "/stored")).code())
        .isEqualTo(200);
    assertThat(group.asked).isEmpty();
  }

  @Test
  void idOfAnAnswer_isFound_whileNobodyCanSayWhetherItWasSent() {
    HttpRequest<?> asked = HttpRequest.GET("/v1/visitors/" + "0123456789abcdef".repeat(4));
    group.stored = new StoredSearch(Optional.empty(), Set.of(0), 1);

    assertThat(controller.visitor(asked).code()).isEqualTo(503);

    group.stored = storedHere();
    assertThat(controller.visitor(asked).code()).isEqualTo(200);
  }

  @Test
  void idOfAnotherForm_isAskedForOnceOnly() {
    group.place(FakeGroup.SELF);
    group.live = new Lookup.Absent(Lookup.LIVE);
    group.stored = storedHere();
    String id = "0123456789abcdef".repeat(4);

    for (String other : List.of("a", id.substring(1), id + "0", id.toUpperCase(Locale.ROOT))) {
      assertThat(controller.visitor(HttpRequest.GET("/v1/visitors/" + other)).code())
          .isEqualTo(404);
    }
    assertThat(
            controller
                .visitor(HttpRequest.GET("/v1/visitors/" + id).header(Forwarder.FORWARDED, "1"))
                .code())
        .isEqualTo(404);
    assertThat(group.asked).isEmpty();
  }

  @Test
  void forwardedQuestion_isNeverForwardedAgain() {
    HttpResponse<?> answer = controller.visitor(request.header(Forwarder.FORWARDED, "1"));

    assertThat(group.asked).isEmpty();
    assertThat(answer.code()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }
}
