package io.weir.benchmarks.process;

import io.weir.benchmarks.comparison.StreamRun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A lake-sink of its own process. */
public final class LakeSinkProcess implements AutoCloseable {
  private static final String MODULE = "lake-sink";
  private static final String MAIN = "io.weir.sink.Main";
  private static final int QUERY_SECONDS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FIGURE =
      Pattern.compile("^weir_sink_(rows_total|lag)\\{table=\"([^\"]+)\"\\} (\\S+)$");

  /** As the project's launcher starts it. */
  public static final List<String> FLAGS =
      Stream.concat(Stream.of("-Xmx512m"), Program.FLAGS.stream()).toList();

  private final BenchProcess process;
  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  private LakeSinkProcess(BenchProcess process, URI metrics) {
    this.process = process;
    this.metrics = metrics;
  }

  /** What a table has: rows committed, and how many are still to come; NaN while not known. */
  public record Progress(double rows, double lag) {}

  public static LakeSinkProcess start(List<String> moreFlags, Map<String, String> settings, Path log) {
    int port = Program.freePort();
    var all = new HashMap<>(settings);
    all.keySet().removeAll(given().keySet());
    all.put("WEIR_SINK_PORT", Integer.toString(port));
    var flags = new ArrayList<>(FLAGS);
    flags.addAll(moreFlags);
    var program = new Program(MODULE, MAIN, flags, List.of());
    return new LakeSinkProcess(
        BenchProcess.start(program, all, log),
        URI.create("http://127.0.0.1:" + port + "/metrics"));
  }

  /** Settings of lake-sink that the user gave: to try them. */
  public static Map<String, String> given() {
    return StreamRun.given(Settings.variable("sink") + "_");
  }

  /** The answer of one row to a query, asked of the lake by a process of its own. */
  public static JsonNode ask(String sql, Map<String, String> settings, Path log)
      throws InterruptedException {
    var program = new Program(MODULE, MAIN, FLAGS, List.of("sql", sql, "--json"));
    try (BenchProcess query = BenchProcess.start(program, settings, log)) {
      query.await(QUERY_SECONDS);
    }
    String answer =
        BenchProcess.lines(log)
            .filter(line -> line.startsWith("{"))
            .findFirst()
            .orElseThrow(() -> new StartupException("the lake gave no answer, see " + log));
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new StartupException("the lake's answer is no JSON: " + answer, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** By table; empty while it does not answer yet. */
  public Optional<Map<String, Progress>> progress() throws InterruptedException {
    process.check();
    try {
      String text =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      return Optional.of(parse(text));
    } catch (ConnectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StartupException("lake-sink's metrics cannot be read: " + e, e);
    }
  }

  public static Map<String, Progress> parse(String metrics) {
    var rows = new HashMap<String, Double>();
    var lags = new HashMap<String, Double>();
    metrics
        .lines()
        .map(FIGURE::matcher)
        .filter(Matcher::matches)
        .forEach(figure ->
            (figure.group(1).equals("lag") ? lags : rows)
                .put(figure.group(2), Double.valueOf(figure.group(3))));
    var progress = new HashMap<String, Progress>();
    rows.forEach((table, count) ->
        progress.put(table, new Progress(count, lags.getOrDefault(table, Double.NaN))));
    return progress;
  }

  /** Commits what is open, then ends. */
  @Override
  public void close() {
    process.close();
    http.close();
  }
}
