package io.weir.training.quality;

import io.weir.training.quality.BinaryQuality.ScoreGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rows in the order of their probability. Rows of equal probability count as one step. */
final class ScoreRanking {
  private final double[] scores;
  private final boolean[] outcomes;
  private final int[] ascending;
  private final int positives;

  ScoreRanking(double[] scores, boolean[] outcomes) {
    this.scores = scores;
    this.outcomes = outcomes;
    this.ascending =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> scores[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.positives = count(0, scores.length);
  }

  int positives() {
    return positives;
  }

  /** The area under the ROC curve, from the rank sum of the positives; ties share their rank. */
  double auc() {
    double rankSum = 0;
    for (int start = 0; start < ascending.length; ) {
      int end = endOfTie(start);
      rankSum += count(start, end) * (start + 1.0 + end) / 2;
      start = end;
    }
    double negatives = scores.length - positives;
    return (rankSum - positives * (positives + 1.0) / 2) / (positives * negatives);
  }

  /**
   * The share of rows of the other outcome that each row is on the right side of: a positive row
   * above, another one below. A row of equal score counts as half.
   */
  double[] placements() {
    var placements = new double[ascending.length];
    double negatives = ascending.length - positives;
    int positivesBelow = 0;
    for (int start = 0; start < ascending.length; ) {
      int end = endOfTie(start);
      double among = count(start, end);
      double negativesBelow = start - positivesBelow + (end - start - among) / 2;
      double positivesAbove = positives - positivesBelow - among / 2;
      for (int rank = start; rank < end; rank++) {
        boolean isPositive = outcomes[ascending[rank]];
        placements[ascending[rank]] =
            isPositive ? negativesBelow / negatives : positivesAbove / positives;
      }
      positivesBelow += (int) among;
      start = end;
    }
    return placements;
  }

  /** The mean precision over the positives, from the highest score down. */
  double averagePrecision() {
    double sum = 0;
    int found = 0;
    for (int end = ascending.length; end > 0; ) {
      int start = startOfTie(end);
      int among = count(start, end);
      found += among;
      sum += among * (double) found / (ascending.length - start);
      end = start;
    }
    return sum / positives;
  }

  /** Groups of equal size, from the lowest score up. A border may cut rows of equal score. */
  List<ScoreGroup> groups(int number) {
    var groups = new ArrayList<ScoreGroup>(number);
    int size = ascending.length;
    double[] expected = expectedByRank();
    for (int group = 0; group < number; group++) {
      int from = (int) ((long) size * group / number);
      int to = (int) ((long) size * (group + 1) / number);
      double sum = 0;
      for (int rank = from; rank < to; rank++) {
        sum += scores[ascending[rank]];
      }
      int rows = to - from;
      double rate = sum(expected, from, to) / rows;
      double lift = rate * size / positives;
      groups.add(
          new ScoreGroup(rows, sum / rows, rate, lift, sum(expected, from, size) / positives));
    }
    return groups;
  }

  /** The share of positives among the rows of equal score: their order means nothing. */
  private double[] expectedByRank() {
    var expected = new double[ascending.length];
    for (int start = 0; start < expected.length; ) {
      int end = endOfTie(start);
      Arrays.fill(expected, start, end, (double) count(start, end) / (end - start));
      start = end;
    }
    return expected;
  }

  private static double sum(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).sum();
  }

  private int count(int from, int to) {
    int count = 0;
    for (int rank = from; rank < to; rank++) {
      count += outcomes[ascending[rank]] ? 1 : 0;
    }
    return count;
  }

  private int endOfTie(int start) {
    int end = start;
    while (end < ascending.length && scores[ascending[end]] == scores[ascending[start]]) {
      end++;
    }
    return end;
  }

  private int startOfTie(int end) {
    int start = end;
    while (start > 0 && scores[ascending[start - 1]] == scores[ascending[end - 1]]) {
      start--;
    }
    return start;
  }
}
