package io.weir.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Home;
import io.weir.local.platform.Service;
import io.weir.local.process.ProcessSpec;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lake-sink in a process of its own. */
public final class LakeSinkProcess implements AutoCloseable {
  private static final Duration QUERY_PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FIGURE =
      Pattern.compile("^weir_sink_(rows_total|lag)\\{table=\"([^\"]+)\"\\} (\\S+)$");

  private final BenchProcess process;
  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  private LakeSinkProcess(BenchProcess process, URI metrics) {
    this.process = process;
    this.metrics = metrics;
  }

  /** The progress of a table: rows committed, and rows still to come, NaN while not known. */
  public record TableProgress(double rows, double lag) {}

  /** Starts a lake-sink as the project's launcher does, with more flags for its JVM. */
  public static LakeSinkProcess start(
      Home home, List<String> moreFlags, Map<String, String> settings) {
    Catalogue catalogue = ProjectFolder.catalogue(home, settings);
    ProcessSpec spec = catalogue.process(Service.SINK);
    ProcessSpec flagged = spec.withJavaFlags(JavaFlags.merged(spec.javaFlags(), moreFlags));
    return new LakeSinkProcess(
        BenchProcess.start(flagged), URI.create(catalogue.address(Service.SINK) + "/metrics"));
  }

  /** The one row that a query of the lake returns; a process of its own asks it. */
  public static JsonNode ask(Home home, String sql, Map<String, String> settings)
      throws InterruptedException {
    Catalogue catalogue = ProjectFolder.catalogue(home, settings);
    ProcessSpec spec = catalogue.lakeTool(List.of("sql", sql, "--json"));
    try (BenchProcess query = BenchProcess.start(spec)) {
      query.awaitEnd(QUERY_PATIENCE);
      String answer =
          query.output().stream()
              .filter(line -> line.startsWith("{"))
              .findFirst()
              .orElseThrow(
                  () -> new StartupException("the lake gave no answer, see " + query.log()));
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new StartupException("the lake's answer is no JSON: " + e, e);
    }
  }

  /** CPU time and memory of the process. */
  public ProcessUsage usage() {
    return process.usage();
  }

  /** What each table has; empty while the process does not answer yet. */
  public Optional<Map<String, TableProgress>> progress() throws InterruptedException {
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

  static Map<String, TableProgress> parse(String metrics) {
    var rows = new HashMap<String, Double>();
    var lags = new HashMap<String, Double>();
    metrics
        .lines()
        .map(FIGURE::matcher)
        .filter(Matcher::matches)
        .forEach(figure ->
            (figure.group(1).equals("lag") ? lags : rows)
                .put(figure.group(2), Double.valueOf(figure.group(3))));
    var progress = new HashMap<String, TableProgress>();
    rows.forEach((table, count) ->
        progress.put(table, new TableProgress(count, lags.getOrDefault(table, Double.NaN))));
    return progress;
  }

  /** Lets the process commit what is open, then ends it. */
  @Override
  public void close() {
    process.close();
    http.close();
  }
}
