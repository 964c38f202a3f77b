package io.weir.benchmarks.micro;

import io.weir.benchmarks.topic.RawEvents;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.bytes.PartStore;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Compares the cost of an event in long and in short sessions. All visitors together take the same
 * number of events in each case. The visitors are in memory, as they are in the service.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 15)
@Measurement(iterations = 15)
public class LongSessionBenchmark {
  private static final int EVENTS = 10_000;

  /** Events each visitor has already. */
  @Param({"20", "2000", "20000"})
  private int known;

  private final Sessionizer sessionizer =
      new Sessionizer(
          SessionRules.of(Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofHours(24)));
  private final List<Visitor> visitors = new ArrayList<>();
  private final List<EnrichedEvent> events = new ArrayList<>();

  /** A visitor in memory, and the records its commits have left. */
  private static final class Visitor implements PartStore {
    private final Map<Integer, byte[]> parts = new HashMap<>();
    private final VisitorState state = new VisitorState();
    private byte[] own = {};

    @Override
    public byte[] read(int part) {
      return Objects.requireNonNull(parts.get(part));
    }

    @Override
    public void write(int part, byte[] bytes) {
      parts.put(part, bytes);
    }

    @Override
    public void delete(int part) {
      parts.remove(part);
    }
  }

  @Setup(Level.Iteration)
  public void fill() {
    visitors.clear();
    events.clear();
    int count = Math.max(1, 2 * EVENTS / known);
    for (int i = 0; i < count; i++) {
      var visitor = new Visitor();
      for (int event = 0; event < known; event++) {
        accept(visitor, event(event));
      }
      commit(visitor);
      visitors.add(visitor);
    }
    for (int i = 0; i < EVENTS; i++) {
      events.add(event(known + i / count));
    }
  }

  private static EnrichedEvent event(int number) {
    var event = new EnrichedEvent();
    event.setEventId("01955f2a-0000-7000-8000-" + number);
    event.setEventType("page_view");
    event.setEventTime(RawEvents.NOON + number * 1_000L);
    event.setVisitorId("visitor");
    event.setUrlDomain("www.shop.example");
    event.setUrlPath("/a/page/with/a/usual/name/" + number % 5_000);
    event.setReferrerClass("internal");
    event.setDevice("mobile");
    event.setBrowser("Chrome");
    event.setProducts(List.of());
    return event;
  }

  private void accept(Visitor visitor, EnrichedEvent event) {
    sessionizer.accept(visitor.state, event, Long.MIN_VALUE);
    if (sessionizer.isFull(visitor.state)) {
      sessionizer.shrink("visitor", visitor.state, _ -> {});
    }
  }

  private static void commit(Visitor visitor) {
    visitor.own = VisitorStateCodec.encode(visitor.state, visitor);
    VisitorStateCodec.deleteStale(visitor.state, visitor);
  }

  /** The worst case: each event is committed on its own. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int eventAndCommit() {
    int bytes = 0;
    for (int i = 0; i < EVENTS; i++) {
      Visitor visitor = visitors.get(i % visitors.size());
      accept(visitor, events.get(i));
      commit(visitor);
      bytes += visitor.own.length;
    }
    return bytes;
  }

  /** While catching up: hundreds of events between two commits. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int eventAlone() {
    int size = 0;
    for (int i = 0; i < EVENTS; i++) {
      Visitor visitor = visitors.get(i % visitors.size());
      accept(visitor, events.get(i));
      size += visitor.own.length;
    }
    return size;
  }
}
