package io.weir.sink.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.process.JvmFlags;
import io.weir.sink.Lake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Spark with Iceberg's runtime in a process of its own. {@code -Pit} builds its class path in
 * {@code target/spark}, which has nothing of Weir.
 */
final class SparkProcess implements AutoCloseable {
  private static final Path BUILT = Path.of("target", "spark");
  private static final String END = "--";
  private static final String CATALOG = "spark.sql.catalog.weir";

  /** The packages that Spark opens by reflection. */
  private static final List<String> OPEN =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final Path log;
  private final Process process;
  private final BufferedReader answers;
  private final Writer queries;

  SparkProcess(Lake lake, Path folder) {
    this.log = folder.resolve("spark.log");
    try {
      this.process =
          new ProcessBuilder(command(lake))
              .directory(folder.toFile())
              .redirectError(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.answers = process.inputReader(UTF_8);
    this.queries = process.outputWriter(UTF_8);
    answer();
  }

  private static List<String> command(Lake lake) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(JvmFlags.ofAll());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    for (String each : OPEN) {
      command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
    }
    String libraries = Files.readString(BUILT.resolve("classpath")).strip();
    Path classes = BUILT.resolve("classes").toAbsolutePath();
    command.addAll(List.of("-cp", classes + ":" + libraries, "io.weir.sink.spark.SparkReader"));
    command.addAll(settings(lake));
    return command;
  }

  /** The settings of {@code docs/reading.md}. */
  private static List<String> settings(Lake lake) {
    return List.of(
        "spark.ui.enabled=false",
        "spark.driver.host=127.0.0.1",
        "spark.driver.bindAddress=127.0.0.1",
        "spark.sql.session.timeZone=UTC",
        CATALOG + "=org.apache.iceberg.spark.SparkCatalog",
        CATALOG + ".type=jdbc",
        CATALOG + ".uri=" + lake.postgres().url(),
        CATALOG + ".jdbc.user=" + lake.postgres().user(),
        CATALOG + ".jdbc.password=" + lake.postgres().password(),
        CATALOG + ".jdbc.schema-version=V1",
        CATALOG + ".cache-enabled=false",
        CATALOG + ".warehouse=" + lake.location().warehouse());
  }

  /** The first column of the rows, as text. */
  List<String> ask(String query) {
    try {
      queries.write(query + "\n");
      queries.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer();
  }

  private List<String> answer() {
    var lines = new ArrayList<String>();
    try {
      String line = answers.readLine();
      while (!END.equals(line)) {
        if (line == null) {
          throw new IllegalStateException("Spark ended: " + Files.readString(log));
        }
        lines.add(line);
        line = answers.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
