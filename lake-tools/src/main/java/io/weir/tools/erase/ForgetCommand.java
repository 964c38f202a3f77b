package io.weir.tools.erase;

import io.weir.lake.table.LakeCatalog;
import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.terminal.ProgressLine;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code forget}: erases persons, and prints a certificate. */
@Command(
    name = "forget",
    description = "Erases users and visitors from the lake, gold and state; prints a certificate.",
    footer = {
      "",
      "Exit code 1 if the check afterwards finds something, mostly events that were still on their "
          + "way. Then repeat the command after WEIR_SINK_ROLL_INTERVAL. See also "
          + "docs/erasure.md.",
      "",
      "Example: forget --user 6f1d7a52-… --dry-run"
    })
public final class ForgetCommand implements Callable<Integer> {
  private static final int FOUND = 1;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--user",
      arity = "1..*",
      paramLabel = "ID",
      description = "users to erase, with all their visitors")
  private List<String> users = new ArrayList<>();

  @Option(names = "--visitor", arity = "1..*", paramLabel = "ID", description = "visitors")
  private List<String> visitors = new ArrayList<>();

  @Option(names = "--dry-run", description = "changes nothing, prints what would be erased")
  private boolean isDry;

  public ForgetCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    var asked = new Forget.Asked(ids("--user", users), ids("--visitor", visitors));
    if (asked.users().isEmpty() && asked.visitors().isEmpty()) {
      throw new StartupException("no user or visitor is named: give --user ID or --visitor ID");
    }
    ToolSettings at = settings.get();
    Catalog catalog = LakeCatalog.connect(at.lake());
    try (var gold = new GoldErasure(at.postgres())) {
      var progress = ProgressLine.of(spec.commandLine().getErr());
      return run(at, asked, new Forget(catalog, gold, progress), catalog);
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no tables yet (" + e.getMessage() + "); start lake-sink once", e);
    } catch (SQLException e) {
      throw new StartupException(
          "PostgreSQL failed midway: " + e.getMessage() + "; repeat the command", e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private int run(ToolSettings at, Forget.Asked asked, Forget forget, Catalog catalog)
      throws SQLException {
    Instant now = clock.instant();
    PrintWriter out = spec.commandLine().getOut();
    ErasureSubject target = forget.target(asked);
    try (Admin admin = at.kafka().admin();
        var sums = ErasedSums.connect(at, catalog, target)) {
      var certificate = new Certificate(at, asked, target, now, KafkaCopies.of(admin, at));
      if (isDry) {
        certificate.printPlan(forget.dryRun(target, now), out);
        return 0;
      }
      UnreadOffsets backlog = UnreadOffsets.now(admin, at);
      Announcement.send(at, target.ids());
      Forget.Done done = forget.run(target, now, backlog, sums);
      certificate.print(done, sums.lines(), out);
      return done.isClean() ? 0 : FOUND;
    }
  }

  private static Set<String> ids(String option, List<String> texts) {
    for (String text : texts) {
      if (text.isBlank()) {
        throw new StartupException(option + " needs an id that is not empty");
      }
    }
    return new TreeSet<>(texts);
  }
}
