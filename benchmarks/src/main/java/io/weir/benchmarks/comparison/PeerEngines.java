package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.RunLine;
import io.weir.process.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The other engines, their broker and their topic, behind one script that builds what it needs. */
final class PeerEngines {
  private static final String COUNTS = "count ";

  private final RunPlan plan;

  PeerEngines(RunPlan plan) {
    this.plan = plan;
  }

  /** The line of a run, and the counts that the engine found. */
  record PeerRun(RunLine line, Map<String, String> counts) {
    PeerRun {
      counts = Map.copyOf(counts);
    }
  }

  /** Starts the broker unless it runs already; returns whether this call started it. */
  boolean startBroker() {
    return run("broker", "start").stream().noneMatch(line -> line.contains("already up"));
  }

  void stopBroker() {
    run("broker", "stop");
  }

  /** Fills the raw topic. */
  void load() {
    run("load", "--events", Integer.toString(plan.events()));
  }

  /**
   * Lets an engine do its job once.
   *
   * @param job what it does with the topic, {@code sessions} or {@code full}
   */
  PeerRun measure(String engine, String job) {
    List<String> lines = run(engine, job);
    RunLine line =
        lines.stream()
            .filter(RunLine::isOne)
            .map(RunLine::parse)
            .reduce((_, last) -> last)
            .orElseThrow(
                () -> new StartupException(engine + " gave no result, see " + plan.work()));
    var counts = new HashMap<String, String>();
    lines.stream()
        .filter(each -> each.startsWith(COUNTS))
        .forEach(each -> counts.putAll(RunLine.parse(each).figures()));
    return new PeerRun(line, counts);
  }

  /** What the loader wrote: the counts every engine must reach. */
  Map<String, String> truth() {
    return RunLine.parse(run("truth").getLast()).figures();
  }

  long brokerPid() {
    Path file = plan.work().resolve("broker.pid");
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new StartupException(file + " cannot be read: is another broker on the port?", e);
    }
  }

  /** Runs the script, shows what it prints as comments, and returns the lines. */
  private List<String> run(String... words) {
    var command = new ArrayList<String>();
    command.add(plan.script().toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    settle(builder.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      List<String> lines = shown(process);
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

  private static List<String> shown(Process process) throws IOException {
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
    return lines;
  }

  private void settle(Map<String, String> environment) {
    environment.put("PEERS_TMP", plan.work().toString());
    environment.put("PORT", Integer.toString(plan.port()));
    environment.put("CPORT", Integer.toString(plan.port() + 1));
    environment.put("WEIR_JAVA_HOME", System.getProperty("java.home"));
    environment.remove("JAVA_HOME");
    plan.peersJava().ifPresent(home -> environment.put("JAVA_HOME", home.toString()));
  }
}
