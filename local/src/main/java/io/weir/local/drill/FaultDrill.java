package io.weir.local.drill;

import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.watch.StreamStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Faults at planned moments while events flow, then the verdict. A fault waits until the one before
 * on the same service is over; faults on different services overlap as they come.
 */
public final class FaultDrill {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final long LAG_EVERY_NANOS = 1_000_000_000;
  private static final long DISK_MEGABYTES = 256;
  private static final long BYTES_PER_EVENT = 2_000;

  private final DrillPlan plan;
  private final DrillTraffic traffic;
  private final Stage stage;
  private final Platform platform;
  private final Consumer<String> report;
  private final Crew crew;
  private final Map<Service, FullDisk> disks = new EnumMap<>(Service.class);
  private final Map<Service, Semaphore> turns = new ConcurrentHashMap<>();
  private final List<FaultOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong mostLag = new AtomicLong();

  /** The result of a whole drill. */
  public record Result(
      List<FaultOutcome> outcomes,
      List<String> unasked,
      double flowSeconds,
      double settleSeconds,
      long mostLag,
      Verdict verdict) {

    public boolean isGood() {
      return verdict.isGood();
    }
  }

  /** A drill on a platform of its own, which {@link #platform()} stops. */
  public FaultDrill(DrillPlan plan, DrillTraffic traffic, Stage stage, Consumer<String> report) {
    this.plan = plan;
    this.traffic = traffic;
    this.stage = stage;
    this.report = report;
    this.platform = new Platform(stage.catalogue());
    this.crew = new Crew(platform, report);
  }

  public Platform platform() {
    return platform;
  }

  /** Runs everything. */
  public Result run() throws InterruptedException, IOException, SQLException {
    Path truth = stage.catalogue().home().folder().resolve("truth.jsonl");
    mountDisks();
    stage.start(crew);
    report.accept("all services are ready; " + plan.faults().size() + " faults to come");
    long begin = System.nanoTime();
    ChildProcess simulator = platform.start(traffic.simulator(stage.catalogue(), truth));
    carryOut(simulator, begin);
    double flow = seconds(begin);
    for (Service service : List.of(Service.STREAM, Service.SINK, Service.SCORING)) {
      crew.awaitReady(service.id(), begin);
    }
    long settling = System.nanoTime();
    Verdict verdict = Verdict.of(stage.catalogue(), truth, patience(), report);
    List<FaultOutcome> inOrder = new ArrayList<>(outcomes);
    inOrder.sort(Comparator.comparingDouble(FaultOutcome::second));
    return new Result(inOrder, crew.unasked(), flow, seconds(settling), mostLag.get(), verdict);
  }

  private Duration patience() {
    return Duration.ofMinutes(4).plusSeconds(Math.round(traffic.seconds()));
  }

  private void mountDisks() throws InterruptedException {
    long megabytes = DISK_MEGABYTES + traffic.events() * BYTES_PER_EVENT / (1 << 20);
    Home home = stage.catalogue().home();
    for (DrillPlan.Planned fault : plan.faults()) {
      if (fault.kind() == FaultKind.DISK) {
        FullDisk.mount(
                fault.target() == Service.STREAM ? home.state() : home.warehouse(), megabytes)
            .ifPresent(disk -> disks.put(fault.target(), disk));
      }
    }
  }

  /** Begins each fault when it is due; returns when the events are sent and all faults are over. */
  private void carryOut(ChildProcess simulator, long begin) throws InterruptedException {
    var due = new ArrayList<>(plan.faults());
    List<Future<?>> running = new ArrayList<>();
    var faults = new Faults(crew, stage, disks);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> keeper = threads.submit(this::keep);
      try {
        while (simulator.isAlive()
            || !due.isEmpty()
            || !running.stream().allMatch(Future::isDone)) {
          while (!due.isEmpty() && seconds(begin) >= due.getFirst().moment() * traffic.seconds()) {
            DrillPlan.Planned fault = due.removeFirst();
            running.add(threads.submit(() -> carryOut(faults, fault, begin)));
          }
          requireSuccess(simulator);
          requireSuccess(running);
          requireSuccess(List.of(keeper));
          Thread.sleep(STEP);
        }
        requireSuccess(running);
      } finally {
        running.forEach(each -> each.cancel(true));
        keeper.cancel(true);
      }
    }
  }

  private static void requireSuccess(List<Future<?>> all) {
    for (Future<?> each : all) {
      if (each.state() == Future.State.FAILED) {
        throw new DrillFailedException(each.exceptionNow());
      }
    }
  }

  private static void requireSuccess(ChildProcess simulator) {
    if (!simulator.isAlive() && simulator.exitCode() != 0) {
      throw new DrillFailedException(
          "the simulator " + simulator.ending() + ": " + simulator.log().tail(3));
    }
  }

  private Void carryOut(Faults faults, DrillPlan.Planned fault, long begin)
      throws InterruptedException, IOException {
    Semaphore turn = turns.computeIfAbsent(fault.target(), _ -> new Semaphore(1, true));
    turn.acquire();
    try {
      double second = seconds(begin);
      report.accept(
          String.format(
              Locale.ROOT, "%6.1f s  %s %s", second, fault.kind().word(), fault.target().title()));
      Faults.Result result = faults.carryOut(fault);
      outcomes.add(new FaultOutcome(fault, second, result.millis(), result.note()));
    } finally {
      turn.release();
    }
    return null;
  }

  /** Starts the dead again and looks at the lag, until it is interrupted. */
  private Void keep() throws InterruptedException {
    var reader = new StreamStatus.Reader(stage.catalogue().address(Service.STREAM));
    long asked = System.nanoTime();
    while (true) {
      crew.step();
      if (System.nanoTime() - asked > LAG_EVERY_NANOS) {
        asked = System.nanoTime();
        try {
          mostLag.accumulateAndGet(reader.read().lag(), Math::max);
        } catch (IOException _) {
          // It is away, as planned.
        }
      }
      Thread.sleep(STEP);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Gives the disks back, after {@link #platform()} has stopped. */
  public void release() throws IOException, InterruptedException {
    var endings = new ArrayList<Ending>();
    endings.add(stage.cutter()::close);
    disks.values().forEach(disk -> endings.add(disk::unmount));
    Ending.all(endings);
  }
}
