package io.weir.local.command;

import io.weir.local.archive.ArchiveProcess;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.terminal.Bar;
import io.weir.local.terminal.Display;
import io.weir.local.watch.Figures;
import io.weir.local.watch.Gold;
import io.weir.local.watch.HistoryProgress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The view of a running demo: the progress of the history, then the figures of the live traffic.
 */
final class LiveView {
  private static final String HISTORY = "24 h of traffic";
  private static final String LIVE = "live   ";
  private static final Duration HISTORY_REPAINT = Duration.ofMillis(500);
  private static final Duration REPAINT = Duration.ofSeconds(2);
  private static final Duration HISTORY_LINE = Duration.ofSeconds(3);
  private static final Duration NEW_LINE = Duration.ofSeconds(10);

  private final Catalogue catalogue;
  private final Display display;
  private final Figures.Reader reader;
  private final HistoryProgress history;
  private final long events;
  private final long start = System.nanoTime();
  private boolean isLive;
  private OptionalLong sessions = OptionalLong.of(0);
  private boolean isArchiveBegun;

  /**
   * A view.
   *
   * @param events records of the history that is played now
   */
  LiveView(Catalogue catalogue, Display display, long events) {
    this.catalogue = catalogue;
    this.display = display;
    this.reader = new Figures.Reader(catalogue);
    this.history = new HistoryProgress(events);
    this.events = events;
    this.isLive = events == 0;
  }

  /** The time to wait until the next look. */
  Duration pause() {
    if (display.isTerminal()) {
      return isLive ? REPAINT : HISTORY_REPAINT;
    }
    return isLive ? NEW_LINE : HISTORY_LINE;
  }

  /**
   * The sessions in gold; 0 as long as the history is played, empty if the last look has failed.
   */
  OptionalLong sessions() {
    return sessions;
  }

  void show() throws InterruptedException {
    try {
      show(reader.read());
    } catch (Figures.UnavailableException e) {
      sessions = OptionalLong.empty();
      show(String.valueOf(e.getMessage()));
    }
  }

  private void show(Figures figures) {
    if (!isLive) {
      history.update(figures.stream().received(), System.nanoTime());
      isLive = history.isComplete();
      if (isLive) {
        showPlayed();
      } else {
        showHistory();
        return;
      }
    }
    show(LIVE + figures.line(room()));
    sessions = OptionalLong.of(figures.gold().sessions());
    if (figures.gold().scores() > 0 && !isArchiveBegun) {
      isArchiveBegun = true;
      ArchiveProcess.startIfWanted(catalogue.home());
    }
  }

  private int room() {
    return display.isTerminal() ? display.width() - LIVE.length() - 1 : Integer.MAX_VALUE;
  }

  private void showHistory() {
    if (display.isTerminal()) {
      display.paint(Bar.between(HISTORY, history.share(), history.text(), display));
    } else {
      display.line(HISTORY + ": " + history.text());
    }
  }

  private void show(String line) {
    if (display.isTerminal()) {
      display.paint(line);
    } else {
      display.line(line);
    }
  }

  private void showPlayed() {
    double seconds = (System.nanoTime() - start) / 1e9;
    display.line(
        String.format(Locale.ROOT, "%s played: %,d events in %.0f s", HISTORY, events, seconds));
    String visitors = catalogue.address(Service.STREAM) + "/v1/visitors/";
    visitor()
        .ifPresent(
            id -> display.line("The visitor with the highest score so far: curl " + visitors + id));
  }

  private Optional<String> visitor() {
    try {
      return new Gold(catalogue.postgresUrl()).mostPromisingVisitor();
    } catch (SQLException e) {
      return Optional.empty(); // only an example; the line of figures reports the problem
    }
  }
}
