package io.weir.benchmarks.micro;

import io.weir.benchmarks.topic.RawEvents;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event into a visitor's stored state: decode, fold, encode. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FoldBenchmark {
  /** Events the visitor has already. */
  @Param({"3", "20", "200"})
  private int known;

  private final Sessionizer sessionizer =
      new Sessionizer(
          SessionRules.of(Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofHours(24)));
  private byte[] stored = {};
  private EnrichedEvent event = new EnrichedEvent();

  @Setup
  public void fill() {
    var state = new VisitorState();
    for (int i = 0; i < known; i++) {
      sessionizer.accept(state, event(i), Long.MIN_VALUE);
    }
    stored = VisitorStateCodec.encode(state);
    event = event(known);
  }

  private static EnrichedEvent event(int number) {
    var event = new EnrichedEvent();
    event.setEventId("01955f2a-0000-7000-8000-" + number);
    event.setEventType("page_view");
    event.setEventTime(RawEvents.NOON + number * 1_000L);
    event.setVisitorId("visitor");
    event.setUrlDomain("www.shop.example");
    event.setUrlPath("/p/" + number % 10);
    event.setReferrerClass("internal");
    event.setDevice("mobile");
    event.setBrowser("Chrome");
    event.setProducts(List.of());
    return event;
  }

  @Benchmark
  public byte[] foldOneEvent() {
    VisitorState state = VisitorStateCodec.decode(stored);
    sessionizer.accept(state, event, Long.MIN_VALUE);
    return VisitorStateCodec.encode(state);
  }
}
