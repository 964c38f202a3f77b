package io.weir.benchmarks.comparison;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How {@code ./weir bench sessions}, {@code full} and {@code lake} are run.
 *
 * @param peers the folder with the script {@code run} of the other engines
 * @param work where the broker's data, logs and results lie
 * @param port of the broker; its controller has the next one
 * @param peersJava the JDK of the other engines; empty for the java of the PATH
 * @param engines which of weir, flink and spark run, in that order, in each round
 * @param recording where a flight recording of stream-app is written
 * @param flags more flags for stream-app's JVM
 * @param sinkFlags more flags for lake-sink's JVM
 */
public record RunPlan(
    Path peers,
    Path work,
    int port,
    Optional<Path> peersJava,
    int rounds,
    List<String> engines,
    Optional<Path> recording,
    List<String> flags,
    List<String> sinkFlags) {
  static final String WEIR = "weir";
  static final List<String> ENGINES = List.of(WEIR, "flink", "spark");

  public static final String USAGE =
      "usage: weir bench sessions|full|lake [--peers DIR] [--rounds N]"
          + " [--only weir|flink|spark] [--jfr FILE] [--jvm FLAG]... [--sink-jvm FLAG]...";

  public static RunPlan parse(List<String> words, Settings settings) {
    var parser = new Parser();
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new StartupException(words.get(i) + " has no value or is no option; " + USAGE);
      }
      parser.take(words.get(i), words.get(i + 1));
    }
    Optional<Path> configured = settings.text("bench.peers").map(Path::of);
    var options =
        new RunPlan(
            Optional.ofNullable(parser.peers).or(() -> configured).orElseThrow(RunPlan::unset),
            settings.path("bench.work-dir", Path.of(".weir", "bench")).toAbsolutePath(),
            settings.integer("bench.port", 19_092, 1, 65_534),
            settings.text("bench.peers-java-home").map(Path::of),
            parser.rounds,
            List.copyOf(parser.engines),
            Optional.ofNullable(parser.recording),
            List.copyOf(parser.flags),
            List.copyOf(parser.sinkFlags));
    settings.refuseUnknown("bench");
    if (!Files.isExecutable(options.script())) {
      throw new StartupException(
          options.script() + " is missing: --peers (or WEIR_BENCH_PEERS) names another folder");
    }
    return options;
  }

  private static StartupException unset() {
    return new StartupException(
        "the topic and the other engines come from a folder with a script named run:"
            + " give --peers DIR, or set WEIR_BENCH_PEERS");
  }

  Path script() {
    return peers.toAbsolutePath().resolve("run");
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  private static final class Parser {
    private final List<String> flags = new ArrayList<>();
    private final List<String> sinkFlags = new ArrayList<>();
    private List<String> engines = ENGINES;
    private @Nullable Path peers;
    private @Nullable Path recording;
    private int rounds = 1;

    void take(String name, String value) {
      switch (name) {
        case "--peers" -> peers = Path.of(value);
        case "--rounds" -> rounds = rounds(value);
        case "--only" -> engines = List.of(engine(value));
        case "--jfr" -> recording = Path.of(value).toAbsolutePath();
        case "--jvm" -> flags.add(value);
        case "--sink-jvm" -> sinkFlags.add(value);
        default -> throw new StartupException("unknown option " + name + "; " + USAGE);
      }
    }

    private static int rounds(String value) {
      if (!value.matches("[1-9]\\d{0,2}")) {
        throw new StartupException("--rounds " + value + " is not a number from 1 to 999");
      }
      return Integer.parseInt(value);
    }

    private static String engine(String value) {
      if (!ENGINES.contains(value)) {
        throw new StartupException("--only " + value + " is not one of " + ENGINES);
      }
      return value;
    }
  }
}
