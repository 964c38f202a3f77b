package io.weir.stream.query.overview;

import io.weir.contract.avro.Session;
import io.weir.stream.query.visitor.SessionAnswer;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/** The order of a list of open sessions, by what comes first. */
public enum OpenOrder {
  NEWEST,
  OLDEST,
  LONGEST,
  EVENTS;

  Comparator<Session> ofSessions() {
    return Comparator.<Session>comparingLong(
            s -> rank(s.getStartTime(), s.getDurationMs(), s.getEvents()))
        .thenComparing(Session::getSessionKey);
  }

  Comparator<SessionAnswer> ofAnswers() {
    return Comparator.<SessionAnswer>comparingLong(
            s -> rank(Instant.parse(s.start()).toEpochMilli(), s.durationMs(), s.events()))
        .thenComparing(SessionAnswer::sessionKey);
  }

  private long rank(long start, long duration, int events) {
    return switch (this) {
      case NEWEST -> -start;
      case OLDEST -> start;
      case LONGEST -> -duration;
      case EVENTS -> -events;
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
