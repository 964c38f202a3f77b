package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.List;

/** The enrichments in their order: later ones build on earlier ones. */
public final class EnricherChain implements Enricher {
  private final Enricher[] enrichers;

  public EnricherChain(List<Enricher> enrichers) {
    this.enrichers = enrichers.toArray(Enricher[]::new);
  }

  public static EnricherChain standard() {
    return new EnricherChain(
        List.of(
            new UrlParts(),
            new UtmCampaign(),
            new ReferrerClass(),
            new ClientHints(),
            new CrawlerMark(),
            new LineRevenue()));
  }

  @Override
  public void enrich(EnrichedEvent event) {
    for (Enricher enricher : enrichers) {
      enricher.enrich(event);
    }
  }
}
