package io.weir.local.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Runs named steps, some at the same time, and shows each with the seconds it took. */
public final class Steps {
  private final Display display;
  private final LongSupplier nanos;
  private final Map<String, Long> running = new LinkedHashMap<>();

  /**
   * A step: its name, its work with the text for its end, and the names of the steps that it needs.
   */
  public record Step(String name, Callable<String> work, List<String> needs) {
    public Step {
      needs = List.copyOf(needs);
    }

    public Step(String name, Callable<String> work) {
      this(name, work, List.of());
    }

    /** The same step, to begin when the named steps are done. */
    public Step after(String... names) {
      return new Step(name, work, List.of(names));
    }
  }

  public Steps(Display display, LongSupplier nanos) {
    this.display = display;
    this.nanos = nanos;
  }

  /**
   * Runs the steps at the same time, each as soon as the steps that it needs are done. The first
   * failure interrupts the others and is thrown.
   */
  public void together(Step... steps) throws InterruptedException {
    List<String> names = Stream.of(steps).map(Step::name).toList();
    for (Step step : steps) {
      if (!names.containsAll(step.needs())) {
        throw new IllegalArgumentException(step + " needs a step that is not among " + names);
      }
    }
    together(steps, new ConcurrentHashMap<>());
  }

  private void together(Step[] steps, Map<String, CountDownLatch> done)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ExecutorCompletionService<String>(threads);
      List<Future<String>> all = new ArrayList<>();
      for (Step step : steps) {
        all.add(results.submit(() -> run(step, done)));
      }
      try {
        await(results, all.size());
      } catch (ExecutionException e) {
        all.forEach(future -> future.cancel(true));
        throw asRuntimeException(e);
      }
    }
  }

  private void await(ExecutorCompletionService<String> results, int count)
      throws InterruptedException, ExecutionException {
    int left = count;
    while (left > 0) {
      Future<String> done = results.poll(500, TimeUnit.MILLISECONDS);
      if (done != null) {
        done.get();
        left--;
      }
      if (left > 0) {
        display.paint(progress());
      }
    }
  }

  private static RuntimeException asRuntimeException(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  private String run(Step step, Map<String, CountDownLatch> done) throws Exception {
    for (String name : step.needs()) {
      latch(done, name).await();
    }
    String result = run(step);
    latch(done, step.name()).countDown();
    return result;
  }

  private static CountDownLatch latch(Map<String, CountDownLatch> done, String name) {
    return done.computeIfAbsent(name, _ -> new CountDownLatch(1));
  }

  private String run(Step step) throws Exception {
    long start = nanos.getAsLong();
    note(step.name(), start);
    try {
      String result = step.work().call();
      Style style = display.style();
      String seconds = String.format(Locale.ROOT, "%-13s %5.1f s  ", step.name(), since(start));
      display.line("  " + style.done() + "  " + seconds + style.dim(result));
      return result;
    } finally {
      drop(step.name());
    }
  }

  private synchronized void note(String name, long start) {
    running.put(name, start);
  }

  private synchronized void drop(String name) {
    running.remove(name);
  }

  private synchronized String progress() {
    var line = new StringBuilder("  ..  ");
    running.forEach((name, start) ->
        line.append(String.format(Locale.ROOT, "%s %.0f s   ", name, since(start))));
    return line.toString();
  }

  private double since(long start) {
    return (nanos.getAsLong() - start) / 1e9;
  }
}
