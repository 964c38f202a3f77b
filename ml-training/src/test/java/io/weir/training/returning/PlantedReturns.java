package io.weir.training.returning;

import io.weir.contract.avro.Session;
import io.weir.testkit.TestSessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sessions of which those with many page views are followed by another one far more often. */
public final class PlantedReturns {
  public static final long HOUR = 3_600_000;
  public static final long DAY = 24 * HOUR;
  private static final int DAYS = 40;

  private PlantedReturns() {}

  public static List<Session> planted(int visitors, Random random) {
    var sessions = new ArrayList<Session>();
    for (int visitor = 0; visitor < visitors; visitor++) {
      long start = TestSessions.START + random.nextLong(DAYS * DAY);
      for (int number = 1; start < TestSessions.START + DAYS * DAY; number++) {
        boolean isEager = random.nextInt(3) == 0;
        Session session = session("v" + visitor, number, start, isEager ? 9 : 2);
        sessions.add(session);
        if (random.nextDouble() >= (isEager ? 0.8 : 0.1)) {
          break;
        }
        start = session.getEndTime() + HOUR + random.nextLong(6 * DAY);
      }
    }
    return sessions;
  }

  /** A session of a minute. */
  public static Session session(String visitor, int number, long start, int pageViews) {
    return TestSessions.session(visitor, number)
        .setStartTime(start)
        .setEndTime(start + 60_000)
        .setEvents(pageViews + 1)
        .setPageViews(pageViews)
        .build();
  }
}
