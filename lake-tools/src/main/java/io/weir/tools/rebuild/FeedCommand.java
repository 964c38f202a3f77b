package io.weir.tools.rebuild;

import io.weir.lake.table.LakeCatalog;
import io.weir.tools.replay.RawFeed;
import io.weir.tools.replay.RawFeed.Fed;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.terminal.ProgressLine;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code gold feed}: copies the lake's raw records to the topic of a rebuild. */
@Command(
    name = "feed",
    description = {
      "Copies bronze.raw_events to NAME.raw as it was: partitions, order, keys, append times.",
      "Run it again to continue after a break, or to add what has come since."
    },
    footer = {"", "Example: gold feed rebuild"})
final class FeedCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;

  @Mixin private RebuildOptions rebuild = new RebuildOptions();

  @Option(names = "--dry-run", description = "makes and sends nothing, says how much there is")
  private boolean isDry;

  FeedCommand(Supplier<ToolSettings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    ToolSettings at = settings.get();
    RebuildName name = rebuild.nameOfAnother(at);
    Catalog catalog = LakeCatalog.connectToRead(at.lake());
    try (var brokers = Brokers.connect(at.kafka())) {
      var feed = new RawFeed(catalog, at.kafka(), at.raw().name(), name.raw());
      var topics = new RebuildTopics(at, brokers);
      int partitions = topics.partitions();
      RebuildTopics.requireRoom(feed.ends().keySet(), partitions, name);
      if (isCut(at, brokers, name)) {
        rebuild.say("sends nothing: a switch was begun, and gold switch sends what is left of it");
        return 0;
      }
      if (isDry) {
        long left = brokers.topic(name.raw()).isPresent() ? feed.left() : feed.all();
        rebuild.say("would send at most " + left + " records to " + name.raw());
        return 0;
      }
      topics.ensure(name, partitions);
      rememberErasures(at, brokers, name);
      Fed fed = feed.run(partitions, ProgressLine.of(rebuild.err()));
      tell(at, fed, name, partitions);
      return 0;
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  /**
   * Whether a switch has noted a cut that still holds: bronze may have records behind it, and those
   * that are left to the new application. Only if nothing was left can another cut be made.
   */
  private static boolean isCut(ToolSettings at, Brokers brokers, RebuildName name) {
    try (var gold = RebuiltGold.connect(at.postgres(), name)) {
      var notes = new RebuildNotes(gold.connection(), name);
      var cut = notes.of(RebuildNotes.CUT);
      return !cut.isEmpty() && (notes.leavesOut() || Cut.of(brokers, at).next().equals(cut));
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  /** Notes the erasures so far: a person who is erased from now on is still in the feed. */
  private static void rememberErasures(ToolSettings at, Brokers brokers, RebuildName name) {
    try (var gold = RebuiltGold.connect(at.postgres(), name)) {
      var notes = new RebuildNotes(gold.connection(), name);
      notes.ensure();
      if (notes.of(RebuildNotes.FED).isEmpty()) {
        notes.put(RebuildNotes.FED, brokers.ends(at.topics().erasures().name()));
      }
      gold.connection().commit();
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  private void tell(ToolSettings at, Fed fed, RebuildName name, int partitions) {
    rebuild.say("sent " + fed.sent() + " to " + name.raw());
    if (fed.strays() > 0) {
      rebuild.say(
          fed.strays()
              + " of them have no key or another one than their partition: stream-app sends these"
              + " through "
              + name.rekeyed()
              + ", and with history longer than WEIR_STREAM_ALLOWED_LATENESS they may come too"
              + " late");
    }
    rebuild.say(
        "now start stream-app with the live settings, those you change, and "
            + StreamAppSettings.text(StreamAppSettings.needed(name, partitions))
            + "; it needs a state folder and a port of its own");
    rebuild.say(
        "if gold may be switched to it later, also "
            + StreamAppSettings.text(StreamAppSettings.ofSwitch(Revisions.first(at.postgres()))));
  }
}
