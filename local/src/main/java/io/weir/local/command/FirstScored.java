package io.weir.local.command;

import io.weir.local.platform.AwakeTime;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Readiness;
import io.weir.local.platform.Service;
import io.weir.local.platform.Supervisor;
import io.weir.local.terminal.Display;
import io.weir.local.watch.Figures;
import io.weir.local.watch.Gold;
import io.weir.local.watch.LakeQueries;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Waits until one session has passed through all services: its metrics and its score are in
 * PostgreSQL, its rows in the lake.
 */
final class FirstScored {
  private static final Duration POLL = Duration.ofMillis(300);
  private final Platform platform;
  private final Supervisor supervisor;
  private final Display display;
  private final Duration patience;
  private final long start = StartTime.nanos();
  private final Instant begun;

  FirstScored(Platform platform, Supervisor supervisor, Display display, Duration patience) {
    this.platform = platform;
    this.supervisor = supervisor;
    this.display = display;
    this.patience = patience;
    this.begun = Instant.now().minusNanos(System.nanoTime() - start);
  }

  int run() throws InterruptedException {
    Catalogue catalogue = platform.catalogue();
    var gold = new Gold(catalogue.postgresUrl());
    var lake = new LakeQueries(catalogue);
    Optional<Gold.Scored> scored = Optional.empty();
    var awake = new AwakeTime(System::nanoTime);
    while (awake.elapsed().compareTo(patience) < 0 && !platform.isStopping()) {
      supervisor.step();
      scored = scored.isPresent() ? scored : find(gold);
      if (scored.isPresent() && lake.hasSession(scored.get().sessionKey())) {
        return succeed(scored.get());
      }
      display.paint(
          scored.isPresent()
              ? "scored in PostgreSQL, waiting for the lake's commit …"
              : "waiting for the first scored session …");
      Thread.sleep(POLL);
    }
    return fail(catalogue);
  }

  /** A session that was scored in this run: data of earlier runs prove nothing. */
  private Optional<Gold.Scored> find(Gold gold) {
    try {
      return gold.anyScored(begun);
    } catch (SQLException e) {
      return Optional.empty(); // asked again until the deadline; its report shows the reason
    }
  }

  private int succeed(Gold.Scored scored) {
    double seconds = (System.nanoTime() - start) / 1e9;
    display.line(
        String.format(
            Locale.ROOT,
            "first scored session after %.1f s: %s score=%.4f",
            seconds,
            scored.sessionKey(),
            scored.score()));
    return 0;
  }

  private int fail(Catalogue catalogue) throws InterruptedException {
    if (platform.isStopping()) {
      return 1;
    }
    display.line("no scored session within the time; the state of every service:");
    var readiness = new Readiness(catalogue);
    for (Service service : Service.values()) {
      String state = readiness.problem(service).orElse("ready");
      display.line("  " + service.id() + ": " + state);
    }
    try {
      display.line("  " + new Figures.Reader(catalogue).read().line());
    } catch (Figures.UnavailableException e) {
      display.line("  " + e.getMessage());
    }
    return 1;
  }
}
