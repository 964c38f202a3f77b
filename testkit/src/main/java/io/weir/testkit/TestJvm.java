package io.weir.testkit;

import io.weir.process.JvmFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own with the class path of the running tests, for a program that lies in test code
 * or in a library of the tests. {@link ServiceUnderTest} starts a service with its own class path.
 */
public final class TestJvm {
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private TestJvm() {}

  /** Returns a process that starts fast and runs for a short time; not started yet. */
  public static ProcessBuilder brief(String mainClass, String heap, String... words) {
    return builder(mainClass, heap, List.of(QUICK_START), List.of(words));
  }

  /**
   * Returns a process that writes errors to its output; not started yet.
   *
   * @param heap the most of it, for example {@code 256m}
   * @param flags more flags of the JVM
   * @param words the arguments of the program
   */
  public static ProcessBuilder builder(
      String mainClass, String heap, List<String> flags, List<String> words) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.ofAll());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(words);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
