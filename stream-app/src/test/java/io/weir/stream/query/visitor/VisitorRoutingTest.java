package io.weir.stream.query.visitor;

import static io.weir.stream.query.visitor.FakeGroup.OWNER;
import static io.weir.stream.query.visitor.FakeGroup.SELF;
import static io.weir.stream.query.visitor.FakeGroup.STANDBY;
import static io.weir.stream.query.visitor.FakeGroup.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.VisitorRouting.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  @Test
  void storedId_isLookedForHereFirst() {
    group.stored = found(Lookup.LIVE);

    assertThat(askStored()).isEqualTo(new Reply.Local(group.stored));
    assertThat(group.asked).isEmpty();
  }

  @Test
  void storedId_isLookedForByAllOthers() {
    var none = new PeerAnswer(404, "application/problem+json", Optional.empty(), "none");
    group.answers.put(OWNER, none);
    group.answers.put(STANDBY, peer(200, "lag=0"));

    assertThat(askStored()).isEqualTo(new Reply.Remote(peer(200, "lag=0")));
    assertThat(group.asked).containsExactlyInAnyOrder("owner /stored", "standby /stored");

    group.answers.put(STANDBY, none);
    assertThat(askStored()).isEqualTo(new Reply.Local(new Lookup.Absent(Lookup.LIVE)));
  }

  @Test
  void storedIdThatAnInstanceMayHave_isUnavailableNeverAbsent() {
    group.answers.put(
        OWNER, new PeerAnswer(404, "application/problem+json", Optional.empty(), "none"));

    assertUnavailable(askStored());

    group.answers.put(STANDBY, group.answers.get(OWNER));
    group.stored = new Lookup.Unavailable("moving");
    assertUnavailable(askStored());
  }

  @Test
  void undecidedGroup_isUnavailable() {
    group.owners = Optional.empty();

    assertUnavailable(ask());
    assertUnavailable(group.routing().replyForwarded("a/b"));
  }
}
