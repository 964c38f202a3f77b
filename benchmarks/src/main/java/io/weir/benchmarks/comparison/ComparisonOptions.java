package io.weir.benchmarks.comparison;

import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.process.WholeNumber;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the comparisons with other engines. */
final class ComparisonOptions {
  @Option(
      names = "--peers",
      paramLabel = "DIR",
      description =
          "Folder with the script of the other engines; default: WEIR_BENCH_PEERS, else"
              + " benchmarks/peers.")
  private @Nullable Path peers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      converter = WholeNumber.class,
      description = "Runs of each engine; ratios are of medians (default ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--only",
      paramLabel = "weir|flink|spark",
      description = "Runs one engine, to profile it.")
  private @Nullable String only;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "2000000",
      converter = WholeNumber.class,
      description = "Events of the topic; another number loads it anew (default ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "6",
      description = {
        "Most runs that warm up a broker started for this; they do not count",
        "(default ${DEFAULT-VALUE})."
      })
  private int warmUps;

  @Option(
      names = "--jfr",
      paramLabel = "FILE",
      description = "Writes a flight recording of stream-app.")
  private @Nullable Path recording;

  @Option(
      names = "--jvm",
      paramLabel = "FLAG",
      description = "One more flag for the JVM of stream-app; may be repeated.")
  private List<String> flags = new ArrayList<>();

  @Option(
      names = "--sink-jvm",
      paramLabel = "FLAG",
      description = "One more flag for the JVM of lake-sink; may be repeated.")
  private List<String> sinkFlags = new ArrayList<>();

  /** The plan that options and settings make; fails where they cannot be meant. */
  RunPlan plan(Settings settings) {
    Path ofRepository = ProjectFolder.checkout().root().resolve("benchmarks").resolve("peers");
    Optional<Path> configured = settings.text("bench.peers").map(Path::of);
    Path folder = Optional.ofNullable(peers).or(() -> configured).orElse(ofRepository);
    Optional<Path> java = settings.text("bench.peers-java-home").map(Path::of);
    boolean isOfRepository = folder.equals(ofRepository);
    var plan =
        new RunPlan(
            folder,
            settings.path("bench.work-dir", Path.of(".weir", "bench")).toAbsolutePath(),
            settings.integer("bench.port", 19_092, 1, 65_534),
            isOfRepository ? java.or(ComparisonOptions::ownJava) : java,
            events,
            warmUps,
            rounds,
            engines(),
            Optional.ofNullable(recording).map(Path::toAbsolutePath),
            flags,
            sinkFlags);
    settings.refuseUnknown("bench");
    if (!Files.isExecutable(plan.script())) {
      throw new StartupException(
          plan.script() + " is missing: --peers (or WEIR_BENCH_PEERS) names another folder");
    }
    return plan;
  }

  private static Optional<Path> ownJava() {
    return Optional.of(Path.of(System.getProperty("java.home")));
  }

  private List<String> engines() {
    if (only == null) {
      return RunPlan.ENGINES;
    }
    if (!RunPlan.ENGINES.contains(only)) {
      throw new StartupException("--only " + only + " is not one of " + RunPlan.ENGINES);
    }
    return List.of(only);
  }
}
