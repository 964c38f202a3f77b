package io.weir.scoring.train;

import io.weir.contract.avro.Session;
import io.weir.scoring.feature.SessionFeatures;

/** What training keeps of the newest revision of a session. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a list would box
record LabelledSession(
    String visitor, int revision, boolean isUsable, boolean isConverted, float[] vector) {

  /** Bots and retracted sessions are kept only to outdate earlier revisions. */
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
