package io.weir.training.drift;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The findings about the models of one kind.
 *
 * @param watches one for each model that scored, the one with most rows first
 * @param comparisons one for each champion and challenger that scored the same rows, the one with
 *     most rows first
 * @param share of all rows that were compared
 */
public record DriftFound(
    Subject subject, List<ModelWatch> watches, List<ModelComparison> comparisons, double share) {

  public DriftFound {
    watches = List.copyOf(watches);
    comparisons = List.copyOf(comparisons);
  }

  /** The kind of thing that was scored. */
  public enum Subject {
    SESSIONS("sessions", "converted"),
    IMPRESSIONS("impressions", "clicked"),
    /** Sessions of the return model: their outcome is known eight days later. */
    RETURNS("sessions", "followed by another one");

    private final String rows;
    private final String outcome;

    Subject(String rows, String outcome) {
      this.rows = rows;
      this.outcome = outcome;
    }

    /** The word in the table. */
    String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    public String rows() {
      return rows;
    }

    public String outcome() {
      return outcome;
    }
  }

  static DriftFound of(
      Subject subject,
      Collection<RecentScores> scores,
      Collection<PairedScores> paired,
      double share) {
    return new DriftFound(
        subject,
        scores.stream()
            .map(RecentScores::watch)
            .sorted(Comparator.comparingInt(each -> -each.rows()))
            .toList(),
        paired.stream()
            .map(PairedScores::comparison)
            .sorted(Comparator.comparingInt(each -> -each.quality().rows()))
            .toList(),
        share);
  }
}
