package io.weir.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ComparisonOptionsTest {
  @TempDir private Path peers;

  @BeforeEach
  void makeScript() throws IOException {
    assertThat(Files.createFile(peers.resolve("run")).toFile().setExecutable(true)).isTrue();
  }

  @Command
  private static final class Holder {
    @CommandLine.Mixin private ComparisonOptions options = new ComparisonOptions();
  }

  private static RunPlan plan(Settings settings, String... words) {
    var holder = new Holder();
    new CommandLine(holder).parseArgs(words);
    return holder.options.plan(settings);
  }

  private RunPlan plan(String... words) {
    return plan(Settings.of(Map.of("WEIR_BENCH_PEERS", peers.toString())), words);
  }

  @Test
  void defaults_areOneRoundOfAllEngines() {
    RunPlan plan = plan();

    assertThat(plan.engines()).containsExactly("weir", "flink", "spark");
    assertThat(plan.rounds()).isEqualTo(1);
    assertThat(plan.events()).isEqualTo(2_000_000);
    assertThat(plan.records()).isEqualTo(2_000_004);
    assertThat(plan.warmUps()).isEqualTo(6);
    assertThat(plan.bootstrapServers()).isEqualTo("127.0.0.1:19092");
    assertThat(plan.recording()).isEmpty();
    assertThat(plan.peersJava()).isEmpty();
  }

  @Test
  void everyOption_isRead() {
    RunPlan plan =
        plan(
            "--rounds",
            "3",
            "--only",
            "weir",
            "--events",
            "20000",
            "--warm-ups",
            "0",
            "--jfr",
            "/x.jfr",
            "--jvm",
            "-Xmx2g",
            "--sink-jvm",
            "-Xmx1g");

    assertThat(plan.rounds()).isEqualTo(3);
    assertThat(plan.engines()).containsExactly("weir");
    assertThat(plan.records()).isEqualTo(20_004);
    assertThat(plan.warmUps()).isZero();
    assertThat(plan.recording()).contains(Path.of("/x.jfr"));
    assertThat(plan.flags()).containsExactly("-Xmx2g");
    assertThat(plan.sinkFlags()).containsExactly("-Xmx1g");
  }

  @Test
  void withoutFolder_peersOfTheRepositoryRunOnWeirsJdk() throws IOException {
    Path root = peers.resolve("root");
    Path script = root.resolve("benchmarks/peers/run");
    Files.createDirectories(script.getParent());
    assertThat(Files.createFile(script).toFile().setExecutable(true)).isTrue();

    RunPlan plan = plan(root, Settings.of(Map.of()));

    assertThat(plan.script()).isEqualTo(script);
    assertThat(plan.peersJava()).contains(Path.of(System.getProperty("java.home")));
  }

  private static RunPlan plan(Path root, Settings settings) {
    String before = System.getProperty("weir.root", "..");
    System.setProperty("weir.root", root.toString());
    try {
      return plan(settings);
    } finally {
      System.setProperty("weir.root", before);
    }
  }

  @Test
  void folderWithoutScript_isNamed() {
    assertThatThrownBy(() -> plan("--peers", "/nowhere"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("/nowhere/run is missing");
  }

  @Test
  void unknownEngineOptionAndNumber_areNamed() {
    assertThatThrownBy(() -> plan("--only", "storm")).hasMessageContaining("--only storm");
    assertThatThrownBy(() -> plan("--fast", "yes")).hasMessageContaining("--fast");
    assertThatThrownBy(() -> plan("--rounds", "0"))
        .hasMessageContaining("--rounds")
        .hasMessageContaining("0 is not a whole number");
    assertThatThrownBy(() -> plan("--rounds")).hasMessageContaining("--rounds");
  }
}
