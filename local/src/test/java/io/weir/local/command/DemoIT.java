package io.weir.local.command;

import static io.weir.local.command.DemoProcess.allOf;
import static io.weir.local.command.DemoProcess.readUntil;
import static io.weir.local.command.DemoProcess.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.local.platform.LeftOvers;
import io.weir.local.platform.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start and the end of a demo. */
class DemoIT {
  @TempDir private Path folder = Path.of("");
  private DemoProcess launchers = new DemoProcess(folder);

  @BeforeEach
  void inThisFolder() {
    launchers = new DemoProcess(folder);
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    launchers.end();
  }

  private void assertEnds(Process demo) throws InterruptedException {
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).as("ends within a minute").isTrue();
    assertThat(launchers.remains()).isEmpty();
  }

  @Test
  void untilScored_endsWithTheSeconds_andLeavesNothingRunning()
      throws IOException, InterruptedException {
    Process demo = launchers.demo("--until-scored");

    String output = allOf(demo);

    assertThat(demo.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("first scored session after \\d+\\.\\d s: \\S+ score=0\\.");
    assertThat(launchers.remains()).isEmpty();
  }

  @Test
  void runningDemo_isSeenByOtherCommands_andASignalStopsItInOrder()
      throws IOException, InterruptedException {
    Process demo = launchers.demo();
    BufferedReader output = demo.inputReader();
    assertThat(readUntil(output, "Weir runs")).contains("Weir runs");

    Process second = launchers.weir("demo");
    assertThat(allOf(second)).contains("a demo already runs", "pid " + demo.pid(), "./weir status");
    assertThat(second.waitFor()).isEqualTo(2);
    Process status = launchers.weir("status", "--json");
    assertThat(allOf(status)).contains("\"running\":true", "\"accepted\":", "\"restarts\":0");
    assertThat(status.waitFor()).isZero();

    // Without OpenMP it says which package is missing.
    assertThat(readUntil(output, "newer model")).contains("trains a newer model on the sessions");
    String trained = readUntil(output, "newer model");
    assertThat(trained)
        .containsAnyOf("newer model: trained", "promoted: there was no champion", "OpenMP");
    assertThat(launchers.home().pidFile("train-model").running()).isEmpty();

    assertThat(readUntil(output, "compared with their training"))
        .contains("models compared with their training: http://127.0.0.1:", "/#/models");

    demo.toHandle().destroy(); // SIGTERM: in a background job Ctrl-C's SIGINT would be ignored

    assertThat(readUntil(output, "everything stopped")).doesNotContain("killed");
    assertEnds(demo);
  }

  @Test
  void closedTerminal_endsEverything() throws IOException, InterruptedException {
    assumeTrue(isHangUpHeard(), "skipped: this process ignores SIGHUP, so its children do too");
    Process demo = launchers.demo();
    BufferedReader output = demo.inputReader();
    assertThat(readUntil(output, "Weir runs")).contains("Weir runs");

    output.close(); // every line that the launcher prints from now on fails
    signal("HUP", List.of(demo.pid()));

    assertEnds(demo);
  }

  private static boolean isHangUpHeard() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .noneMatch(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16) % 2 == 1);
  }

  @Test
  void killedLauncher_leavesProcesses_whichTheNextDemoEnds_andASignalInterruptsItsStart()
      throws IOException, InterruptedException {
    Process demo = launchers.demo();
    assertThat(readUntil(demo.inputReader(), "ok  PostgreSQL")).contains("ok  PostgreSQL");
    demo.destroyForcibly().waitFor();
    ProcessHandle postgres =
        launchers.home().pidFile(Service.POSTGRES.id()).running().orElseThrow();
    postgres.destroyForcibly(); // its server keeps running
    postgres.onExit().join();
    String left = LeftOvers.names(LeftOvers.in(launchers.home()));
    assertThat(left).contains("PostgreSQL server (pid ");

    Process again = launchers.demo();
    BufferedReader output = again.inputReader();
    String start = readUntil(output, "ok  PostgreSQL");
    again.toHandle().destroy();

    assertThat(start).contains("ending what a killed demo left running: " + left);
    assertThat(start).contains("ok  PostgreSQL");
    assertThat(readUntil(output, "everything stopped")).doesNotContain("Weir runs", "killed");
    assertEnds(again);
  }

  @Test
  void killedLauncher_leavesProcesses_whichDownEnds() throws IOException, InterruptedException {
    Process demo = launchers.demo();
    assertThat(readUntil(demo.inputReader(), "ok  Kafka broker")).contains("Kafka broker");
    demo.destroyForcibly().waitFor();

    Process down = launchers.weir("down");

    assertThat(allOf(down)).contains("stopping broker");
    assertThat(down.waitFor()).isZero();
    assertThat(launchers.remains()).isEmpty();
  }
}
