package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/** Domain, path and query of the page. */
final class UrlParts implements Enricher {
  @Override
  public void enrich(EnrichedEvent event) {
    WebAddress address = WebAddress.of(event.getUrl());
    event.setUrlDomain(address.domain());
    event.setUrlPath(address.path());
    event.setUrlQuery(address.query());
  }
}
