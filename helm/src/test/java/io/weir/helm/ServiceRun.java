package io.weir.helm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program as its image starts it, with classes and jars from where Maven has them. */
record ServiceRun(int code, String output) {
  private static final Path ROOT = Path.of(System.getProperty("weir.root"));
  private static final Pattern MAIN = Pattern.compile("<weir.main>(.+)</weir.main>");

  static ServiceRun of(String module, List<String> arguments, Map<String, String> environment)
      throws IOException {
    Path launch = launch(module);
    try {
      var command = new ArrayList<>(List.of(java("java"), "@" + launch));
      command.addAll(arguments);
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ServiceRun(process.onExit().join().exitValue(), output);
    } finally {
      Files.delete(launch);
    }
  }

  /** A program of the JDK. */
  static String java(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** docker/java.args as the build of the image fills it in. */
  private static Path launch(String module) throws IOException {
    Path target = ROOT.resolve(module).resolve("target");
    String jars = Files.readString(target.resolve("classpath")).strip();
    Matcher main = MAIN.matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
    if (!main.find()) {
      throw new IllegalArgumentException(module + " has no weir.main");
    }
    String arguments =
        Files.readString(ROOT.resolve("docker/java.args"))
            .replace(
                "${weir.main}",
                "-cp " + target.resolve("classes") + ":" + jars + "\n" + main.group(1))
            .replace("${weir.jvm.service}", System.getProperty("weir.jvm.service"))
            .replace("${weir.jvm}", System.getProperty("weir.jvm"));
    return Files.writeString(Files.createTempFile("java", ".args"), arguments);
  }
}
