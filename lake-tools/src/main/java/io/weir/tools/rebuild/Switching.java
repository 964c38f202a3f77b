package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import io.weir.tools.rebuild.TakeOver.Stop;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of a rebuild and of a switch, in their order. */
final class Switching {
  private static final int DIFFERENT = 1;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;
  private final ToolSettings at;
  private final RebuildName name;
  private final Brokers brokers;
  private final PrintWriter out;
  private final StepCommand step;

  Switching(Supplier<ToolSettings> settings, Clock clock, RebuildOptions rebuild, Brokers brokers) {
    this.settings = settings;
    this.clock = clock;
    this.at = settings.get();
    this.name = rebuild.name(at);
    this.brokers = brokers;
    this.step = rebuild.steps();
    this.out = rebuild.out();
  }

  /** What is done with a connection to PostgreSQL. */
  private interface Work<T> {
    T with(TakeOver takeOver) throws Exception;
  }

  private <T> T work(Work<T> work) throws Exception {
    try (var gold = RebuiltGold.connect(at.postgres(), name)) {
      return work.with(new TakeOver(at, name, brokers, gold.connection()));
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  String name() {
    return name.name();
  }

  void feed() throws Exception {
    step.run(new FeedCommand(settings), name.name());
  }

  OwnStreamApp streamApp(SwitchOptions options) {
    if (options.streamApp().isEmpty()) {
      return OwnStreamApp.start("", Map.of());
    }
    var all = StreamAppSettings.needed(name, new RebuildTopics(at, brokers).partitions());
    all.putAll(StreamAppSettings.ofSwitch(Revisions.first(at.postgres())));
    return OwnStreamApp.start(options.streamApp(), all);
  }

  /** Loads the cells when stream-app has read everything, and compares them. */
  int loadAndCompare(OwnStreamApp streamApp, Patience patience) throws Exception {
    patience.until(
        () -> {
          streamApp.check();
          return LoadCommand.unread(brokers, name) == 0;
        },
        "the stream-app with WEIR_TOPIC_PREFIX=" + name.name() + " must run and read all records");
    var still = new Stillness(() -> brokers.ends(name.cells()), System::nanoTime);
    // This takes seconds, whatever --wait says.
    new Patience(out, "1m")
        .until(
            () -> still.getAsBoolean() || !brokers.isRunning(name.application()),
            "the stream-app with WEIR_TOPIC_PREFIX=" + name.name() + " writes its last cells");
    load();
    return step.run(new CompareCommand(settings, clock), name.name());
  }

  private void load() throws Exception {
    if (step.run(new LoadCommand(settings), name.name()) != 0) {
      throw new StartupException(
          "the stream-app with WEIR_TOPIC_PREFIX="
              + name.name()
              + " reads on; repeat this command");
    }
  }

  /** Whether a switch to the cells that are loaded would take something from gold for good. */
  boolean loses() throws Exception {
    return work(takeOver -> !takeOver.loss().isNone());
  }

  /** Whether gold has the rebuilt cells already. If so, it does what is left to do. */
  boolean isDone(Patience patience) throws Exception {
    return work(takeOver -> {
      boolean isDone = takeOver.isDone();
      if (isDone) {
        finish(takeOver, patience);
      }
      return isDone;
    });
  }

  /** Waits for the new application: the former one may have its way back until then. */
  private void finish(TakeOver takeOver, Patience patience) throws Exception {
    say("gold has the cells of " + name.application());
    tellSettings(takeOver);
    if (takeOver.isFinished() || takeOver.former().isEmpty()) {
      return;
    }
    patience.until(
        () -> brokers.isRunning(name.application()),
        "start stream-app with these settings, or go back: gold switch " + name.name() + " --back");
    LastSessions.Sent sent = takeOver.finish();
    say("sent " + sent.sessions() + " closed sessions to " + at.topics().sessions().name());
    if (sent.erased() > 0) {
      say(
          sent.erased()
              + " closed sessions of persons who were erased since gold feed began are not sent;"
              + " gold has their sums, so reconcile shows these as different");
    }
    say(
        "all is done; gold drop "
            + name.name()
            + " deletes what is left of the former application");
  }

  /** Lets the rebuilt application take over; 0, or 1 if numbers are different. */
  int switchOver(SwitchOptions options, OwnStreamApp running, Patience patience) throws Exception {
    return work(takeOver -> {
      takeOver.check();
      awaitStopped(takeOver, patience);
      var stop = takeOver.cut();
      int code = bringUp(takeOver, stop, running, patience);
      if ((code == DIFFERENT || !takeOver.loss().isNone()) && !options.acceptsDifferences()) {
        say("nothing is switched; start the live services again, or give --accept-differences");
        return DIFFERENT;
      }
      running.close();
      patience.until(
          () -> !brokers.isRunning(name.application()),
          "stop the stream-app with WEIR_TOPIC_PREFIX=" + name.name() + ", for good");
      carryErased(takeOver);
      takeOver.commit(stop);
      finish(takeOver, patience);
      return 0;
    });
  }

  /** The rebuilt application writes its last cells when it stops, so they are loaded once more. */
  private void carryErased(TakeOver takeOver) throws Exception {
    if (!takeOver.isLoaded()) {
      load();
    }
    int carried = takeOver.carryErased();
    if (carried > 0) {
      say("carried " + carried + " sums of erased persons over");
      load();
    }
  }

  private void awaitStopped(TakeOver takeOver, Patience patience) throws InterruptedException {
    patience.until(
        () -> !brokers.isRunning(at.application()),
        "stop all instances of the live stream-app (group " + at.application() + ")");
    patience.until(
        takeOver::hasAllCells, "let lake-sink run until gold has the cells of " + at.application());
    patience.until(
        () -> !brokers.isRunning(takeOver.reader()),
        "stop all instances of lake-sink (group " + takeOver.reader() + ")");
  }

  /** Brings the rebuild to the cut, and returns the code of the comparison. */
  private int bringUp(TakeOver takeOver, Stop stop, OwnStreamApp running, Patience patience)
      throws Exception {
    say("sent the last " + takeOver.feed(stop) + " records to " + name.raw());
    if (stop.leftOut() > 0) {
      say(stop.leftOut() + " re-keyed records are left to " + name.application());
    }
    return loadAndCompare(running, patience);
  }

  int back(Patience patience) throws Exception {
    return work(takeOver -> {
      Optional<String> former = takeOver.former();
      if (!takeOver.isDone() || former.isEmpty()) {
        throw new StartupException("there is no switch to " + name.name() + " to take back");
      }
      patience.until(
          () -> !brokers.isRunning(name.application()) && !brokers.isRunning(takeOver.reader()),
          "stop stream-app and lake-sink (group " + takeOver.reader() + ")");
      takeOver.back();
      say(
          "gold has the cells of "
              + former.get()
              + "; start the services with the former settings and WEIR_STREAM_APPLICATION_ID="
              + former.get());
      return 0;
    });
  }

  private void tellSettings(TakeOver takeOver) throws SQLException {
    say(
        "now start stream-app and lake-sink with the settings that you changed, and "
            + StreamAppSettings.text(takeOver.settings())
            + "; without WEIR_STREAM_COPIED_TIMES and the WEIR_STREAM_IDLE_TIMEOUT of the rebuild."
            + " lake-tools need the same application id");
    Optional<String> former = takeOver.former();
    if (former.isPresent()) {
      say("never start " + former.get() + " again, unless you go back");
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
