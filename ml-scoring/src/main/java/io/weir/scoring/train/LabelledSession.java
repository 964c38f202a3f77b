package io.weir.scoring.train;

import io.weir.contract.avro.Session;
import io.weir.scoring.feature.SessionFeatures;

/** The parts of a session's newest revision that training keeps. */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
record LabelledSession(
    String visitor, int revision, boolean isUsable, boolean isConverted, float[] vector) {

  /**
   * The labelled session. Bots and retracted sessions are kept only because they outdate earlier
   * revisions.
   */
  static LabelledSession of(Session session) {
    boolean isUsable = !session.getIsBot() && !session.getIsRetracted();
    return new LabelledSession(
        session.getVisitorId(),
        session.getRevision(),
        isUsable,
        session.getIsConverted(),
        isUsable ? SessionFeatures.of(session).values() : new float[0]);
  }
}
