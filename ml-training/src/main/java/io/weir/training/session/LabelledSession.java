package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;

/**
 * A session with its outcome and the features as of just before it.
 *
 * @param isUsable false for bots and retracted sessions, which only outdate earlier revisions
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
record LabelledSession(
    String visitor,
    int revision,
    long start,
    boolean isUsable,
    boolean isConverted,
    float[] vector) {
  private static final float[] NOTHING = {};

  static LabelledSession of(Session session) {
    boolean isUsable = !session.getIsBot() && !session.getIsRetracted();
    return new LabelledSession(
        session.getVisitorId(),
        session.getRevision(),
        session.getStartTime(),
        isUsable,
        session.getIsConverted(),
        isUsable ? SessionFeatures.of(session).values() : NOTHING);
  }
}
