package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.process.ProjectFolder;
import io.weir.local.process.Captured;
import io.weir.local.process.LogFile;
import io.weir.local.process.Port;
import io.weir.local.process.ProcessSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs benchmarks as {@code ./weir bench} does, so small that their figures mean nothing. */
@EnabledOnOs(OS.LINUX)
class SmokeIT {
  private static final String FLAGS =
      "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
          + " --sun-misc-unsafe-memory-access=allow"
          + " -Dlogback.configurationFile=logback-tools.xml";

  @TempDir private Path folder;

  private Captured bench(String... words) throws InterruptedException {
    Path root = ProjectFolder.checkout().root();
    var flags = new ArrayList<>(List.of(FLAGS.split(" ", -1)));
    flags.add("-Dweir.root=" + root);
    var spec =
        new ProcessSpec(
            List.of(),
            "bench",
            folder,
            flags,
            ProjectFolder.checkout().classPath("benchmarks"),
            Main.class.getName(),
            List.of(words),
            Map.of(
                "WEIR_BENCH_WORK_DIR",
                folder.resolve("work").toString(),
                "WEIR_BENCH_PORT",
                Integer.toString(freePortBeforeAnother())));
    return Captured.of(spec, new LogFile(folder.resolve("bench.log")));
  }

  /** The broker's controller listens on the port after the broker's. */
  private static int freePortBeforeAnother() {
    int port = Port.free();
    while (Port.isTaken(port + 1)) {
      port = Port.free();
    }
    return port;
  }

  @Test
  void sessions_findTheCountsOfTheLoader() throws InterruptedException {
    Captured run = bench("sessions", "--only", "weir", "--events", "20000", "--warm-ups", "0");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .containsPattern("# sessions=[1-9]\\d* as it must be")
        .containsPattern("# duplicates=[1-9]\\d* as it must be")
        .containsPattern("weir sessions events=20004 .* events_per_cpu_s=[1-9]\\d* ")
        .doesNotContain(" must be null");
  }

  @Test
  void microBenchmark_runs() throws InterruptedException {
    Captured run = bench("fold", "--quick");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("# Run complete.").contains("FoldBenchmark");
  }

  /** On a busy machine the floors may be missed. */
  @Test
  void gold_isMeasured() throws InterruptedException {
    Captured rest = bench("gold", "--only", "rest", "--warm-up", "1", "--seconds", "3");
    Captured upserts = bench("gold", "--only", "upserts", "--cells", "50000");

    assertThat(rest.exitCode()).as(rest.output()).isIn(0, 1);
    assertThat(rest.output()).containsPattern("30 days by country, daily: [3-9]\\d: p50=");
    assertThat(upserts.exitCode()).as(upserts.output()).isIn(0, 1);
    assertThat(upserts.output()).containsPattern("changed rows: [1-9]");
  }

  /** On a busy machine the floors may be missed. */
  @Test
  void answersOfScores_areMeasured() throws InterruptedException {
    Captured alone = bench("scoring", "--only", "rest", "--warm-up", "2", "--seconds", "3");

    assertThat(alone.exitCode()).as(alone.output()).isIn(0, 1);
    assertThat(alone.output()).containsPattern("rest [1-9]\\d+: p50=");
  }

  @Test
  void trainingOnTheLake_isMeasured() throws InterruptedException {
    Captured run = bench("training", "--sessions", "3000");

    assertThat(run.exitCode()).as(run.output()).isIn(0, 1);
    assertThat(run.output())
        .containsPattern("# 2\\d\\d\\d sessions to train on")
        .containsPattern("reading and training: \\d+\\.\\d\\d s");
  }
}
