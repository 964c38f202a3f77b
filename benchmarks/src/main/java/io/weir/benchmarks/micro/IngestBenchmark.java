package io.weir.benchmarks.micro;

import io.weir.benchmarks.topic.RawEvents;
import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.enrich.EnrichmentRules;
import io.weir.stream.enrich.Enrichments;
import io.weir.stream.ingest.Checked;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.EventValidator;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.ops.GeoFile;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One raw event to one encoded enriched event, in steps that add up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class IngestBenchmark {
  private static final int EVENTS = 1 << 14;

  private final byte[][] raw = RawEvents.make(EVENTS, 5_000);
  private final EventValidator validator =
      new EventValidator(
          new TimeRules(Duration.ofMinutes(5), Duration.ofDays(30)), EventRules.any());
  private final EnricherChain enricher = everything();
  private final AvroSerde<EnrichedEvent> serde = AvroSerde.enrichedEvent();
  private int next;

  /** All enrichments, places included. */
  private static EnricherChain everything() {
    var enrichments = new Enrichments(EnrichmentRules.standard());
    enrichments.geo().use(GeoFile.builtIn("/enrich/demo.mmdb"));
    return enrichments.chain(
        System::nanoTime,
        (_, e) -> {
          throw e;
        });
  }

  private EnrichedEvent checked() {
    byte[] value = raw[next++ & (EVENTS - 1)];
    return switch (validator.check(value, RawEvents.NOON)) {
      case Checked.Accepted(EnrichedEvent event) -> event;
      case Checked.Rejected rejected -> throw new IllegalStateException(rejected.toString());
    };
  }

  @Benchmark
  public Object parseAndValidate() {
    return checked();
  }

  @Benchmark
  public Object parseValidateEnrich() {
    EnrichedEvent event = checked();
    enricher.enrich(event);
    return event;
  }

  @Benchmark
  public Object parseValidateEnrichEncode() {
    EnrichedEvent event = checked();
    enricher.enrich(event);
    return Objects.requireNonNull(serde.serialize("events", event));
  }
}
