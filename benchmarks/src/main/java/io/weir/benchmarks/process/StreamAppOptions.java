package io.weir.benchmarks.process;

import io.weir.process.StartupException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The options of a benchmark, all of the form {@code --name value}. */
public final class StreamAppOptions {
  private static final Set<String> COMMON = Set.of("--jfr", "--jvm");
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");
  private static final int MOST_DIGITS = 8;

  private final Map<String, List<String>> values = new TreeMap<>();

  private StreamAppOptions() {}

  /**
   * @param known options besides {@code --jfr DIR} and {@code --jvm FLAG}, which all have
   */
  public static StreamAppOptions parse(List<String> words, String usage, Set<String> known) {
    var options = new StreamAppOptions();
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i);
      if (!known.contains(name) && !COMMON.contains(name)) {
        throw new StartupException("unknown option " + name + "; " + usage);
      }
      if (i + 1 == words.size()) {
        throw new StartupException(name + " has no value; " + usage);
      }
      options.values.computeIfAbsent(name, _ -> new ArrayList<>()).add(words.get(i + 1));
    }
    return options;
  }

  private Optional<String> last(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getLast);
  }

  /** A whole number from 1 on. */
  public int number(String name, int standard) {
    return last(name).map(value -> number(name, value)).orElse(standard);
  }

  private static int number(String name, String value) {
    if (!value.matches("[1-9]\\d{0," + (MOST_DIGITS - 1) + "}")) {
      throw new StartupException(
          name + " " + value + " is not a whole number from 1 on, of at most 8 digits");
    }
    return Integer.parseInt(value);
  }

  /** One of some words; the first of them unless another is given. */
  public String word(String name, List<String> words) {
    String word = last(name).orElse(words.getFirst());
    if (!words.contains(word)) {
      throw new StartupException(name + " " + word + " is not one of " + words);
    }
    return word;
  }

  /**
   * Flags for stream-app's JVM: those given, these for what was not, and a flight recording in the
   * folder of {@code --jfr}. The last collector that is named counts.
   *
   * @param run names the recording's file
   */
  public List<String> flags(String run, String... standard) {
    var flags = new ArrayList<>(Program.FLAGS);
    flags.addAll(List.of(standard));
    flags.addAll(values.getOrDefault("--jvm", List.of()));
    List<String> collectors = flags.stream().filter(COLLECTOR.asMatchPredicate()).toList();
    flags.removeAll(collectors);
    flags.add(collectors.getLast());
    last("--jfr")
        .ifPresent(folder -> {
          Path file = Path.of(folder).toAbsolutePath().resolve(run + ".jfr");
          flags.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + file);
        });
    return List.copyOf(flags);
  }
}
