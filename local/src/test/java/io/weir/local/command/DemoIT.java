package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Home;
import io.weir.local.platform.LeftOvers;
import io.weir.local.platform.Ports;
import io.weir.local.process.Port;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as users meet it: a process with a terminal's signals. */
class DemoIT {
  @TempDir private Path folder = Path.of("");
  private final Ports ports = Ports.free();
  private final List<Process> launchers = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    for (Process launcher : launchers) {
      launcher.destroyForcibly().waitFor();
    }
    LeftOvers.end(new Home(folder), left -> {});
  }

  private Process weir(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dweir.root=" + System.getProperty("weir.root", ".."));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.weir.local.Main"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--dir", folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    launchers.add(process);
    return process;
  }

  private Process demo(String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("demo", "--history-events=20000"));
    arguments.add("--kafka-port=" + ports.kafka());
    arguments.add("--postgres-port=" + ports.postgres());
    arguments.add("--stream-port=" + ports.stream());
    arguments.add("--sink-port=" + ports.sink());
    arguments.add("--scoring-port=" + ports.scoring());
    arguments.addAll(List.of(more));
    return weir(arguments.toArray(String[]::new));
  }

  /** Reads until a line contains the text; returns everything read. */
  private static String readUntil(BufferedReader output, String text) throws IOException {
    var read = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      read.append(line).append('\n');
      if (line.contains(text)) {
        break;
      }
    }
    return read.toString();
  }

  private static String allOf(Process process) throws IOException {
    try (BufferedReader output = process.inputReader()) {
      return String.join("\n", output.readAllLines());
    }
  }

  private void assertNothingRuns() {
    assertThat(LeftOvers.in(new Home(folder))).isEmpty();
    assertThat(List.of(ports.kafka(), ports.postgres(), ports.stream(), ports.sink()))
        .noneMatch(Port::isTaken);
  }

  @Test
  void untilScored_endsWithTheSeconds_andLeavesNothingRunning()
      throws IOException, InterruptedException {
    Process demo = demo("--until-scored");

    String output = allOf(demo);

    assertThat(demo.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("first scored session after \\d+\\.\\d s: \\S+ score=0\\.");
    assertNothingRuns();
  }

  @Test
  void runningDemo_isSeenByOtherCommands_andASignalStopsItInOrder()
      throws IOException, InterruptedException {
    Process demo = demo();
    BufferedReader output = demo.inputReader();
    assertThat(readUntil(output, "Weir runs")).contains("Weir runs");

    Process second = weir("demo");
    assertThat(allOf(second)).contains("a demo already runs", "pid " + demo.pid());
    assertThat(second.waitFor()).isEqualTo(2);
    Process status = weir("status", "--json");
    assertThat(allOf(status)).contains("\"running\":true", "\"accepted\":");
    assertThat(status.waitFor()).isZero();

    demo.toHandle().destroy(); // SIGTERM: in a background job Ctrl-C's SIGINT would be ignored

    assertThat(readUntil(output, "everything stopped")).doesNotContain("killed");
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertNothingRuns();
  }

  @Test
  void killedLauncher_leavesProcesses_whichDownEnds() throws IOException, InterruptedException {
    Process demo = demo();
    assertThat(readUntil(demo.inputReader(), "ok  Kafka broker")).contains("Kafka broker");
    demo.destroyForcibly().waitFor();

    Process again = demo();
    assertThat(allOf(again)).contains("left running", "./weir down");
    assertThat(again.waitFor()).isEqualTo(2);
    Process down = weir("down");
    assertThat(allOf(down)).contains("stopping broker");

    assertThat(down.waitFor()).isZero();
    assertNothingRuns();
  }
}
