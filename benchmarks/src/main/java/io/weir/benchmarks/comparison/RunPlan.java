package io.weir.benchmarks.comparison;

import io.weir.benchmarks.process.ProjectFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How {@code ./weir bench sessions}, {@code full} and {@code lake} are run.
 *
 * @param peers the folder with the script {@code run} of the other engines
 * @param work where the broker's data, logs and results lie
 * @param port of the broker; its controller has the next one
 * @param peersJava the JDK of the other engines; empty for the java of the PATH
 * @param events that the topic holds, without those that close its sessions
 * @param warmUps the most runs that warm up a broker and do not count
 * @param engines which of weir, flink and spark run, in that order, in each round
 * @param recording where a flight recording of stream-app is written
 * @param flags more flags for stream-app's JVM
 * @param sinkFlags more flags for lake-sink's JVM
 */
record RunPlan(
    Path peers,
    Path work,
    int port,
    Optional<Path> peersJava,
    int events,
    int warmUps,
    int rounds,
    List<String> engines,
    Optional<Path> recording,
    List<String> flags,
    List<String> sinkFlags) {
  static final String WEIR = "weir";
  static final List<String> ENGINES = List.of(WEIR, "flink", "spark");

  RunPlan {
    engines = List.copyOf(engines);
    flags = List.copyOf(flags);
    sinkFlags = List.copyOf(sinkFlags);
  }

  /** The same with one more flag for stream-app's JVM. */
  RunPlan withFlag(String flag) {
    return new RunPlan(
        peers,
        work,
        port,
        peersJava,
        events,
        warmUps,
        rounds,
        engines,
        recording,
        Stream.concat(flags.stream(), Stream.of(flag)).toList(),
        sinkFlags);
  }

  /** The script of the other engines, of their broker and of the topic. */
  Path script() {
    return peers.toAbsolutePath().normalize().resolve("run");
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Records of the topic: its events, and one in each partition that closes the sessions. */
  long records() {
    return events + (long) ProjectFolder.PARTITIONS;
  }
}
