package io.weir.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlanTest {
  @TempDir private Path peers;

  @BeforeEach
  void makeScript() throws IOException {
    assertThat(Files.createFile(peers.resolve("run")).toFile().setExecutable(true)).isTrue();
  }

  private RunOptions parse(String... words) {
    return RunOptions.parse(
        List.of(words), Settings.of(Map.of("WEIR_BENCH_PEERS", peers.toString())));
  }

  @Test
  void defaults_areOneRoundOfAllEngines() {
    RunOptions options = parse();

    assertThat(options.engines()).containsExactly("weir", "flink", "spark");
    assertThat(options.rounds()).isEqualTo(1);
    assertThat(options.bootstrapServers()).isEqualTo("127.0.0.1:19092");
    assertThat(options.recording()).isEmpty();
  }

  @Test
  void everyOption_isRead() {
    RunOptions options =
        parse(
            "--rounds",
            "3",
            "--only",
            "weir",
            "--jfr",
            "/x.jfr",
            "--jvm",
            "-Xmx2g",
            "--sink-jvm",
            "-Xmx1g");

    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.engines()).containsExactly("weir");
    assertThat(options.recording()).contains(Path.of("/x.jfr"));
    assertThat(options.flags()).containsExactly("-Xmx2g");
    assertThat(options.sinkFlags()).containsExactly("-Xmx1g");
  }

  @Test
  void folderOfPeers_mustBeNamed() {
    assertThatThrownBy(() -> RunOptions.parse(List.of(), Settings.of(Map.of())))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--peers DIR, or set WEIR_BENCH_PEERS");
  }

  @Test
  void folderWithoutScript_isNamed() {
    assertThatThrownBy(() -> parse("--peers", "/nowhere"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("/nowhere/run is missing");
  }

  @Test
  void unknownEngineOptionAndNumber_areNamed() {
    assertThatThrownBy(() -> parse("--only", "storm")).hasMessageContaining("--only storm");
    assertThatThrownBy(() -> parse("--fast", "yes")).hasMessageContaining("--fast");
    assertThatThrownBy(() -> parse("--rounds", "0")).hasMessageContaining("--rounds 0");
    assertThatThrownBy(() -> parse("--rounds")).hasMessageContaining("--rounds has no value");
  }
}
