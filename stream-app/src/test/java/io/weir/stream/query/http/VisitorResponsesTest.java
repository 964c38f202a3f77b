package io.weir.stream.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpResponse;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.FakeGroup;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.StoredSearch;
import io.weir.stream.query.visitor.VisitorQuery;
import io.weir.stream.query.visitor.VisitorRouting.Reply;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VisitorResponsesTest {
  private static final VisitorQuery HERE =
      new VisitorQuery("a/b", _ -> Optional.of("here"), "no visitor a/b");

  private static HttpResponse<?> response(Lookup lookup) {
    return VisitorResponses.of(new Reply.Local(lookup), HERE);
  }

  @Test
  void visitorFound_isShownWithoutStaleness() {
    HttpResponse<?> response = response(FakeGroup.found(Lookup.LIVE));

    assertThat(response.code()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("here");
    assertThat(response.header(Forwarder.STALENESS)).isNull();
  }

  @Test
  void copyFound_saysHowFarItIsBehind() {
    HttpResponse<?> response = response(FakeGroup.found(12));

    assertThat(response.body()).isEqualTo("here");
    assertThat(response.header(Forwarder.STALENESS)).isEqualTo("lag=12");
  }

  @Test
  void visitorAbsent_is404() {
    assertThat(response(new Lookup.Absent(Lookup.LIVE)).code()).isEqualTo(404);
  }

  @Test
  void searchWithoutTheVisitor_namesThePartitions() {
    var search = new StoredSearch(Optional.empty(), Set.of(11, 2), 20);

    HttpResponse<?> response = VisitorResponses.of(search, HERE);

    assertThat(response.code()).isEqualTo(404);
    assertThat(response.header(Forwarder.SEARCHED)).isEqualTo("2,11");
  }

  @Test
  void viewWithoutAnswer_is404() {
    var query = new VisitorQuery("a/b", _ -> Optional.empty(), "no session");

    HttpResponse<?> response =
        VisitorResponses.of(new Reply.Local(FakeGroup.found(Lookup.LIVE)), query);

    assertThat(response.code()).isEqualTo(404);
  }

  @Test
  void visitorUnavailable_isToComeBack() {
    HttpResponse<?> response = response(new Lookup.Unavailable("moving"));

    assertThat(response.code()).isEqualTo(503);
    assertThat(response.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void peersAnswer_isPassedOnAsItIs() {
    var answer = new PeerAnswer(404, "text/x", Optional.of("lag=4"), "ä");

    HttpResponse<?> response = VisitorResponses.of(new Reply.Remote(answer), HERE);

    assertThat(response.code()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("ä".getBytes(UTF_8));
    assertThat(response.getContentType().orElseThrow()).hasToString("text/x");
    assertThat(response.header(Forwarder.STALENESS)).isEqualTo("lag=4");
  }
}
