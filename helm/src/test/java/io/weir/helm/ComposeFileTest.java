package io.weir.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml names what there is: settings, images, volumes, services and profiles. */
class ComposeFileTest {
  private static final Pattern WEIR = Pattern.compile("weir/([a-z-]+):0\\.1\\.0");
  private static final Pattern PINNED = Pattern.compile("[a-z./-]+:v?[0-9][0-9.]*");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(WEIR_[A-Z_]+):-");
  private static final String DOCKERFILE = read("Dockerfile");
  private static final String PAGES = read("docs/docker.md") + read("docs/monitoring.md");

  private final String text = read("docker-compose.yml");
  private final Map<?, ?> file = load(text);
  private final Map<?, ?> services = map(file, "services");

  @Test
  void settings_areThoseOfTheirPrograms() {
    var unknown = new TreeSet<String>();
    services.forEach((name, service) -> {
      var module = WEIR.matcher(String.valueOf(((Map<?, ?>) service).get("image")));
      if (module.matches()) {
        map((Map<?, ?>) service, "environment").keySet().stream()
            .map(String::valueOf)
            .filter(variable -> variable.startsWith("WEIR_"))
            // That of docker/start.
            .filter(variable -> !variable.equals("WEIR_TMP_DIR"))
            .filter(variable -> !KnownSettingsTest.isKnown(module.group(1), variable))
            .forEach(variable -> unknown.add(name + ": " + variable));
      }
    });

    assertThat(unknown).isEmpty();
  }

  @Test
  void images_haveVersions_andOursATarget() {
    services.forEach((name, service) -> {
      String image = String.valueOf(((Map<?, ?>) service).get("image"));
      assertThat(image).as("%s", name).matches(PINNED);
      var module = WEIR.matcher(image);
      if (module.matches()) {
        assertThat(DOCKERFILE).contains("AS " + module.group(1) + "\n");
      }
    });
  }

  @Test
  void volumesAndDependencies_areDeclared() {
    Set<?> volumes = map(file, "volumes").keySet();
    services.forEach((name, service) -> {
      Map<?, ?> each = (Map<?, ?>) service;
      assertThat(services.keySet().containsAll(map(each, "depends_on").keySet())).isTrue();
      list(each, "volumes").stream()
          .map(volume -> volume.toString().split(":", 2)[0])
          .filter(volume -> !volume.startsWith("."))
          .forEach(
              volume -> assertThat(volumes.contains(volume)).as("%s: %s", name, volume).isTrue());
    });
  }

  @Test
  void profilesAndVariables_areInThePages() {
    var profiles = new TreeSet<String>();
    services
        .values()
        .forEach(service ->
            list((Map<?, ?>) service, "profiles").forEach(each -> profiles.add(each.toString())));

    assertThat(profiles).containsExactly("ml", "observability", "tools");
    assertThat(VARIABLE.matcher(text).results().map(found -> found.group(1)).distinct())
        .isNotEmpty()
        .allMatch(variable -> PAGES.contains("`" + variable + "`"));
  }

  /** `docker compose up` without a profile starts whatever those services wait for. */
  @Test
  void services_withoutAProfile_needNoneThatHasOne() {
    services.forEach((name, service) -> {
      Map<?, ?> each = (Map<?, ?>) service;
      if (list(each, "profiles").isEmpty()) {
        map(each, "depends_on")
            .keySet()
            .forEach(other ->
                assertThat(list(map(services, other.toString()), "profiles"))
                    .as("%s needs %s", name, other)
                    .isEmpty());
      }
    });
  }

  private static Map<?, ?> load(String text) {
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(100);
    return requireNonNull(new Yaml(options).load(text));
  }

  private static Map<?, ?> map(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> below ? below : Map.of();
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return map.get(key) instanceof List<?> below ? below : List.of();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of("..", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
