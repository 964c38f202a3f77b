package io.weir.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml names what there is: settings, images, volumes, services and profiles. */
class ComposeFileTest {
  private static final Pattern WEIR = Pattern.compile("weir/([a-z-]+):0\\.1\\.0");
  private static final Pattern PINNED = Pattern.compile("[a-z./-]+:v?[0-9][0-9.]*");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(WEIR_[A-Z_]+):-");
  private static final String DOCKERFILE = read("Dockerfile");
  private static final String PAGES = read("docs/docker.md") + read("docs/monitoring.md");

  @TempDir Path folder;

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

  /** `docker compose --profile P up` builds what it starts: nobody can fetch our images. */
  @Test
  void images_ofAProfile_areBuiltWithIt() {
    services.forEach((name, service) -> {
      Map<?, ?> each = (Map<?, ?>) service;
      if (WEIR.matcher(String.valueOf(each.get("image"))).matches()) {
        assertThat(services.values())
            .as("%s", name)
            .anyMatch(other -> isBuilder((Map<?, ?>) other, each));
      }
    });
  }

  private static boolean isBuilder(Map<?, ?> builder, Map<?, ?> service) {
    List<?> profiles = list(builder, "profiles");
    return builder.containsKey("build")
        && Objects.equals(builder.get("image"), service.get("image"))
        && (profiles.isEmpty() || profiles.containsAll(list(service, "profiles")));
  }

  /** The file of docs/docker.md for a Kafka and a PostgreSQL elsewhere. */
  @Test
  void ownServers_replaceTheTwo_andNobodyWaitsForThem() {
    Map<?, ?> own = map(load(ownServers()), "services");
    var without = new TreeSet<String>();
    services.forEach((name, service) -> {
      Map<?, ?> each = (Map<?, ?>) service;
      Set<?> awaited = map(each, "depends_on").keySet();
      boolean isOurs = WEIR.matcher(String.valueOf(each.get("image"))).matches();
      boolean isGone = own.containsKey(name) && own.get(name) == null;
      boolean waits = awaited.contains("kafka") || awaited.contains("postgres");
      if (isOurs && waits && !isGone && !map(own, name.toString()).containsKey("depends_on")) {
        without.add(name.toString());
      }
    });

    for (String gone : List.of("kafka", "postgres", "simulator")) {
      assertThat(own.containsKey(gone) && own.get(gone) == null).as(gone).isTrue();
    }
    assertThat(without).isEmpty();
    own.forEach((name, changes) -> {
      var module = WEIR.matcher(String.valueOf(map(services, name.toString()).get("image")));
      if (changes != null && module.matches()) {
        assertThat(map((Map<?, ?>) changes, "environment").keySet())
            .as("%s", name)
            .isNotEmpty()
            .allMatch(each -> KnownSettingsTest.isKnown(module.group(1), each.toString()));
        assertThat(map((Map<?, ?>) changes, "depends_on").keySet().toString())
            .doesNotContain("kafka", "postgres");
      }
    });
  }

  /** Without the tags of Compose, which a reader of YAML does not know. */
  private static String ownServers() {
    String page = read("docs/docker.md");
    String part = page.substring(page.indexOf("## Your own Kafka and PostgreSQL"));
    return part.substring(0, part.indexOf("\n## "))
        .lines()
        .filter(line -> line.startsWith("    "))
        .map(line -> line.replace("!reset ", "").replace("!override ", ""))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "0d", "-1h", "1d; true", "1w"})
  void rounds_refuseAnIntervalThatIsNone(String interval) throws Exception {
    String output = rounds(interval, "exit 0", 1, true);

    assertThat(output)
        .isEqualTo(
            "ml-rounds: WEIR_ML_INTERVAL="
                + interval
                + " is no time between rounds, such as 12h or 1d\n");
  }

  @Test
  void rounds_thatFail_areTriedAgainSoon_andHoldNothingBack() throws Exception {
    String output = rounds("1d", "echo \"$@\"; [ \"$1\" = drift ]", 1, false);

    assertThat(output)
        .contains("sessions --out=/var/lib/weir/model --mlflow=http://a --from=30d --name=")
        .contains("--mlflow=http://a --model=p_click --from=30d\n")
        .contains("--mlflow=http://a --model=p_return_7d --from=60d\n")
        .contains("sessions again in 600s\n", "clicks again in 600s\n", "returns again in 600s\n")
        .contains("drift again in 1d\n")
        .contains("slept 600s\n", "slept 1d\n");
  }

  /** Each attempt reads its days of the lake whole. */
  @Test
  void rounds_thatFailAgain_waitTwiceAsLong_upToTheInterval() throws Exception {
    String output = rounds("25m", "[ \"$1\" = drift ]", 4, false);

    assertThat(output.lines().filter(line -> line.startsWith("ml-rounds: clicks")))
        .containsExactly(
            "ml-rounds: clicks again in 600s",
            "ml-rounds: clicks again in 1200s",
            "ml-rounds: clicks again in 1500s",
            "ml-rounds: clicks again in 1500s");
    assertThat(output.lines().filter(line -> line.startsWith("ml-rounds: drift")))
        .hasSize(4)
        .containsOnly("ml-rounds: drift again in 25m");
  }

  @Test
  void rounds_afterASuccess_waitTenMinutesAgain() throws Exception {
    // It fails, fails, ends well and fails.
    String runs = "\"$0.runs${4#--model=}\"";
    String program = "echo >> " + runs + "; [ $(wc -l < " + runs + ") = 3 ]";
    String output = rounds("1h", program, 4, false);

    assertThat(output.lines().filter(line -> line.startsWith("ml-rounds: clicks")))
        .containsExactly(
            "ml-rounds: clicks again in 600s",
            "ml-rounds: clicks again in 1200s",
            "ml-rounds: clicks again in 1h",
            "ml-rounds: clicks again in 600s");
  }

  /** The script of ml-rounds with another program, until it has slept so often after each. */
  private String rounds(String interval, String program, int sleeps, boolean isRefused)
      throws Exception {
    assumeTrue(ExamplesTest.isThere("flock"), "flock is not installed");
    String start = script("start", program);
    String slept = "echo \"slept $1\"; echo >> \"$0.$PPID\"; ";
    script("sleep", slept + "[ $(wc -l < \"$0.$PPID\") -lt " + sleeps + " ] || kill -9 $PPID");
    String script = String.valueOf(list(map(services, "ml-rounds"), "command").getFirst());
    // cat ends after the last of the rounds. Java reads only what there is when its process ends.
    var builder =
        new ProcessBuilder(
            "bash",
            "-o",
            "pipefail",
            "-c",
            "bash -c \"$0\" 2>&1 | cat",
            composed(script).replace("/weir/start", start));
    Map<String, String> environment = builder.environment();
    environment.merge("PATH", folder + ":", (path, own) -> own + path);
    environment.putAll(Map.of("INTERVAL", interval, "MLFLOW_URL", "http://a"));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor() == 2).as(output).isEqualTo(isRefused);
    return output;
  }

  /** As Compose gives it to the container. */
  private static String composed(String text) {
    return text.replace("$$", "$");
  }

  private String script(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
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
