package io.weir.helm;

import static java.util.Objects.requireNonNullElse;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/** The chart, rendered by Helm itself. Values are YAML, as in a file given to {@code helm -f}. */
final class Chart {
  static final String RELEASE = "shop";
  private static final String KUBERNETES = "1.34.0";
  private static final Path FOLDER = Path.of("weir").toAbsolutePath();

  private Chart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  static List<Object> render(String values) {
    return render(RELEASE, values);
  }

  /** The manifests, as maps; or Helm's complaint. */
  static List<Object> render(String release, String values) {
    Path file = file(values);
    try {
      String text =
          new Helm(FOLDER)
              .template()
              .withName(release)
              .withKubeVersion(KUBERNETES)
              .withValuesFile(file)
              .call();
      var manifests = new ArrayList<Object>();
      new Yaml().loadAll(requireNonNullElse(text, "")).forEach(manifests::add);
      return manifests;
    } finally {
      delete(file);
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
