package io.weir.stream.session;

import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.goal.Goal;
import io.weir.stream.session.goal.Goals;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsTest {
  private static final long MINUTE = 60_000;

  private final List<Session> emitted = new ArrayList<>();
  private VisitorState state = new VisitorState();

  private static Sessionizer with(String... goalsOfPageViews) {
    var goals = new ArrayList<Goal>();
    for (String name : goalsOfPageViews) {
      goals.add(new Goal(name, "page_view", null, null, null, Map.of(), 0, null));
    }
    return new Sessionizer(Events.RULES.with(new Goals(goals)));
  }

  private void accept(Sessionizer sessionizer, EnrichedEvent event) {
    sessionizer.accept(state, event, Watermark.NONE);
    state = VisitorStateCodec.decode(VisitorStateCodec.encode(state));
  }

  private List<GoalCounts> goals(Sessionizer sessionizer, long watermark) {
    sessionizer.settle("visitor", state, watermark, emitted::add);
    return emitted.getLast().getGoals();
  }

  private static GoalCounts count(String goal, int events) {
    return new GoalCounts(goal, events, Map.of());
  }

  /** Goals are decided when an event arrives. */
  @Test
  void openSessionWhenTheFileChanges_keepsWhatItHasFulfilled() {
    accept(with("before", "both"), Events.pageView("a", T0));
    accept(with("both", "after"), Events.pageView("b", T0 + MINUTE));

    assertThat(goals(with("both", "after"), T0 + 60 * MINUTE))
        .containsExactly(count("after", 1), count("before", 1), count("both", 2));
  }

  @Test
  void closedSessionThatIsMergedAfterTheFileHasChanged_keepsWhatItHasFulfilled() {
    accept(with("before"), Events.pageView("a", T0));
    accept(with("before"), Events.pageView("b", T0 + 50 * MINUTE));
    assertThat(goals(with("before"), T0 + 200 * MINUTE)).containsExactly(count("before", 1));

    accept(with("after"), Events.pageView("c", T0 + 25 * MINUTE));

    assertThat(goals(with("after"), T0 + 200 * MINUTE + 1))
        .containsExactly(count("after", 1), count("before", 2));
    assertThat(emitted).filteredOn(Session::getIsRetracted).hasSize(1);
  }

  /** The state of a version that had no goals. */
  @Test
  void olderState_isRead() {
    Sessionizer without = with();
    without.accept(state, Events.pageView("a", T0), Watermark.NONE);
    without.accept(state, Events.purchase("b", T0 + MINUTE, 10_000), Watermark.NONE);
    byte[] bytes = VisitorStateCodec.encode(state);
    assertThat(bytes[0]).isEqualTo((byte) 11);
    bytes[0] = 7;

    state = VisitorStateCodec.decode(bytes);
    accept(with("seen"), Events.pageView("c", T0 + 2 * MINUTE));

    assertThat(goals(with("seen"), T0 + 60 * MINUTE)).containsExactly(count("seen", 1));
    assertThat(emitted.getLast().getEvents()).isEqualTo(3);
  }

  @Test
  void eventWithoutAValue_hasNone_andOneBelowZeroNeither() {
    EnrichedEvent signUp = Events.event("a", "sign_up", T0);
    signUp.setValueE4(-5L);
    EnrichedEvent paid = Events.event("b", "sign_up", T0 + 1);
    paid.setValueE4(70_000L);
    paid.setCurrency("EUR");
    var goal = new Goal("signed_up", "sign_up", null, null, null, Map.of(), 0, null);
    var sessionizer = new Sessionizer(Events.RULES.with(new Goals(List.of(goal))));
    accept(sessionizer, signUp);
    accept(sessionizer, paid);

    assertThat(goals(sessionizer, T0 + 60 * MINUTE))
        .containsExactly(new GoalCounts("signed_up", 2, Map.of("EUR", 70_000L)));
  }

  @Test
  void reloadedPageOfThanks_fulfilsNoGoalAgain() {
    var goal = new Goal("bought", "purchase", null, null, null, Map.of(), 0, null);
    var sessionizer = new Sessionizer(Events.RULES.with(new Goals(List.of(goal))));
    accept(sessionizer, Events.order("again", T0 + MINUTE, 20_000, "order-1"));
    accept(sessionizer, Events.order("first", T0, 20_000, "order-1"));
    accept(sessionizer, Events.order("other", T0 + MINUTE, 10_000, "order-2"));

    assertThat(goals(sessionizer, T0 + 60 * MINUTE))
        .containsExactly(new GoalCounts("bought", 2, Map.of("EUR", 30_000L)));
  }
}
