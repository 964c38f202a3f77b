package io.weir.stream.session.sums;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static io.weir.stream.session.Events.event;
import static io.weir.stream.session.Events.pageView;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.rules.BotRules;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BehaviourTest {
  private static final long SECOND = 1_000;

  private final Random random = new Random(7);

  private static Session session(List<EnrichedEvent> events, SessionRules rules) {
    var sessionizer = new Sessionizer(rules);
    var state = new VisitorState();
    events.forEach(event -> sessionizer.accept(state, event, Watermark.NONE));
    var sessions = new ArrayList<Session>();
    sessionizer.settle("visitor", state, Long.MAX_VALUE, sessions::add);
    return sessions.getFirst();
  }

  private static Session session(List<EnrichedEvent> events) {
    return session(events, RULES);
  }

  /** Irregular views, on a small site. */
  private List<EnrichedEvent> person(int views) {
    var events = new ArrayList<EnrichedEvent>();
    long time = T0;
    for (int i = 0; i < views; i++) {
      EnrichedEvent view = pageView("view" + i, time);
      view.setUrlPath("/page" + random.nextInt(20));
      events.add(view);
      time += 2 * SECOND + random.nextLong(60 * SECOND);
    }
    return events;
  }

  @Test
  void irregularViewsOfKnownPages_areAPersons() {
    Session session = session(person(300));

    assertThat(session.getIsBot()).isFalse();
    assertThat(session.getBotReason()).isNull();
  }

  @Test
  void agentOfAProgram_isTheReason() {
    List<EnrichedEvent> events = person(3);
    events.get(1).setIsBot(true);

    Session session = session(events);

    assertThat(session.getIsBot()).isTrue();
    assertThat(session.getBotReason()).isEqualTo("agent");
  }

  @Test
  void moreDeedsInAMinuteThanAllowed_areAPrograms() {
    var events = new ArrayList<EnrichedEvent>();
    for (int i = 0; i < RULES.bots().eventsPerMinute() + 1; i++) {
      events.add(event("search" + i, "search", T0 + i * 400L + random.nextInt(100)));
    }

    assertThat(session(events).getBotReason()).isEqualTo("rate");
    events.removeLast();
    assertThat(session(events).getBotReason()).isNull();
  }

  @Test
  void pingsAndImpressions_areNoDeeds() {
    List<EnrichedEvent> events = person(5);
    for (int i = 0; i < 500; i++) {
      events.add(event("ping" + i, i % 2 == 0 ? "page_ping" : "ad_impression", T0 + i * 100L));
    }

    assertThat(session(events).getBotReason()).isNull();
  }

  @Test
  void viewsInEqualSteps_areAPrograms() {
    List<EnrichedEvent> events = person(RULES.bots().steadyViews());
    for (int i = 0; i < events.size(); i++) {
      events.get(i).setEventTime(T0 + i * (15 * SECOND) + random.nextLong(SECOND));
    }

    assertThat(session(events).getBotReason()).isEqualTo("rhythm");
    events.removeLast();
    assertThat(session(events).getBotReason()).isNull();
  }

  @Test
  void neverTheSamePageTwice_isAProgram() {
    List<EnrichedEvent> events = person(RULES.bots().distinctViews());
    for (int i = 0; i < events.size(); i++) {
      events.get(i).setUrlPath("/item/" + i);
    }

    assertThat(session(events).getBotReason()).isEqualTo("pages");
    events.getLast().setUrlPath("/item/0");
    assertThat(session(events).getBotReason()).isNull();
  }

  @Test
  void rulesSwitchedOff_markNobody() {
    var events = new ArrayList<EnrichedEvent>();
    for (int i = 0; i < 500; i++) {
      events.add(pageView("view" + i, T0 + i * 100L));
    }
    var rules =
        new SessionRules(
            RULES.gap(),
            RULES.grace(),
            RULES.allowedLateness(),
            Duration.ofHours(24),
            10_000,
            Duration.ofDays(30),
            RULES.visitorMaxBytes(),
            SessionRules.Splits.NONE,
            BotRules.NONE,
            RULES.goals(),
            0);

    assertThat(session(events, rules).getIsBot()).isFalse();
  }
}
