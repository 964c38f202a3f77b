package io.weir.stream.query.visitor;

import static io.weir.stream.query.visitor.FakeGroup.OWNER;
import static io.weir.stream.query.visitor.FakeGroup.SELF;
import static io.weir.stream.query.visitor.FakeGroup.STANDBY;
import static io.weir.stream.query.visitor.FakeGroup.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.query.cluster.PeerClient;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.VisitorRouting.Reply;
import io.weir.stream.session.visitor.VisitorState;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorRoutingTest {
  private static final String PATH = "/v1/visitors/a%2Fb?limit=3";

  private final FakeGroup group = new FakeGroup();

  private Reply ask() {
    return group.routing().reply("a/b", PATH);
  }

  private static PeerAnswer peer(int status, String staleness) {
    return new PeerAnswer(status, "application/json", Optional.of(staleness), "there");
  }

  private static void assertUnavailable(Reply reply) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Local.class,
            local -> assertThat(local.lookup()).isInstanceOf(Lookup.Unavailable.class));
  }

  @Test
  void ownVisitor_isAnsweredFromHere() {
    group.live = found(Lookup.LIVE);

    assertThat(ask()).isEqualTo(new Reply.Local(group.live));
    assertThat(group.asked).isEmpty();
  }

  @Test
  void ownVisitorThatDoesNotExist_isAbsent() {
    group.live = new Lookup.Absent(Lookup.LIVE);

    assertThat(ask()).isEqualTo(new Reply.Local(new Lookup.Absent(Lookup.LIVE)));
  }

  @Test
  void othersVisitor_isForwardedAsItWasAsked() {
    group.place(OWNER);
    var answer = new PeerAnswer(404, "text/x", Optional.empty(), "ä");
    group.answers.put(OWNER, answer);

    assertThat(ask()).isEqualTo(new Reply.Remote(answer));
    assertThat(group.asked).containsExactly("owner " + PATH);
  }

  @Test
  void forwardedQuery_isNeverForwardedAgain() {
    group.place(OWNER, STANDBY);

    Reply reply = group.routing().replyForwarded("a/b");

    assertThat(group.asked).isEmpty();
    assertUnavailable(reply);
  }

  @Test
  void deadOwner_isAskedTwiceThenTheStandby() {
    group.place(OWNER, STANDBY);
    group.answers.put(STANDBY, peer(200, "lag=4"));

    Reply reply = ask();

    assertThat(group.asked).containsExactly("owner " + PATH, "owner " + PATH, "standby " + PATH);
    assertThat(reply).isEqualTo(new Reply.Remote(peer(200, "lag=4")));
  }

  @Test
  void deadOwnerAndOwnCopy_isAnsweredFromTheCopyWithItsLag() {
    group.place(OWNER, STANDBY, SELF);
    group.copy = found(12);

    assertThat(ask()).isEqualTo(new Reply.Local(group.copy));
  }

  @Test
  void ownPartitionThatIsRestored_isAnsweredByTheStandby() {
    group.place(SELF, STANDBY);
    group.answers.put(STANDBY, peer(200, "lag=0"));

    assertThat(ask()).isEqualTo(new Reply.Remote(peer(200, "lag=0")));
    assertThat(group.asked).containsExactly("standby " + PATH);
  }

  @Test
  void nobodyAnswers_isUnavailableNeverAbsent() {
    group.place(OWNER, STANDBY);

    assertUnavailable(ask());
  }

  private Reply askStored() {
    return group.routing().replyStored("f0", "/stored");
  }

  private static StoredSearch copyFound(long lag) {
    return new StoredSearch(Optional.of(new Lookup.Found(new VisitorState(), lag)), Set.of(), 2);
  }

  private static PeerAnswer without(int status, Integer... searched) {
    return new PeerAnswer(status, "x/y", Optional.empty(), "none", Set.of(searched));
  }

  private static PeerAnswer live() {
    return new PeerAnswer(200, "application/json", Optional.empty(), "live");
  }

  @Test
  void storedId_isLookedForHereFirst() {
    group.stored = copyFound(Lookup.LIVE);

    assertThat(askStored()).isEqualTo(new Reply.Local(group.stored.lookup()));
    assertThat(group.asked).isEmpty();
  }

  @Test
  void storedId_isLookedForByAllOthers() {
    group.answers.put(OWNER, without(404, 1));
    group.answers.put(STANDBY, live());

    assertThat(askStored()).isEqualTo(new Reply.Remote(live()));
    assertThat(group.asked).contains("standby /stored");
  }

  @Test
  void storedIdInACopy_isTheReplyIfNobodyHasTheLiveVisitor() {
    group.answers.put(OWNER, without(404, 1));
    group.answers.put(STANDBY, peer(200, "lag=4"));
    assertThat(askStored()).isEqualTo(new Reply.Remote(peer(200, "lag=4")));

    group.stored = copyFound(9);
    group.answers.remove(STANDBY);
    assertThat(askStored()).isEqualTo(new Reply.Local(group.stored.lookup()));

    group.answers.put(OWNER, live());
    assertThat(askStored()).isEqualTo(new Reply.Remote(live()));
  }

  @Test
  void storedId_isAbsentIfAllPartitionsAreSearched() {
    group.answers.put(OWNER, without(404, 1));

    assertThat(askStored()).isEqualTo(new Reply.Local(new Lookup.Absent(Lookup.LIVE)));
  }

  @Test
  void storedIdInAPartitionThatNobodySearched_isUnavailable() {
    group.answers.put(OWNER, without(404, 0));
    group.answers.put(STANDBY, without(404));
    assertUnavailable(askStored());

    group.stored = new StoredSearch(Optional.empty(), Set.of(), 0);
    assertUnavailable(askStored());
  }

  /** An older instance does not know the question, and its 404 names no partition. */
  @ParameterizedTest
  @ValueSource(ints = {400, 404, 413, 500})
  void storedId_isNotRuledOutByAnotherAnswer(int status) {
    group.answers.put(OWNER, status == 404 ? without(404) : without(status, 1));
    group.answers.put(STANDBY, without(404, 0));

    assertUnavailable(askStored());
  }

  @Test
  @Timeout(30)
  void storedIdThatAnInstanceHas_waitsForNoOther() {
    var never = new CountDownLatch(1);
    PeerClient peers =
        (peer, _) -> {
          if (peer.equals(STANDBY)) {
            return Optional.of(live());
          }
          try {
            never.await(1, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        };

    Reply reply = new VisitorRouting(group, group, peers).replyStored("f0", "/stored");

    assertThat(reply).isEqualTo(new Reply.Remote(live()));
  }

  @Test
  void undecidedGroup_isUnavailable() {
    group.owners = Optional.empty();

    assertUnavailable(ask());
    assertUnavailable(group.routing().replyForwarded("a/b"));
  }
}
