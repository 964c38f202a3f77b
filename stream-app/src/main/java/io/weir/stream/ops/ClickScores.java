package io.weir.stream.ops;

import io.weir.contract.avro.ClickScore;
import io.weir.stream.session.bytes.Hash64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The scores of the ad impressions that were scored last: bounded, gone with the process. */
public final class ClickScores {
  private final Map<Long, KnownClick> byImpression;

  /** The part of a score that is kept. */
  public record KnownClick(double value, String model, long scoredAt) {}

  public ClickScores(int impressions) {
    this.byImpression =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, KnownClick> eldest) {
            return size() > impressions;
          }
        };
  }

  synchronized void add(ClickScore score) {
    byImpression.put(
        key(score.getVisitorId(), Hash64.of(score.getEventId())),
        new KnownClick(
            score.getClickScore(),
            (score.getModelName() + " " + score.getModelVersion()).intern(),
            score.getScoredAt()));
  }

  /**
   * The newest score of an impression.
   *
   * @param event the hash of its id, as a visitor's state knows it
   */
  public synchronized Optional<KnownClick> of(String visitor, long event) {
    return Optional.ofNullable(byImpression.get(key(visitor, event)));
  }

  private static long key(String visitor, long event) {
    return Hash64.mix(Hash64.of(visitor) + event);
  }
}
