package io.weir.helm;

import static java.util.Objects.requireNonNullElse;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The chart, rendered by Helm itself. Values are YAML, as in a file given to {@code helm -f}. */
final class Chart {
  static final String RELEASE = "shop";
  static final String NAMESPACE = "web";

  /** What every release needs. */
  static final String LEAST =
      """
      kafka: {bootstrapServers: "kafka:9092"}
      lake: {warehouse: "s3://lake/weir"}
      mlScoring: {starterModel: demo}
      """;

  /** A release that maintains a lake whose services run elsewhere. */
  static final String JOB_ONLY =
      """
      streamApp: {enabled: false}
      lakeSink: {enabled: false}
      mlScoring: {enabled: false}
      """;

  private static final Path SOURCE = Path.of("weir").toAbsolutePath();

  /** A copy without symbolic links: Helm would speak of each whenever it follows it. */
  private static final Path FOLDER = copy(temporary());

  private static final String KUBERNETES = "1.34.0";

  private Chart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /** The files of values that come with the chart. */
  static List<Path> valuesFiles() {
    try (Stream<Path> files = Files.list(SOURCE.resolve("values"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path valuesFile(String name) {
    return SOURCE.resolve("values").resolve(name + ".yaml");
  }

  static List<Manifest> render(String values) {
    return render(RELEASE, values);
  }

  /** The manifests; or Helm's complaint. */
  static List<Manifest> render(String release, String values) {
    return render(FOLDER, release, values);
  }

  static List<Manifest> render(Path folder, String release, String values) {
    Path file = file(values);
    try {
      String text =
          new Helm(folder)
              .template()
              .withName(release)
              .withNamespace(NAMESPACE)
              .withKubeVersion(KUBERNETES)
              .withValuesFile(file)
              .call();
      var manifests = new ArrayList<Manifest>();
      for (Object manifest : new Yaml().loadAll(requireNonNullElse(text, ""))) {
        if (manifest instanceof Map<?, ?> map) {
          manifests.add(new Manifest(map));
        }
      }
      return manifests;
    } finally {
      delete(file);
    }
  }

  /** A copy of the chart that may be changed; the folder has the chart's name, as Helm asks. */
  static Path copy(Path parent) {
    Path folder = parent.resolve("weir");
    try (Stream<Path> files = Files.walk(SOURCE, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, folder.resolve(SOURCE.relativize(file).toString()));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy that differs in its version alone. */
  static Path version(Path parent, String version) throws IOException {
    Path chart = copy(Files.createDirectory(parent.resolve(version)));
    Path file = chart.resolve("Chart.yaml");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\nversion: .*", "\nversion: " + version));
    return chart;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("chart");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String values) {
    try {
      return Files.writeString(Files.createTempFile("values", ".yaml"), values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
