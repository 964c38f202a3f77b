package io.weir.local.drill;

import io.weir.local.platform.Checkout;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Two instances of stream-app are replaced in turn while events flow and questions are asked, and
 * one of several brokers dies; then the verdict. The settings are those of the Helm chart: static
 * members, a standby.
 */
public final class UpgradeDrill {
  private static final String SECOND = "stream-second";
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final long PROBE_MILLIS = 250;
  private static final double LEAST_SHARE = 0.999;
  private static final double MOST_LAG = 15;
  private static final String SOME_VISITORS =
      "SELECT DISTINCT visitor_id FROM gold.session_metrics LIMIT 500";

  private final Options options;
  private final Stage stage;
  private final Platform platform;
  private final Consumer<String> report;
  private final Crew crew;
  private final Questions questions;
  private final List<Member> instances;
  private final DrillSteps steps = new DrillSteps();
  private volatile List<String> paths = List.of("/v1/status");

  /**
   * The course of a drill.
   *
   * @param warmUp how long events flow before the first instance is replaced; its answers and its
   *     lag do not count
   * @param old the build that runs before
   * @param isKill the instances get SIGKILL instead of SIGTERM
   */
  public record Options(
      DrillTraffic traffic, Duration warmUp, double questions, Checkout old, boolean isKill) {}

  /** The result of a drill. */
  public record Result(
      Questions.Figures figures, double mostLag, List<String> steps, Verdict verdict) {

    public Result {
      steps = List.copyOf(steps);
    }

    /** The floors of the drill that are missed. */
    public List<String> missed() {
      var missed = new ArrayList<String>();
      if (figures.share() < LEAST_SHARE) {
        missed.add("less than 99.9 % answered within 2 s");
      }
      if (figures.failed() > 0) {
        missed.add("requests failed that should have got 503 with Retry-After");
      }
      if (mostLag > MOST_LAG) {
        missed.add("a lag above 15 s");
      }
      if (!verdict.isGood()) {
        missed.add("results differ from the truth");
      }
      return missed;
    }
  }

  /** A drill on a platform of its own, which {@link #platform()} stops. */
  public UpgradeDrill(Options options, Stage stage, Consumer<String> report) {
    this.options = options;
    this.stage = stage;
    this.report = report;
    this.platform = new Platform(stage.catalogue());
    this.crew = new Crew(platform, report);
    this.instances =
        List.of(
            asInChart(stage.member(Service.STREAM)),
            asInChart(stage.second(Service.STREAM, SECOND)));
    this.questions = new Questions(instances.stream().map(Member::address).toList());
  }

  private static Member asInChart(Member member) {
    return member.with(
        Map.of(
            "WEIR_STREAM_INSTANCE_ID", member.name(),
            "WEIR_STREAM_SESSION_TIMEOUT", "45s",
            "WEIR_STREAM_SHUTDOWN_DRAIN", "2s"));
  }

  public Platform platform() {
    return platform;
  }

  /** Runs everything. */
  public Result run() throws InterruptedException, IOException, SQLException {
    Path truth = stage.catalogue().home().folder().resolve("truth.jsonl");
    var members = new ArrayList<Member>();
    instances.forEach(instance -> members.add(instance.of(options.old())));
    members.add(stage.member(Service.SINK));
    members.add(stage.member(Service.SCORING));
    stage.start(crew, members);
    report.accept("two instances of stream-app and all other services are ready");
    ChildProcess simulator = platform.start(options.traffic().simulator(stage.catalogue(), truth));
    List<String> lines = underLoad(simulator);
    if (simulator.exitCode() != 0) {
      throw new DrillFailedException("the simulator " + simulator.ending());
    }
    report.accept("all events are sent");
    Verdict verdict = Verdict.of(stage.catalogue(), truth, Duration.ofMinutes(5), report);
    return new Result(questions.figures(), steps.mostLag(), lines, verdict);
  }

  /** Replaces everything while events flow; a line for each step. */
  private List<String> underLoad(ChildProcess simulator) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var lag = new LagWatch(stage.catalogue().clientSettings())) {
      questions.probe();
      List<Future<?>> watchers =
          List.of(
              threads.submit(() -> keepProbing(lag)), threads.submit(() -> keepAsking(threads)));
      try {
        Thread.sleep(options.warmUp());
        questions.forget();
        steps.forget();
        for (Member instance : instances) {
          replace(instance, options.isKill());
          Thread.sleep(BETWEEN);
        }
        if (stage.hasSeveralBrokers()) {
          killLeader(lag.leader());
        }
        while (simulator.isAlive()) {
          requireRunning(watchers);
          Thread.sleep(PROBE_MILLIS);
        }
        return steps.lines();
      } finally {
        watchers.forEach(each -> each.cancel(true));
      }
    }
  }

  private static void requireRunning(List<Future<?>> watchers) throws InterruptedException {
    for (Future<?> watcher : watchers) {
      if (watcher.isDone()) {
        try {
          watcher.get();
        } catch (ExecutionException e) {
          throw new DrillFailedException(e.getCause());
        }
      }
    }
  }

  /** The broker that raw events of a partition go to dies at once, and comes back. */
  private void killLeader(int node) throws InterruptedException {
    report.accept("broker " + node + " leads a partition of raw events, and dies");
    replace(stage.broker(node), true);
  }

  /** Ends a process and starts its new version. */
  private void replace(Member instance, boolean isKill) throws InterruptedException {
    long begin = System.nanoTime();
    steps.begin(instance.name());
    if (isKill) {
      crew.kill(instance.name());
    }
    boolean isGone = crew.remove(instance.name(), STOP);
    double ended = seconds(begin);
    crew.add(instance);
    double ready = crew.awaitReady(instance.name(), begin) / 1000.0;
    String line =
        String.format(
            Locale.ROOT,
            "%s: %s after %.1f s, the new version ready after %.1f s",
            instance.name(),
            isKill ? "killed" : isGone ? "ended" : "had to be killed",
            ended,
            ready);
    steps.done(line);
    report.accept(line);
  }

  private Void keepProbing(LagWatch lag) throws InterruptedException {
    long asked = 0;
    while (true) {
      questions.probe();
      steps.note(lag.sample());
      if (System.nanoTime() - asked > BETWEEN.toNanos()) {
        asked = System.nanoTime();
        paths = paths();
      }
      Thread.sleep(PROBE_MILLIS);
    }
  }

  private Void keepAsking(ExecutorService threads) throws InterruptedException {
    long begin = System.nanoTime();
    for (long asked = 0; ; asked++) {
      while (asked >= seconds(begin) * options.questions()) {
        Thread.sleep(1);
      }
      List<String> now = paths;
      String path = now.get((int) (asked % now.size()));
      var _ =
          threads.submit(() -> {
            questions.ask(path);
            return null;
          });
    }
  }

  /** The questions about visitors that gold knows by now. */
  private List<String> paths() {
    var found = new ArrayList<String>();
    try (Connection connection =
            DriverManager.getConnection(stage.catalogue().postgresUrl(), "weir", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SOME_VISITORS)) {
      while (row.next()) {
        found.add("/v1/visitors/" + row.getString(1));
        found.add("/v1/visitors/" + row.getString(1) + "/sessions");
      }
    } catch (SQLException e) {
      report.accept("no visitors from PostgreSQL: " + e.getMessage());
    }
    return found.isEmpty() ? paths : found;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Ends what is left after {@link #platform()} has stopped. */
  public void release() {
    stage.cutter().close();
  }
}
