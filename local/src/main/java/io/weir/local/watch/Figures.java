package io.weir.local.watch;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/** The few numbers that tell whether the pipeline flows. */
public record Figures(StreamStatus stream, Gold.Counts gold) {

  /** One line for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "accepted %,d   duplicate %,d   rejected %,d   late %,d   lag %,d   sessions %,d   scored %,d",
        stream.accepted(),
        stream.duplicate(),
        stream.rejected(),
        stream.late(),
        stream.lag(),
        gold.sessions(),
        gold.scores());
  }

  /** Reads them from a running platform. */
  public static final class Reader {
    private final StreamStatus.Reader stream;
    private final Gold gold;

    public Reader(Catalogue catalogue) {
      this.stream = new StreamStatus.Reader(catalogue.address(Service.STREAM));
      this.gold = new Gold(catalogue.postgresUrl());
    }

    /** Fails with a message for people when a service does not answer. */
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

  /** A service did not answer; asking again later is fine. */
  public static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
