package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static io.weir.stream.session.Events.pageView;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application that takes over from another one numbers its rows above those of the other. */
class FirstRevisionTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final VisitorState state = new VisitorState();
  private final List<Session> emitted = new ArrayList<>();

  @Test
  void rowsBeginWithIt_andSessionsKeepTheirs() {
    var first = new Sessionizer(from(1_000_000));
    first.accept(state, pageView("a", T0), T0);
    first.settle("visitor", state, T0 + DAY / 2, emitted::add);
    var next = new Sessionizer(from(0));
    next.accept(state, pageView("b", T0 + 1), T0 + DAY / 2);
    next.settle("visitor", state, T0 + DAY / 2, emitted::add);

    assertThat(emitted).extracting(Session::getRevision).containsExactly(1_000_000, 1_000_001);
  }

  private static SessionRules from(int firstRevision) {
    return new SessionRules(
        RULES.gap(),
        RULES.grace(),
        RULES.allowedLateness(),
        RULES.maxDuration(),
        RULES.maxEvents(),
        RULES.visitorMemory(),
        RULES.visitorMaxBytes(),
        RULES.splits(),
        RULES.bots(),
        RULES.goals(),
        firstRevision);
  }
}
