package io.weir.contract;

import java.time.Duration;
import java.util.List;

/** The topic catalogue. All topics that are keyed by visitor have the same partitions. */
public record Topics(
    Topic raw,
    Topic rekeyed,
    Topic events,
    Topic sessions,
    Topic rejected,
    Topic late,
    Topic scores,
    Topic challengerScores,
    Topic clickScores,
    Topic returnScores,
    Topic identities,
    Topic erasures,
    Topic strangersKey) {
  private static final String RAW = ".raw";
  private static final Duration FOREVER = Duration.ofMillis(-1);

  /**
   * The catalogue with one prefix for all names, and one retention for all topics deleted by age.
   */
  public static Topics of(String prefix, int partitions, short replication, Duration retention) {
    return new Topics(
        new Topic(prefix + RAW, partitions, replication, retention),
        new Topic(prefix + ".raw.rekeyed", partitions, replication, retention),
        new Topic(prefix + ".events", partitions, replication, retention),
        new Topic(prefix + ".sessions", partitions, replication, retention),
        new Topic(prefix + ".rejected", partitions, replication, retention),
        new Topic(prefix + ".late", partitions, replication, retention),
        new Topic(prefix + ".scores", partitions, replication, retention),
        new Topic(prefix + ".challenger-scores", partitions, replication, retention),
        new Topic(prefix + ".click-scores", partitions, replication, retention),
        new Topic(prefix + ".return-scores", partitions, replication, retention),
        Topic.compacted(prefix + ".identities", partitions, replication),
        new Topic(prefix + ".erasures", partitions, replication, retention),
        new Topic(prefix + ".strangers-key", 1, replication, FOREVER));
  }

  /** The text that all names begin with, without the dot behind it. */
  public String prefix() {
    return raw.name().substring(0, raw.name().length() - RAW.length());
  }

  public List<Topic> all() {
    return List.of(
        raw,
        rekeyed,
        events,
        sessions,
        rejected,
        late,
        scores,
        challengerScores,
        clickScores,
        returnScores,
        identities,
        erasures,
        strangersKey);
  }
}
