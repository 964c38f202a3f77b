package io.weir.helm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** lake-sink as its image starts it, with classes and jars from where Maven has them. */
record SinkRun(int code, String output) {
  private static final Path ROOT = Path.of(System.getProperty("weir.root"));
  private static final String IN_IMAGE = "/weir/own/*:/weir/lib/*";
  private static final String MAIN = "${weir.main}";

  static SinkRun of(LakeJob job, Map<String, String> secrets) throws IOException {
    Path launch = launch();
    try {
      var command = new ArrayList<>(List.of(java(), "@" + launch));
      command.addAll(job.arguments());
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
      builder.environment().putAll(job.plain());
      builder.environment().putAll(secrets);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new SinkRun(process.onExit().join().exitValue(), output);
    } finally {
      Files.delete(launch);
    }
  }

  /** docker/java.args as the build of the image fills it in. */
  private static Path launch() throws IOException {
    Path module = ROOT.resolve("lake-sink/target");
    String jars = Files.readString(module.resolve("classpath")).strip();
    String arguments =
        Files.readString(ROOT.resolve("docker/java.args"))
            .replace(IN_IMAGE, module.resolve("classes") + ":" + jars)
            .replace(MAIN, "io.weir.sink.Main")
            .replace("${weir.jvm.service}", System.getProperty("weir.jvm.service"))
            .replace("${weir.jvm}", System.getProperty("weir.jvm"));
    return Files.writeString(Files.createTempFile("java", ".args"), arguments);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
