package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.Locale;

/** Marks events of user agents that call themselves a bot. */
final class CrawlerMark implements Enricher {
  private static final String[] MARKS = {
    "bot",
    "crawl",
    "spider",
    "slurp",
    "headless",
    "curl/",
    "wget/",
    "python-",
    "scrapy",
    "http-client"
  };

  @Override
  public void enrich(EnrichedEvent event) {
    String agent = event.getUserAgent();
    if (agent == null) {
      return;
    }
    String lower = agent.toLowerCase(Locale.ROOT);
    for (String mark : MARKS) {
      if (lower.contains(mark)) {
        event.setIsBot(true);
        return;
      }
    }
  }
}
