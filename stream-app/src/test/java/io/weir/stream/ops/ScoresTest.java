package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private final Scores scores = new Scores(2);

  private static Score score(String visitor, long start, double value) {
    var score = new Score();
    score.setSessionKey("key-" + start);
    score.setVisitorId(visitor);
    score.setSessionStart(start);
    score.setConversionScore(value);
    score.setModelName("trees");
    score.setModelVersion("3");
    return score;
  }

  @Test
  void returnScores_areKeptBesideTheOthers() {
    var back = new ReturnScore();
    back.setSessionKey("key-20");
    back.setVisitorId("v");
    back.setSessionStart(20);
    back.setReturnScore(0.4);
    back.setModelName("p_return_7d");
    back.setModelVersion("2");
    scores.add(score("v", 20, 0.2));
    scores.add(back);

    assertThat(scores.of("v").orElseThrow().value()).isEqualTo(0.2);
    assertThat(scores.ofReturn("v").orElseThrow().value()).isEqualTo(0.4);
    assertThat(scores.ofReturn("v").orElseThrow().model()).isEqualTo("p_return_7d 2");

    back.setIsRetracted(true);
    scores.add(back);
    assertThat(scores.ofReturn("v")).isEmpty();
    assertThat(scores.of("v")).isPresent();
  }

  @Test
  void newestSession_wins() {
    scores.add(score("v", 20, 0.2));
    scores.add(score("v", 10, 0.1));

    assertThat(scores.of("v"))
        .hasValueSatisfying(found -> {
          assertThat(found.value()).isEqualTo(0.2);
          assertThat(found.model()).isEqualTo("trees 3");
        });
  }

  @Test
  void revisedSession_getsItsNewScore() {
    scores.add(score("v", 20, 0.2));
    scores.add(score("v", 20, 0.7));

    assertThat(scores.of("v").orElseThrow().value()).isEqualTo(0.7);
  }

  @Test
  void retraction_takesOnlyItsOwnScoreAlong() {
    scores.add(score("v", 20, 0.2));
    Score other = score("v", 10, 0);
    other.setIsRetracted(true);
    scores.add(other);
    assertThat(scores.of("v")).isPresent();

    Score retraction = score("v", 20, 0);
    retraction.setIsRetracted(true);
    scores.add(retraction);

    assertThat(scores.of("v")).isEmpty();
  }

  @Test
  void tooManyVisitors_forgetTheOneUnusedLongest() {
    scores.add(score("a", 1, 0.1));
    scores.add(score("b", 1, 0.1));
    assertThat(scores.of("a")).isPresent();

    scores.add(score("c", 1, 0.1));

    assertThat(scores.of("b")).isEmpty();
    assertThat(scores.of("a")).isPresent();
    assertThat(scores.of("c")).isPresent();
  }
}
