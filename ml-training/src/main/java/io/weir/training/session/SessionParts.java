package io.weir.training.session;

import io.weir.process.StartupException;
import io.weir.training.artifact.TrainingSource;
import io.weir.training.table.FeatureRows;
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
 * @param leftOut sessions of bots and retracted ones
 * @param inOtherPart sessions whose visitor is in another part
 */
public record SessionParts(
    FeatureRows train,
    FeatureRows validation,
    FeatureRows test,
    int leftOut,
    int inOtherPart,
    TrainingSource source) {
  private static final int PARTS = 3;
  private static final double TRAIN = 0.7;
  private static final double VALIDATION = 0.85;
  private static final int LEAST_ROWS = 200;
  private static final int LEAST_OF_EACH_OUTCOME = 20;

  public static SessionParts split(SessionSet set, long seed) {
    List<LabelledSession> sessions = set.usable();
    requireEnough(sessions);
    long validationStart = sessions.get((int) (TRAIN * sessions.size())).start();
    long testStart = sessions.get((int) (VALIDATION * sessions.size())).start();
    var places = new Places(validationStart, testStart, seed, new HashMap<>());
    sessions.forEach(places::note);
    var rows = new ArrayList<List<LabelledSession>>();
    for (int part = 0; part < PARTS; part++) {
      int wanted = part;
      rows.add(sessions.stream().filter(session -> places.isIn(session, wanted)).toList());
      requireBothOutcomes(rows.getLast());
    }
    int kept = rows.stream().mapToInt(List::size).sum();
    return new SessionParts(
        rows(rows.get(0)),
        rows(rows.get(1)),
        rows(rows.get(2)),
        set.leftOut(),
        sessions.size() - kept,
        source(set, sessions, places));
  }

  private static TrainingSource source(
      SessionSet set, List<LabelledSession> sessions, Places places) {
    return new TrainingSource(
        set.name(),
        set.snapshot(),
        text(sessions.getFirst().start()),
        text(places.validationStart),
        text(places.testStart),
        text(sessions.getLast().start()),
        set.empty());
  }

  /** The parts in which each visitor has sessions, one bit each. */
  private record Places(
      long validationStart, long testStart, long seed, Map<String, Integer> parts) {

    void note(LabelledSession session) {
      parts.merge(session.visitor(), 1 << part(session), (one, other) -> one | other);
    }

    boolean isIn(LabelledSession session, int part) {
      return part(session) == part && chosen(session.visitor()) == part;
    }

    private int part(LabelledSession session) {
      if (session.start() < validationStart) {
        return 0;
      }
      return session.start() < testStart ? 1 : 2;
    }

    private int chosen(String visitor) {
      int mask = parts.getOrDefault(visitor, 1);
      int skip = (int) Long.remainderUnsigned(hash(visitor), Integer.bitCount(mask));
      for (int dropped = 0; dropped < skip; dropped++) {
        mask &= mask - 1;
      }
      return Integer.numberOfTrailingZeros(mask);
    }

    /** FNV-1a over the characters, then the finaliser of SplitMix64. */
    private long hash(String visitor) {
      long hash = 0xcbf29ce484222325L ^ seed;
      for (int at = 0; at < visitor.length(); at++) {
        hash = (hash ^ visitor.charAt(at)) * 0x100000001b3L;
      }
      hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
      hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
      return hash ^ (hash >>> 31);
    }
  }

  private static void requireEnough(List<LabelledSession> sessions) {
    long positives = sessions.stream().filter(LabelledSession::isConverted).count();
    if (sessions.size() < LEAST_ROWS) {
      throw new StartupException(
          "too few sessions to train on: %d without bots, at least %d are needed"
              .formatted(sessions.size(), LEAST_ROWS));
    }
    if (positives < LEAST_OF_EACH_OUTCOME || sessions.size() - positives < LEAST_OF_EACH_OUTCOME) {
      throw new StartupException(
          "too few of one outcome to train on: %d of %d sessions converted, at least %d of each"
              .formatted(positives, sessions.size(), LEAST_OF_EACH_OUTCOME));
    }
  }

  private static void requireBothOutcomes(List<LabelledSession> part) {
    long positives = part.stream().filter(LabelledSession::isConverted).count();
    if (positives == 0 || positives == part.size()) {
      throw new StartupException(
          "one part of the split by time has %d sessions, %d of them converted: give a longer time"
                  .formatted(part.size(), positives)
              + " range, or another --seed");
    }
  }

  private static FeatureRows rows(List<LabelledSession> part) {
    var outcomes = new boolean[part.size()];
    for (int row = 0; row < outcomes.length; row++) {
      outcomes[row] = part.get(row).isConverted();
    }
    return new FeatureRows(
        part.stream().map(LabelledSession::vector).toArray(float[][]::new), outcomes);
  }

  private static String text(long time) {
    return Instant.ofEpochMilli(time).toString();
  }
}
