package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code gold load}: puts the rebuilt cells into a schema beside gold. */
@Command(
    name = "load",
    description = {
      "Waits until the rebuild's stream-app has read NAME.raw, and puts its cells into the schema",
      "gold_NAME of PostgreSQL. Gold stays as it is. Each run loads all cells anew."
    },
    footer = {"", "Example: gold load rebuild --wait 2h"})
final class LoadCommand implements Callable<Integer> {
  /** stream-app makes the topic of cells at its start. */
  static final long NOT_STARTED = -1;

  private static final int NOT_YET = 2;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Supplier<ToolSettings> settings;

  @Mixin private RebuildOptions rebuild = new RebuildOptions();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "how long stream-app may still read: 30s, 5m, 2h; default: 0s")
  private String wait = "0s";

  LoadCommand(Supplier<ToolSettings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration patience = Patience.parse(wait);
    ToolSettings at = settings.get();
    RebuildName name = rebuild.nameOfAnother(at);
    try (var brokers = Brokers.connect(at.kafka())) {
      long unread = awaitRead(() -> unread(brokers, name), System.nanoTime() + patience.toNanos());
      if (unread == NOT_STARTED) {
        throw missing(name, name.cells());
      }
      if (unread > 0) {
        rebuild.say(
            "stream-app with WEIR_TOPIC_PREFIX="
                + name.name()
                + " has not read "
                + unread
                + " offsets yet; let it run, and repeat this with --wait");
        return NOT_YET;
      }
      load(at, name, brokers);
      return 0;
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  private void load(ToolSettings at, RebuildName name, Brokers brokers) throws SQLException {
    try (var gold = RebuiltGold.connect(at.postgres(), name)) {
      var notes = new RebuildNotes(gold.connection(), name);
      notes.ensure();
      new LastSessions(at, name, brokers, notes).mark();
      new ErasedCarry(at.kafka(), brokers, name, gold.connection()).note();
      gold.begin();
      notes.put(RebuildNotes.LOADED, new CellLoad(at.kafka(), gold).run(name.cells()));
      rebuild.say(gold.commit() + " cells are in " + name.schema() + ".cell_versions");
    }
  }

  /** Asks until everything is read, or until the deadline, and returns the last answer. */
  static long awaitRead(LongSupplier unread, long deadline) throws InterruptedException {
    while (true) {
      long left = unread.getAsLong();
      if (left == 0 || System.nanoTime() - deadline > 0) {
        return left;
      }
      Thread.sleep(PAUSE);
    }
  }

  /** The offsets that stream-app has not read, or {@link #NOT_STARTED}. */
  static long unread(Brokers brokers, RebuildName name) {
    if (brokers.topic(name.raw()).isEmpty()) {
      throw missing(name, name.raw());
    }
    if (brokers.topic(name.cells()).isEmpty()) {
      return NOT_STARTED;
    }
    return brokers.unread(name.application(), name.raw())
        + brokers.unread(name.application(), name.rekeyed());
  }

  private static StartupException missing(RebuildName name, String topic) {
    return new StartupException(
        topic
            + " does not exist; run gold feed, then start stream-app with WEIR_TOPIC_PREFIX="
            + name.name());
  }
}
