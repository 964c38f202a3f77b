package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.weir.contract.avro.Session;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.serve.VisitorSessions.Open;
import org.jspecify.annotations.Nullable;

/**
 * The score of the session that a visitor has open.
 *
 * @param isConverted whether the session has a purchase: the score is as of just before it then
 * @param score null if there is no such session
 * @param problem why there is none; null if there is a score
 * @param isUnavailable whether stream-app cannot say now: there may be a session, ask again
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record VisitorScore(
    @JsonProperty("visitor_id") String visitorId,
    @JsonProperty("session_key") @Nullable String sessionKey,
    @JsonProperty("is_converted") boolean isConverted,
    @JsonProperty("score") @Nullable ScoreAnswer score,
    @JsonProperty("problem") @Nullable String problem,
    @JsonProperty("is_unavailable") boolean isUnavailable) {

  static VisitorScore of(LoadedModel model, Open open, int reasons) {
    Session session = open.session();
    return session == null
        ? new VisitorScore(open.visitor(), null, false, null, open.problem(), open.isUnavailable())
        : new VisitorScore(
            open.visitor(),
            session.getSessionKey(),
            session.getIsConverted(),
            ScoreAnswer.of(model, SessionScorer.openVector(model, session), reasons),
            null,
            false);
  }
}
