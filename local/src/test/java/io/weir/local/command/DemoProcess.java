package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.LeftOvers;
import io.weir.local.platform.Ports;
import io.weir.local.process.Port;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Launchers on one working folder, as users start them: processes with a terminal's signals. */
final class DemoProcess {
  private final Path folder;
  private final Ports ports = Ports.free();
  private final List<Process> launchers = new ArrayList<>();

  DemoProcess(Path folder) {
    this.folder = folder;
  }

  Home home() {
    return new Home(folder);
  }

  Catalogue catalogue() {
    return new Catalogue(new Checkout(Path.of(root())), home(), ports, 4);
  }

  private static String root() {
    return System.getProperty("weir.root", "..");
  }

  Process weir(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dweir.root=" + root());
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.add("-XX:-UsePerfData");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.weir.local.Main"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--dir", folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    launchers.add(process);
    return process;
  }

  Process demo(String... more) throws IOException {
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
  static String readUntil(BufferedReader output, String text) throws IOException {
    var read = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      read.append(line).append('\n');
      if (line.contains(text)) {
        break;
      }
    }
    return read.toString();
  }

  static String allOf(Process process) throws IOException {
    try (BufferedReader output = process.inputReader()) {
      return String.join("\n", output.readAllLines());
    }
  }

  /** Sends a signal by its name, for example STOP, to all that have not ended meanwhile. */
  static void signal(String name, List<Long> pids) throws IOException {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    int code = new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    // PostgreSQL has processes that live for a moment; kill goes on behind one that is gone.
    if (code != 0 && pids.stream().allMatch(pid -> ProcessHandle.of(pid).isPresent())) {
      throw new IOException("kill -" + name + " " + pids + " failed");
    }
  }

  /** Processes that still run and ports that still answer; empty after a clean end. */
  List<String> remains() {
    var remains = new ArrayList<String>();
    LeftOvers.in(home()).forEach(left -> remains.add(left.toString()));
    for (int port :
        List.of(ports.kafka(), ports.postgres(), ports.stream(), ports.sink(), ports.scoring())) {
      if (Port.isTaken(port)) {
        remains.add("port " + port);
      }
    }
    return remains;
  }

  /** Ends the launchers and the processes that they started. */
  void end() throws InterruptedException {
    for (Process launcher : launchers) {
      launcher.destroyForcibly().waitFor();
    }
    LeftOvers.end(home(), left -> {});
  }
}
