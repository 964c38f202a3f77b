package io.weir.local.platform;

import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Restarts services that have died. A service that needs the broker or PostgreSQL waits until both
 * are ready, so their deaths do not use up its attempts.
 */
public final class Supervisor {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Platform platform;
  private final LongSupplier nanos;
  private final Consumer<String> report;
  private final RestartPolicy policy = new RestartPolicy();
  private final Readiness readiness;
  private final Map<Service, Dead> waiting = new EnumMap<>(Service.class);
  private final Map<Service, Integer> restarts = new EnumMap<>(Service.class);
  private final Map<Service, IntFunction<List<String>>> arguments = new EnumMap<>(Service.class);

  private record Dead(ChildProcess process, long due) {}

  public Supervisor(Platform platform, LongSupplier nanos, Consumer<String> report) {
    this.platform = platform;
    this.nanos = nanos;
    this.report = report;
    this.readiness = new Readiness(platform.catalogue());
  }

  /** Sets the arguments of a service's n-th restart; without this it gets none. */
  public void restartWith(Service service, IntFunction<List<String>> byRestart) {
    arguments.put(service, byRestart);
  }

  /** Steps during the given time, unless the platform is being stopped. */
  public void watch(Duration time) throws InterruptedException {
    // The steps are counted, not timed: a suspended machine neither shortens nor skips them.
    for (long left = time.dividedBy(POLL); left > 0 && !platform.isStopping(); left--) {
      step();
      Thread.sleep(POLL);
    }
  }

  /** Notices deaths and starts the processes that are due; fails if a service died too often. */
  public void step() throws InterruptedException {
    for (ChildProcess process : platform.ended()) {
      Service service = Service.named(process.name()).orElseThrow();
      if (!waiting.containsKey(service)) {
        bury(service, process);
      }
    }
    for (Iterator<Map.Entry<Service, Dead>> each = waiting.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Service, Dead> entry = each.next();
      if (nanos.getAsLong() - entry.getValue().due() >= 0 && mayStart(entry.getKey())) {
        Service service = entry.getKey();
        ChildProcess dead = entry.getValue().process();
        each.remove();
        restart(service, dead);
      }
    }
  }

  private void bury(Service service, ChildProcess process) {
    switch (policy.died(process.name(), nanos.getAsLong())) {
      case RestartPolicy.Restart(int attempt, Duration pause) -> {
        waiting.put(service, new Dead(process, nanos.getAsLong() + pause.toNanos()));
        report.accept(
            String.format(
                Locale.ROOT,
                "  !!  %s %s: starts again in %d s (%d of %d in %d minutes)",
                service.title(),
                process.ending(),
                pause.toSeconds(),
                attempt,
                RestartPolicy.MOST,
                RestartPolicy.WITHIN.toMinutes()));
      }
      case RestartPolicy.GiveUp() ->
          throw ServiceFailedException.of(
              process,
              String.format(
                  Locale.ROOT,
                  "%s, more than %d times in %d minutes",
                  process.ending(),
                  RestartPolicy.MOST,
                  RestartPolicy.WITHIN.toMinutes()));
    }
  }

  private boolean mayStart(Service service) throws InterruptedException {
    return switch (service) {
      case BROKER, POSTGRES -> true;
      case STREAM, SINK, SCORING, SIMULATOR -> isReady(Service.BROKER) && isReady(Service.POSTGRES);
    };
  }

  private boolean isReady(Service service) throws InterruptedException {
    Optional<String> problem =
        waiting.containsKey(service) ? Optional.of("dead") : readiness.problem(service);
    return problem.isEmpty();
  }

  private void restart(Service service, ChildProcess dead) {
    int count = restarts.merge(service, 1, Integer::sum);
    List<String> own = arguments.getOrDefault(service, _ -> List.of()).apply(count);
    ProcessSpec spec = platform.catalogue().process(service, own.toArray(String[]::new));
    platform.replace(dead, spec, count);
  }
}
