package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.enrich.EnrichmentRules;
import io.weir.stream.enrich.Enrichments;
import io.weir.stream.enrich.IpMode;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.visitors.VisitorCache;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrichmentMetricsTest {
  @Test
  void everyEnrichment_hasItsCountersAndTime() {
    var enrichments =
        new Enrichments(
            new EnrichmentRules(List.of("geo", "url"), List.of(), IpMode.OFF, Optional.empty()));
    enrichments
        .geo()
        .use(_ -> {
          throw new IOException("damaged");
        });
    EnricherChain chain = enrichments.chain(System::nanoTime, new EnrichmentFailures());
    var event = new EnrichedEvent();
    event.setUrl("https://shop.example/");
    event.setIpAddress("203.0.113.9");

    chain.enrich(event);

    try (var metrics =
        new StreamMetrics(
            new IngestCounts(),
            new VisitorCache(0),
            new StreamProgress(),
            new ConsumerLag(),
            chain.steps())) {
      assertThat(metrics.scrape())
          .contains("weir_enrichment_changed_total{enrichment=\"url\"} 1.0")
          .contains("weir_enrichment_changed_total{enrichment=\"geo\"} 0.0")
          .contains("weir_enrichment_failed_total{enrichment=\"geo\"} 1.0")
          .contains("weir_enrichment_time_seconds_count{enrichment=\"url\"} 1");
    }
  }
}
