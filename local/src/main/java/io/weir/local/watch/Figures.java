package io.weir.local.watch;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** The few numbers that tell whether the pipeline flows. */
public record Figures(StreamStatus stream, Gold.Counts gold) {

  private static final String BETWEEN = "   ";

  /** All figures on one line for people. */
  public String line() {
    return line(Integer.MAX_VALUE);
  }

  /** As many figures as fit into that many columns, the most important first. */
  public String line(int width) {
    var line = new StringBuilder();
    for (String figure : texts()) {
      String next = line.isEmpty() ? figure : BETWEEN + figure;
      if (line.length() + next.length() > width) {
        break;
      }
      line.append(next);
    }
    return line.toString();
  }

  private List<String> texts() {
    return List.of(
        text("accepted", stream.accepted()),
        text("sessions", gold.sessions()),
        text("scored", gold.scores()),
        text("lag", stream.lag()),
        text("rejected", stream.rejected()),
        text("duplicate", stream.duplicate()),
        text("late", stream.late()));
  }

  private static String text(String name, long number) {
    return String.format(Locale.ROOT, "%s %,d", name, number);
  }

  /** Reads the figures from a running platform. */
  public static final class Reader {
    private final StreamStatus.Reader stream;
    private final Gold gold;

    public Reader(Catalogue catalogue) {
      this.stream = new StreamStatus.Reader(catalogue.address(Service.STREAM));
      this.gold = new Gold(catalogue.postgresUrl());
    }

    /** Reads the figures; fails with a message for people if a service does not answer. */
    public Figures read() throws UnavailableException, InterruptedException {
      try {
        return new Figures(stream.read(), gold.counts());
      } catch (IOException e) {
        throw new UnavailableException("stream-app does not answer: " + e, e);
      } catch (SQLException e) {
        throw new UnavailableException("PostgreSQL does not answer: " + e.getMessage(), e);
      }
    }
  }

  /** A service that did not answer; a later attempt may succeed. */
  public static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
