package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import org.jspecify.annotations.Nullable;

/** What counts as one page: domain and path; the query and the fragment are not part of it. */
final class Page {
  private Page() {}

  static @Nullable String of(EnrichedEvent event) {
    String path = event.getUrlPath();
    String domain = event.getUrlDomain();
    if (path == null) {
      return event.getUrl();
    }
    return domain == null ? path : domain + path;
  }
}
