package io.weir.training.session;

import io.weir.process.StartupException;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TextHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions in three parts by time: the oldest 70 % to train on, then 15 % to stop early and to
 * calibrate, the newest 15 % to test. A visitor is in one part only: of the parts in which a
 * visitor has sessions, a hash chooses one, and the sessions in the others are left out.
 *
 * @param served the rates of the part to train on
 * @param newest the rows of the test part
 * @param cuts the prefixes of the rows of each part
 * @param leftOut sessions of bots and retracted ones
 * @param inOtherPart sessions whose visitor is in another part
 */
public record SessionParts(
    FeatureRows train,
    FeatureRows validation,
    FeatureRows test,
    ServedColumns served,
    List<LabelledRow> newest,
    Cuts cuts,
    int leftOut,
    int inOtherPart,
    TrainingSource source) {
  private static final int PARTS = 3;
  private static final double TRAIN = 0.7;
  private static final double VALIDATION = 0.85;
  private static final int LEAST_ROWS = 200;
  private static final int LEAST_OF_EACH_OUTCOME = 20;

  /** The prefixes of the rows of each part. */
  public record Cuts(FeatureRows train, FeatureRows validation, FeatureRows test) {
    /** No row has prefixes. */
    public static final Cuts NONE = new Cuts(FeatureRows.NONE, FeatureRows.NONE, FeatureRows.NONE);

    /** Whether there are enough to train and to stop early: as many as whole sessions need. */
    public boolean canBeLearnt() {
      int positives = train.positives() + validation.positives();
      int negatives = train.size() + validation.size() - positives;
      return hasBoth(train)
          && hasBoth(validation)
          && Math.min(positives, negatives) >= LEAST_OF_EACH_OUTCOME;
    }

    private static boolean hasBoth(FeatureRows rows) {
      int positives = rows.positives();
      return positives > 0 && positives < rows.size();
    }
  }

  public SessionParts {
    newest = List.copyOf(newest);
  }

  public static SessionParts split(LabelledRows set, long seed) {
    return split(set, seed, false);
  }

  /**
   * The same, but a hash chooses the part of a visitor among all three, half of the visitors to
   * train on. Whether a visitor is in several parts says whether the visitor returned: if that
   * decided which sessions are left out, the share of returns would be another one in each part.
   */
  public static SessionParts splitByHash(LabelledRows set, long seed) {
    return split(set, seed, true);
  }

  private static SessionParts split(LabelledRows set, long seed, boolean isByHash) {
    List<LabelledRow> sessions = set.rows();
    requireEnough(set);
    long validationStart = sessions.get((int) (TRAIN * sessions.size())).time();
    long testStart = sessions.get((int) (VALIDATION * sessions.size())).time();
    var places = new Places(validationStart, testStart, seed, isByHash, new HashMap<>());
    sessions.forEach(places::note);
    var rows = new ArrayList<List<LabelledRow>>();
    for (int part = 0; part < PARTS; part++) {
      int wanted = part;
      rows.add(sessions.stream().filter(session -> places.isIn(session, wanted)).toList());
      requireBothOutcomes(rows.getLast());
    }
    var cuts = new Cuts(prefixes(rows.get(0)), prefixes(rows.get(1)), prefixes(rows.get(2)));
    int kept = rows.stream().mapToInt(List::size).sum();
    return new SessionParts(
        rows(rows.get(0)),
        rows(rows.get(1)),
        rows(rows.get(2)),
        new ServedColumns(
            set.rates(), rows.get(0).stream().map(LabelledRow::served).toArray(float[][]::new)),
        rows.get(2),
        cuts,
        set.leftOut(),
        sessions.size() - kept,
        source(set, places, cuts.canBeLearnt()));
  }

  private static TrainingSource source(LabelledRows set, Places places, boolean isCutsLearnt) {
    List<LabelledRow> sessions = set.rows();
    CutReport cuts = set.source().cuts();
    return new TrainingSource(
        set.kind(),
        set.source().name(),
        set.source().snapshot(),
        set.source().range().from().map(Instant::toString).orElse(null),
        set.source().range().to().map(Instant::toString).orElse(null),
        text(sessions.getFirst().time()),
        text(places.validationStart),
        text(places.testStart),
        text(sessions.getLast().time()),
        set.undecided(),
        cuts == null ? null : cuts.learnt(isCutsLearnt));
  }

  /** The parts in which each visitor has sessions, one bit each. */
  private record Places(
      long validationStart,
      long testStart,
      long seed,
      boolean isByHash,
      Map<String, Integer> parts) {
    /** The parts among which the hash alone chooses, as often as they are here. */
    private static final int[] BY_HASH = {0, 0, 1, 2};

    void note(LabelledRow session) {
      parts.merge(session.visitor(), 1 << part(session), (one, other) -> one | other);
    }

    boolean isIn(LabelledRow session, int part) {
      return part(session) == part && chosen(session.visitor()) == part;
    }

    private int part(LabelledRow session) {
      if (session.time() < validationStart) {
        return 0;
      }
      return session.time() < testStart ? 1 : 2;
    }

    private int chosen(String visitor) {
      if (isByHash) {
        return BY_HASH[(int) Long.remainderUnsigned(TextHash.of(visitor, seed), BY_HASH.length)];
      }
      int mask = parts.getOrDefault(visitor, 1);
      int skip = (int) Long.remainderUnsigned(TextHash.of(visitor, seed), Integer.bitCount(mask));
      for (int dropped = 0; dropped < skip; dropped++) {
        mask &= mask - 1;
      }
      return Integer.numberOfTrailingZeros(mask);
    }
  }

  private static void requireEnough(LabelledRows set) {
    List<LabelledRow> rows = set.rows();
    long positives = rows.stream().filter(LabelledRow::outcome).count();
    if (rows.size() < LEAST_ROWS) {
      throw new StartupException(
          "too few %s to train on: %d without bots, at least %d are needed"
              .formatted(set.kind(), rows.size(), LEAST_ROWS));
    }
    if (positives < LEAST_OF_EACH_OUTCOME || rows.size() - positives < LEAST_OF_EACH_OUTCOME) {
      throw new StartupException(
          "too few of one outcome to train on: %d of %d %s have it, at least %d of each"
              .formatted(positives, rows.size(), set.kind(), LEAST_OF_EACH_OUTCOME));
    }
  }

  private static void requireBothOutcomes(List<LabelledRow> part) {
    long positives = part.stream().filter(LabelledRow::outcome).count();
    if (positives == 0 || positives == part.size()) {
      throw new StartupException(
          "one part of the split by time has %d rows, %d of them positive: give a longer time"
                  .formatted(part.size(), positives)
              + " range, or another --seed");
    }
  }

  private static FeatureRows rows(List<LabelledRow> part) {
    var outcomes = new boolean[part.size()];
    for (int row = 0; row < outcomes.length; row++) {
      outcomes[row] = part.get(row).outcome();
    }
    return new FeatureRows(
        part.stream().map(LabelledRow::vector).toArray(float[][]::new), outcomes);
  }

  private static FeatureRows prefixes(List<LabelledRow> part) {
    int size = part.stream().mapToInt(row -> row.prefixes().size()).sum();
    var vectors = new ArrayList<float[]>(size);
    boolean[] outcomes = new boolean[size];
    for (LabelledRow row : part) {
      for (float[] prefix : row.prefixes()) {
        outcomes[vectors.size()] = row.outcome();
        vectors.add(prefix);
      }
    }
    return new FeatureRows(vectors.toArray(float[][]::new), outcomes);
  }

  private static String text(long time) {
    return Instant.ofEpochMilli(time).toString();
  }
}
