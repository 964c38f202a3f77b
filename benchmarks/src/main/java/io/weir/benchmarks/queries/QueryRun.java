package io.weir.benchmarks.queries;

import io.weir.benchmarks.measure.Latencies;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.topic.RawEventSender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Questions and probes beside a steady stream of events, first to warm up, then measured.
 *
 * @param ports of the instance to ask, by the visitor's partition
 * @param processes whose CPU time is printed, by name
 */
record QueryRun(
    String name, RawEventSender raw, List<Integer> ports, Map<String, ProcessUsage> processes) {
  private static final int PROBES_WARM_UP_SECONDS = 5;
  static final int EVENTS_PER_SECOND = 5_000;

  private static final int EVENTS_AT_ONCE = 5;
  private static final int VISITORS = 50_000;
  private static final int QUERIES_PER_SECOND = 500;
  private static final int ASKING = 16;
  private static final int PROBES_PER_SECOND = 20;
  private static final int PROBING = 10;

  /**
   * The latencies and the answers of a run.
   *
   * @param answers by HTTP status, warm-up included
   */
  record QueryFigures(
      Latencies queries, Latencies visible, Map<Integer, LongAdder> answers, double perSecond) {
    long otherThan200And404() {
      return answers.entrySet().stream()
          .filter(answer -> answer.getKey() != 200 && answer.getKey() != 404)
          .mapToLong(answer -> answer.getValue().sum())
          .sum();
    }
  }

  QueryFigures run(int warmUpSeconds, int seconds) throws InterruptedException {
    var answers = new ConcurrentHashMap<Integer, LongAdder>();
    try (PacedThreads load = load();
        PacedThreads queries =
            PacedThreads.start("query", QUERIES_PER_SECOND, questions(answers))) {
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      return probed(load, queries, answers, seconds);
    }
  }

  /** A probe asks again and again, so probes start after a cold process has caught up. */
  private QueryFigures probed(
      PacedThreads load, PacedThreads queries, Map<Integer, LongAdder> answers, int seconds)
      throws InterruptedException {
    try (PacedThreads probes = PacedThreads.start("probe", PROBES_PER_SECOND, probes())) {
      List<PacedThreads> all = List.of(load, probes, queries);
      TimeUnit.SECONDS.sleep(PROBES_WARM_UP_SECONDS);
      all.forEach(PacedThreads::check);
      all.forEach(paced -> paced.latencies().reset());
      long before = raw.taken();
      Map<String, Double> cpuBefore = cpu();
      TimeUnit.SECONDS.sleep(seconds);
      all.forEach(PacedThreads::check);
      var result =
          new QueryFigures(
              queries.latencies(),
              probes.latencies(),
              answers,
              (raw.taken() - before) / (double) seconds);
      tell(result, load, cpuBefore, seconds);
      return result;
    }
  }

  private PacedThreads load() {
    var step = new LoadStep(raw, VISITORS, EVENTS_AT_ONCE);
    return PacedThreads.start("load", EVENTS_PER_SECOND / (double) EVENTS_AT_ONCE, List.of(step));
  }

  private List<VisibilityProbe> probes() {
    return IntStream.range(0, PROBING)
        .mapToObj(i -> new VisibilityProbe(raw, new InstanceConnections(ports), "probe-" + i))
        .toList();
  }

  private List<VisitorQuestion> questions(Map<Integer, LongAdder> answers) {
    return IntStream.range(0, ASKING)
        .mapToObj(i -> new VisitorQuestion(new InstanceConnections(ports), VISITORS, answers, i))
        .toList();
  }

  private Map<String, Double> cpu() {
    var seconds = new LinkedHashMap<String, Double>();
    processes.forEach((process, usage) -> seconds.put(process, usage.cpuSeconds()));
    return seconds;
  }

  private void tell(
      QueryFigures result, PacedThreads load, Map<String, Double> cpuBefore, int seconds) {
    String used =
        cpu().entrySet().stream()
            .map(now ->
                String.format(
                    Locale.ROOT,
                    "%s %.0f %%",
                    now.getKey(),
                    100 * (now.getValue() - cpuBefore.getOrDefault(now.getKey(), 0.0)) / seconds))
            .collect(Collectors.joining(", "));
    System.out.println("# " + name + ": of a core: " + used);
    System.out.println("# " + name + ": answers by status: " + result.answers());
    System.out.println("# " + name + ": sends behind their time: " + load.latencies());
    System.out.println(name + " queries " + result.queries());
    System.out.println(name + " visible " + result.visible());
  }
}
