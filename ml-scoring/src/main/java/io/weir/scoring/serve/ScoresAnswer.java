package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.weir.contract.avro.Session;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.LoadedModel;
import java.util.List;

/** The scores of sessions in the order of the request. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record ScoresAnswer(List<ScoreAnswer> scores) {

  static ScoresAnswer of(LoadedModel model, List<Session> sessions, int reasons) {
    return new ScoresAnswer(
        sessions.stream()
            .map(each -> ScoreAnswer.of(model, SessionScorer.vector(model, each), reasons))
            .toList());
  }
}
