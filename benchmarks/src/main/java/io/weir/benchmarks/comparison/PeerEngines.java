package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.RunLine;

import io.weir.process.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The other engines, their broker and their topic, behind one script that builds what it needs. */
final class PeerEngines {
  private final RunPlan options;

  PeerEngines(RunPlan options) {
    this.options = options;
  }

  /** Returns whether it was this call that started it. */
  boolean startBroker() {
    return run("broker", "start").stream().noneMatch(line -> line.contains("already up"));
  }

  void stopBroker() {
    run("broker", "stop");
  }

  void load() {
    run("load");
  }

  /** {@code job}: what it does with the topic, {@code sessions} or {@code full}. */
  RunLine measure(String engine, String job) {
    return run(engine, job).stream()
        .filter(RunLine::isOne)
        .map(RunLine::parse)
        .reduce((_, last) -> last)
        .orElseThrow(() -> new StartupException(engine + " gave no result, see " + options.work()));
  }

  /** The answers every engine must reach. */
  Map<String, String> truth() {
    return RunLine.parse(run("truth").getLast()).figures();
  }

  long brokerPid() {
    Path file = options.work().resolve("broker.pid");
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new StartupException(file + " cannot be read: is another broker on the port?", e);
    }
  }

  /** Runs the script, shows what it prints as comments, and returns the lines. */
  private List<String> run(String... words) {
    var command = new ArrayList<String>();
    command.add(options.script().toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    settle(builder.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      var lines = new ArrayList<String>();
      try (BufferedReader output = process.inputReader()) {
        output
            .lines()
            .filter(line -> !line.isBlank())
            .forEach(line -> {
              lines.add(line);
              System.out.println(RunLine.isOne(line) ? line : "# " + line);
            });
      }
      if (process.waitFor() != 0) {
        throw new StartupException("failed: " + String.join(" ", command));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted: " + String.join(" ", command), e);
    }
  }

  private void settle(Map<String, String> environment) {
    environment.put("PEERS_TMP", options.work().toString());
    environment.put("PORT", Integer.toString(options.port()));
    environment.put("CPORT", Integer.toString(options.port() + 1));
    environment.remove("JAVA_HOME");
    options.peersJava().ifPresent(home -> environment.put("JAVA_HOME", home.toString()));
  }
}
