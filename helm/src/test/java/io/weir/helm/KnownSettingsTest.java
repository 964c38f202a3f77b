package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each variable that a pod gets is one that the pages of its program name. A program refuses to
 * start with a setting that it does not know.
 */
class KnownSettingsTest {
  private static final Pattern NAME = Pattern.compile("`(WEIR)?_([A-Z0-9_]+)(…?)");
  private static final Map<String, List<String>> PAGES =
      Map.of(
          "stream-app", List.of("stream-app/README.md", "process/README.md"),
          "lake-sink", List.of("lake-sink/README.md", "lake/README.md", "process/README.md"),
          "ml-scoring", List.of("ml-scoring/README.md", "process/README.md"),
          "simulator", List.of("simulator/README.md", "process/README.md"),
          "ingest", List.of("ingest/README.md", "process/README.md"),
          "lake-tools",
              List.of(
                  "lake-tools/README.md",
                  "lake-sink/README.md",
                  "lake/README.md",
                  "process/README.md",
                  "docs/alerts.md"),
          "ml-training", List.of("lake-sink/README.md", "lake/README.md", "process/README.md"));

  static List<Path> files() {
    return Chart.valuesFiles();
  }

  @ParameterizedTest
  @MethodSource("files")
  void variables_areSettingsOfTheirPrograms(Path file) throws IOException {
    String more =
        """
        audit: {enabled: true}
        ingest: {enabled: true, topic: clicks}
        training: {enabled: true}
        drift: {enabled: true}
        alerts: {enabled: true, rules: '{}', url: 'https://a', secret: {name: a}}
        """;
    String values = Files.readString(file);
    boolean isWhole = !values.contains("audit:") && !values.contains("demo:");

    Release release = Release.of(isWhole ? values + more : values);

    var unknown = new TreeSet<String>();
    for (Manifest pod : release.pods()) {
      pod.containers()
          .filter(container -> module(container).isPresent())
          .forEach(container -> {
            String module = module(container).orElseThrow();
            names(container)
                .filter(name -> !isKnown(module, name))
                .forEach(name -> unknown.add(module + ": " + name));
          });
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void variables_thatNoPageNames_areFound() {
    assertThat(List.of("WEIR_STREAM_THREADS", "WEIR_TOPIC_PARTITIONS", "WEIR_KAFKA_CLIENT_A_B"))
        .allMatch(name -> isKnown("stream-app", name));
    assertThat(List.of("WEIR_STREAM_THREAD", "WEIR_PARTITIONS", "WEIR_SINK_ROLL_SIZE"))
        .noneMatch(name -> isKnown("stream-app", name));
  }

  private static Optional<String> module(Map<?, ?> container) {
    String image = (String) container.get("image");
    return PAGES.keySet().stream()
        .filter(module -> image != null && image.contains("weir/" + module + ":"))
        .findFirst();
  }

  private static Stream<String> names(Map<?, ?> container) {
    return Manifest.all(container, "env").stream()
        .map(variable -> (String) variable.get("name"))
        .filter(name -> name != null && name.startsWith("WEIR_"));
  }

  static boolean isKnown(String module, String name) {
    return PAGES.getOrDefault(module, List.of()).stream()
        .flatMap(KnownSettingsTest::lines)
        .anyMatch(line -> names(line, name));
  }

  private static Stream<String> lines(String page) {
    try {
      return Files.readAllLines(Path.of("..", page)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a line has the name: whole, as a beginning with "…", or cut as in `WEIR_A_B`, `_C`. */
  private static boolean names(String line, String name) {
    Matcher matcher = NAME.matcher(line);
    List<MatchResult> found = matcher.results().collect(Collectors.toList());
    for (MatchResult each : found) {
      boolean isOpen = !each.group(3).isEmpty();
      // Sentences say WEIR_STREAM_… when they mean all of them.
      if (isOpen && !line.startsWith("|")) {
        continue;
      }
      if (each.group(1) != null) {
        String whole = "WEIR_" + each.group(2);
        if (isOpen ? name.startsWith(whole) : name.equals(whole)) {
          return true;
        }
      } else if (!isOpen && name.endsWith("_" + each.group(2))) {
        String begin = name.substring(0, name.length() - each.group(2).length());
        if (!begin.equals("WEIR_")
            && found.stream().anyMatch(one -> ("WEIR_" + one.group(2)).startsWith(begin))) {
          return true;
        }
      }
    }
    return false;
  }
}
