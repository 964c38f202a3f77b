package io.weir.stream.ops;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports failing enrichments: the first failure of each, then every time their number doubled, so
 * that a broken one does not fill the log.
 */
public final class EnrichmentFailures implements BiConsumer<String, RuntimeException> {
  private static final Logger log = LoggerFactory.getLogger(EnrichmentFailures.class);

  private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();

  @Override
  public void accept(String name, RuntimeException failure) {
    long count = counts.computeIfAbsent(name, _ -> new AtomicLong()).incrementAndGet();
    if (Long.bitCount(count) == 1) {
      log.warn(
          "the enrichment {} failed {} times so far; those events go on without it",
          name,
          count,
          failure);
    }
  }
}
