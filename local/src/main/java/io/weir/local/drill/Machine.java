package io.weir.local.drill;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine and the versions of a drill, for its report. */
record Machine(String machine, String versions) {
  private static final double BYTES_PER_GIGABYTE = 1 << 30;
  private static final Pattern RELEASE = Pattern.compile("^(\\d+\\.\\d+).*");

  static Machine here() {
    Runtime runtime = Runtime.getRuntime();
    return new Machine(
        String.format(
            Locale.ROOT,
            "%s, %d cores, %s of memory, %s %s; load at the end %.1f",
            processor(),
            runtime.availableProcessors(),
            memory(),
            System.getProperty("os.name"),
            release(System.getProperty("os.version")),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
        "Java " + Runtime.version() + ", Kafka " + AppInfoParser.getVersion());
  }

  /** Returns the first two numbers of a kernel's release; the rest says who has built it. */
  static String release(String version) {
    return RELEASE.matcher(version).replaceFirst("$1");
  }

  private static String memory() {
    var bean = ManagementFactory.getOperatingSystemMXBean();
    return bean instanceof OperatingSystemMXBean system
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
