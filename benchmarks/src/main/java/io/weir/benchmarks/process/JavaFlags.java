package io.weir.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The flags of a measured JVM: those of the project's launcher and those of the benchmark. */
final class JavaFlags {
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

  private JavaFlags() {}

  /**
   * All flags, the launcher's first. A JVM takes the last of two values, but refuses two garbage
   * collectors: only the last collector stays.
   */
  static List<String> merged(List<String> ofLauncher, List<String> ofBenchmark) {
    var flags = new ArrayList<>(ofLauncher);
    flags.addAll(ofBenchmark);
    List<String> collectors = flags.stream().filter(COLLECTOR.asMatchPredicate()).toList();
    flags.removeAll(collectors);
    if (!collectors.isEmpty()) {
      flags.add(collectors.getLast());
    }
    return List.copyOf(flags);
  }
}
