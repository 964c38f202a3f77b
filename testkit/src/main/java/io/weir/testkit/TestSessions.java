package io.weir.testkit;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;

/** Valid sessions; a test changes what matters to it. */
public final class TestSessions {
  /** Wednesday, 1 January 2025, 10:30 UTC. */
  public static final long START = 1_735_727_400_000L;

  private static final long LENGTH = 60_000;

  static {
    // Loading it makes Avro trust the contract's classes.
    var _ = AvroSerde.session();
  }

  private TestSessions() {}

  /** A session of three page views in a minute, in its first revision. */
  public static Session.Builder session(String visitor, int number) {
    return Session.newBuilder()
        .setSessionKey(visitor + "-" + number)
        .setRevision(0)
        .setVisitorId(visitor)
        .setStartTime(START)
        .setEndTime(START + LENGTH)
        .setDurationMs(LENGTH)
        .setEvents(3)
        .setVisitorSessionNumber(number)
        .setFeatures(inputs().build());
  }

  /** What the features of that session are computed from. */
  public static FeatureInputs.Builder inputs() {
    return FeatureInputs.newBuilder().setEvents(3).setPageViews(3).setDurationMs(LENGTH);
  }
}
