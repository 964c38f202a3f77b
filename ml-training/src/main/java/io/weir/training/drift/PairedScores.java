package io.weir.training.drift;

import io.weir.training.quality.PairedQuality;
import io.weir.training.session.ModelVersion;
import java.util.Arrays;

/** The sessions that a champion and a challenger have both scored. */
final class PairedScores {
  private static final int FIRST_CAPACITY = 64;

  private final Pair pair;
  private double[] champion = new double[FIRST_CAPACITY];
  private double[] challenger = new double[FIRST_CAPACITY];
  private boolean[] outcomes = new boolean[FIRST_CAPACITY];
  private int size;

  PairedScores(Pair pair) {
    this.pair = pair;
  }

  /** The two models. */
  record Pair(ModelVersion champion, ModelVersion challenger) {}

  void add(double ofChampion, double ofChallenger, boolean outcome) {
    if (size == outcomes.length) {
      champion = Arrays.copyOf(champion, 2 * size);
      challenger = Arrays.copyOf(challenger, 2 * size);
      outcomes = Arrays.copyOf(outcomes, 2 * size);
    }
    champion[size] = ofChampion;
    challenger[size] = ofChallenger;
    outcomes[size++] = outcome;
  }

  /** What was found; at least one session was added. */
  ModelComparison comparison() {
    return new ModelComparison(
        pair.champion,
        pair.challenger,
        PairedQuality.of(
            Arrays.copyOf(champion, size),
            Arrays.copyOf(challenger, size),
            Arrays.copyOf(outcomes, size)));
  }
}
