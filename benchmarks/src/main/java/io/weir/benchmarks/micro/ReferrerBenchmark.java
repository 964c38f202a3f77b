package io.weir.benchmarks.micro;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.enrich.EnrichmentRules;
import io.weir.stream.enrich.Enrichments;
import io.weir.stream.enrich.IpMode;
import java.util.List;
import java.util.Optional;
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

/** The class of one referrer, the text of the referrer included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReferrerBenchmark {
  private static final int KNOWN = 1 << 10;

  /** The longest host that fits a referrer of 10,000 characters. */
  private static final String LABELS = "x.".repeat(4_990) + "example";

  private final EnricherChain referrers =
      new Enrichments(
              new EnrichmentRules(
                  List.of("referrer"), List.of("shop.example"), IpMode.TRUNCATE, Optional.empty()))
          .chain(
              System::nanoTime,
              (_, e) -> {
                throw e;
              });

  private final String[] known = new String[KNOWN];
  private final EnrichedEvent event = new EnrichedEvent();
  private int next;

  public ReferrerBenchmark() {
    for (int i = 0; i < KNOWN; i++) {
      known[i] = "https://www.shop" + i + ".co.uk/a/page?of=" + i;
    }
    event.setUrlDomain("www.some-shop.co.uk");
  }

  private Object classOf(String referrer) {
    event.setReferrer(referrer);
    referrers.enrich(event);
    return event.getReferrerClass();
  }

  @Benchmark
  public Object knownHost() {
    return classOf(known[next++ & (KNOWN - 1)]);
  }

  @Benchmark
  public Object newHost() {
    return classOf("https://www.shop" + next++ + ".co.uk/a/page");
  }

  @Benchmark
  public Object newHostOfThousandsOfLabels() {
    return classOf("https://h" + next++ + "." + LABELS);
  }
}
