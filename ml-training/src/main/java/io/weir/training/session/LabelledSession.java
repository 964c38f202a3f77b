package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import org.jspecify.annotations.Nullable;

/**
 * A session with its outcome and the features as of just before it.
 *
 * @param end the time of its last event: from then on, its outcome is known
 * @param campaign and landing: the keys of its rates
 * @param isUsable false for bots and retracted sessions, which only outdate earlier revisions, and
 *     for sessions without an event before the outcome
 * @param isEmpty whether only the lack of such an event makes it unusable
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record LabelledSession(
    String visitor,
    int revision,
    long start,
    long end,
    @Nullable String campaign,
    @Nullable String landing,
    boolean isUsable,
    boolean isEmpty,
    boolean isConverted,
    float[] vector) {
  private static final float[] NOTHING = {};

  /**
   * The session with the rates that it sees.
   *
   * @param rates {@link SessionRates#NONE} if they are not known yet
   */
  public static LabelledSession of(Session session, SessionRates rates) {
    boolean isWanted = !session.getIsBot() && !session.getIsRetracted();
    // A session that begins with its purchase has no event before it: the count of zero would tell
    // the outcome.
    boolean isEmpty = isWanted && session.getFeatures().getEvents() == 0;
    boolean isUsable = isWanted && !isEmpty;
    return new LabelledSession(
        session.getVisitorId(),
        session.getRevision(),
        session.getStartTime(),
        session.getEndTime(),
        SessionRates.campaign(session),
        SessionRates.landing(session),
        isUsable,
        isEmpty,
        session.getIsConverted(),
        isUsable ? SessionFeatures.of(session, rates.of(session)).values() : NOTHING);
  }
}
