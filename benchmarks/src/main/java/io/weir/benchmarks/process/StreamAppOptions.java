package io.weir.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every benchmark that starts stream-app on a broker of its own. */
public final class StreamAppOptions {
  /** The flag with which stream-app computes no gold. */
  public static final String WITHOUT_GOLD = "-Dweir.stream.without-gold=true";

  @Option(
      names = "--jfr",
      paramLabel = "DIR",
      description = "Writes a flight recording of each stream-app into this folder.")
  private @Nullable Path recordings;

  @Option(
      names = "--jvm",
      paramLabel = "FLAG",
      description = {
        "One more flag for the JVM of stream-app; may be repeated.",
        "Another collector replaces the usual one."
      })
  private List<String> more = new ArrayList<>();

  /**
   * The flags of one run: those of the benchmark, those of {@code --jvm}, and a flight recording in
   * the folder of {@code --jfr}.
   *
   * @param run names the file of the recording
   */
  public List<String> flags(String run, String... standard) {
    var flags = new ArrayList<>(List.of(standard));
    flags.addAll(more);
    if (recordings != null) {
      flags.add(recording(recordings.toAbsolutePath().resolve(run + ".jfr")));
    }
    return List.copyOf(flags);
  }

  /** The flag that makes a JVM write a flight recording into a file when it ends. */
  public static String recording(Path file) {
    return "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + file;
  }
}
