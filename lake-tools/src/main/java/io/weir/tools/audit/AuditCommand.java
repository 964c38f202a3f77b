package io.weir.tools.audit;

import io.weir.lake.table.LakeCatalog;
import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code audit}: prints the account of each raw partition. The exit code is 1 if one
 * does not balance.
 */
@Command(
    name = "audit",
    description = {
      "Proves that the lake holds each raw record once, and that each was accepted,",
      "a duplicate, or rejected. If not, prints the exact offsets and ends with 1."
    })
public final class AuditCommand implements Callable<Integer> {
  private static final int BROKER_SECONDS = 5;
  private static final int UNBALANCED = 1;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      description = "younger records may be still open; default ${DEFAULT-VALUE}")
  private int settleSeconds = 300;

  @Option(names = "--no-kafka", description = "reads only the lake; then every gap is a problem")
  private boolean isLakeOnly;

  public AuditCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    ToolSettings current = settings.get();
    Catalog catalog = LakeCatalog.connectToRead(current.lake());
    try (RawTopicReader kafka = kafka(current)) {
      var settled = clock.instant().minus(Duration.ofSeconds(settleSeconds));
      var audit = new Audit(catalog, current.raw().name(), kafka, settled);
      return print(audit.books(), audit.problems());
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no tables yet (" + e.getMessage() + "); start lake-sink once", e);
    } catch (KafkaException e) {
      throw new StartupException(
          "the raw topic cannot be read (" + e.getMessage() + "); try again, or --no-kafka", e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private @Nullable RawTopicReader kafka(ToolSettings current) {
    if (isLakeOnly) {
      return null;
    }
    try {
      current.kafka().check(BROKER_SECONDS);
    } catch (StartupException e) {
      throw new StartupException(e.getMessage() + ", or read only the lake with --no-kafka", e);
    }
    return new RawTopicReader(current.raw().name(), current.kafka().properties());
  }

  private int print(List<Books> books, List<String> others) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("partition  offsets  received = accepted + duplicate + rejected + open  lag");
    books.forEach(each -> out.println(line(each)));
    int problems = others.size();
    for (Books each : books) {
      each.problems().forEach(what -> out.println("partition " + each.partition() + ": " + what));
      problems += each.problems().size();
    }
    others.forEach(out::println);
    out.println(problems == 0 ? "balanced" : "not balanced: " + problems + " problems");
    out.flush();
    return problems == 0 ? 0 : UNBALANCED;
  }

  private static String line(Books books) {
    Books.Counts counts = books.counts();
    return books.partition()
        + "  "
        + shown(books.extent())
        + "  "
        + counts.received()
        + " = "
        + counts.accepted()
        + " + "
        + counts.duplicate()
        + " + "
        + counts.rejected()
        + " + "
        + counts.open()
        + "  "
        + books.extent().lag();
  }

  private static String shown(Books.Extent extent) {
    return extent.first() >= extent.next()
        ? "none"
        : new Range(extent.first(), extent.next()).toString();
  }
}
