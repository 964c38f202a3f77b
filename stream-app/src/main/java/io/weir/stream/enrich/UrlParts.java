package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/** Domain, path and query of the page. */
final class UrlParts implements Enricher {
  @Override
  public boolean enrich(EnrichedEvent event) {
    String url = event.getUrl();
    if (url == null) {
      return false;
    }
    WebAddress address = WebAddress.of(url);
    event.setUrlDomain(address.domain());
    event.setUrlPath(address.path());
    event.setUrlQuery(address.query());
    return address.path() != null;
  }
}
