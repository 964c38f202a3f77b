package io.weir.stream.query.visitor;

import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.PeerAnswer;

import static io.weir.stream.query.visitor.FakeGroup.OWNER;
import static io.weir.stream.query.visitor.FakeGroup.SELF;
import static io.weir.stream.query.visitor.FakeGroup.STANDBY;
import static io.weir.stream.query.visitor.FakeGroup.found;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VisitorRoutingTest {
  private static final String PATH = "/v1/visitors/a%2Fb?limit=3";

  private final FakeGroup group = new FakeGroup();

  private HttpResponse<?> ask() {
    return answer(HttpRequest.GET(PATH));
  }

  private HttpResponse<?> answer(HttpRequest<?> request) {
    return group
        .routing()
        .answer(request, new VisitorQuery("a/b", _ -> Optional.of("here"), "no visitor a/b"));
  }

  private static PeerAnswer peer(int status, String staleness) {
    return new PeerAnswer(status, "application/json", Optional.of(staleness), "there");
  }

  @Test
  void ownVisitor_isAnsweredFromHere() {
    group.live = found(Lookup.LIVE);

    HttpResponse<?> answer = ask();

    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("here");
    assertThat(answer.header(Forwarder.STALENESS)).isNull();
    assertThat(group.asked).isEmpty();
  }

  @Test
  void ownVisitorThatDoesNotExist_is404() {
    group.live = new Lookup.Absent(Lookup.LIVE);

    assertThat(ask().code()).isEqualTo(404);
  }

  @Test
  void othersVisitor_isForwardedAsItWasAsked() {
    group.place(OWNER);
    group.answers.put(OWNER, new PeerAnswer(404, "text/x", Optional.empty(), "ä"));

    HttpResponse<?> answer = ask();

    assertThat(group.asked).containsExactly("owner " + PATH);
    assertThat(answer.code()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("ä".getBytes(UTF_8));
    assertThat(answer.getContentType().orElseThrow()).hasToString("text/x");
  }

  @Test
  void forwardedQuery_isNeverForwardedAgain() {
    group.place(OWNER, STANDBY);

    HttpResponse<?> answer = answer(HttpRequest.GET(PATH).header(Forwarder.FORWARDED, "1"));

    assertThat(group.asked).isEmpty();
    assertThat(answer.code()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void deadOwner_isAskedTwiceThenTheStandby() {
    group.place(OWNER, STANDBY);
    group.answers.put(STANDBY, peer(200, "lag=4"));

    HttpResponse<?> answer = ask();

    assertThat(group.asked).containsExactly("owner " + PATH, "owner " + PATH, "standby " + PATH);
    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.header(Forwarder.STALENESS)).isEqualTo("lag=4");
  }

  @Test
  void deadOwnerAndOwnCopy_isAnsweredFromTheCopyWithItsLag() {
    group.place(OWNER, STANDBY, SELF);
    group.copy = found(12);

    HttpResponse<?> answer = ask();

    assertThat(answer.body()).isEqualTo("here");
    assertThat(answer.header(Forwarder.STALENESS)).isEqualTo("lag=12");
  }

  @Test
  void ownPartitionThatIsRestored_isAnsweredByTheStandby() {
    group.place(SELF, STANDBY);
    group.answers.put(STANDBY, peer(200, "lag=0"));

    assertThat(ask().header(Forwarder.STALENESS)).isEqualTo("lag=0");
    assertThat(group.asked).containsExactly("standby " + PATH);
  }

  @Test
  void nobodyAnswers_isToComeBackNever404() {
    group.place(OWNER, STANDBY);

    assertThat(ask().code()).isEqualTo(503);
  }

  @Test
  void undecidedGroup_isToComeBack() {
    group.placement = Optional.empty();

    assertThat(ask().code()).isEqualTo(503);
    assertThat(ask().header("Retry-After")).isEqualTo("1");
  }
}
