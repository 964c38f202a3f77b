package io.weir.local.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine and the versions of a drill, for its report. */
record Surroundings(String machine, String versions) {
  private static final double BYTES_PER_GIGABYTE = 1 << 30;

  static Surroundings here() {
    Runtime runtime = Runtime.getRuntime();
    return new Surroundings(
        String.format(
            Locale.ROOT,
            "%s, %d cores, %s of memory, %s %s",
            processor(),
            runtime.availableProcessors(),
            memory(),
            System.getProperty("os.name"),
            System.getProperty("os.version")),
        "Java " + Runtime.version() + ", Kafka " + AppInfoParser.getVersion());
  }

  private static String memory() {
    var bean = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return bean instanceof com.sun.management.OperatingSystemMXBean system
        ? String.format(Locale.ROOT, "%.0f GB", system.getTotalMemorySize() / BYTES_PER_GIGABYTE)
        : "unknown size";
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
