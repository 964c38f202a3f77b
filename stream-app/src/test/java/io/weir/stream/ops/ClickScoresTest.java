package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.ClickScore;
import io.weir.process.Settings;
import io.weir.stream.StreamConfig;
import io.weir.stream.query.visitor.VisitorAnswer;
import io.weir.stream.query.visitor.VisitorViews;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.visitor.VisitorState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClickScoresTest {
  private final ClickScores scores = new ClickScores(2);

  private static ClickScore score(String visitor, String event, double value) {
    var score = new ClickScore();
    score.setEventId(event);
    score.setVisitorId(visitor);
    score.setClickScore(value);
    score.setModelName("p_click");
    score.setModelVersion("3");
    score.setScoredAt(1_000);
    return score;
  }

  @Test
  void laterScore_replacesTheOne_ofItsVisitorOnly() {
    scores.add(score("v", "e", 0.1));
    scores.add(score("v", "e", 0.2));

    assertThat(scores.of("v", Hash64.of("e")).orElseThrow().value()).isEqualTo(0.2);
    assertThat(scores.of("w", Hash64.of("e"))).isEmpty();
  }

  @Test
  void oldestImpressions_areForgotten() {
    scores.add(score("v", "e1", 0.1));
    scores.add(score("v", "e2", 0.2));
    scores.add(score("v", "e3", 0.3));

    assertThat(scores.of("v", Hash64.of("e1"))).isEmpty();
    assertThat(scores.of("v", Hash64.of("e2"))).isPresent();
  }

  @Test
  void timeline_showsTheScoreOfTheImpressionItIsOf() {
    var state = new VisitorState();
    var sessionizer = new Sessionizer(Events.RULES);
    for (String event : new String[] {"first", "second"}) {
      sessionizer.accept(
          state, Events.ad(event, "ad_impression", Events.T0, "ad of " + event), Events.T0);
    }
    scores.add(score("pseudonym of v", "second", 0.25));
    var views =
        new VisitorViews(
            StreamConfig.from(Settings.of(Map.of())).sessionRules(),
            new Scores(10),
            scores,
            visitor -> "pseudonym of " + visitor);

    var answer = (VisitorAnswer) views.visitor("v").view().apply(state).orElseThrow();

    assertThat(answer.timeline())
        .filteredOn(each -> "ad of second".equals(each.ad()))
        .extracting(VisitorAnswer.Event::clickScore)
        .containsExactly(
            new VisitorAnswer.ClickScoreAnswer(0.25, "p_click 3", "1970-01-01T00:00:01Z"));
    assertThat(answer.timeline())
        .filteredOn(each -> "ad of first".equals(each.ad()))
        .extracting(VisitorAnswer.Event::clickScore)
        .containsOnlyNulls();
  }
}
