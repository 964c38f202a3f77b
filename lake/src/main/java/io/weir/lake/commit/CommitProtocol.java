package io.weir.lake.commit;

import java.util.Optional;

/**
 * Commits a plan to a ledger. No exception is trusted: after each one the table is read again and
 * searched for the commit id.
 */
public final class CommitProtocol implements Committer {
  private static final int ATTEMPTS = 8;

  private final Ledger ledger;

  public CommitProtocol(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Offsets offsets() {
    ledger.refresh();
    return Guard.newest(ledger.history()).offsets();
  }

  @Override
  public CommitOutcome commit(CommitPlan plan, Changes changes) {
    String conflict = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        ledger.refresh();
      } catch (RuntimeException e) {
        return unknown(plan, CauseChain.of(e));
      }
      Iterable<Marker> history = ledger.history();
      if (Guard.contains(history, plan.commitId())) {
        return new CommitOutcome.Committed();
      }
      Marker newest = Guard.newest(history);
      Optional<String> stale = plan.staleness(newest);
      if (stale.isPresent()) {
        return behind(plan, stale.get(), attempt);
      }
      Attempt made = ledger.attempt(plan, changes, new Guard(plan.commitId(), newest));
      if (!(made instanceof Attempt.Conflict(String reason))) {
        return outcome(plan, made);
      }
      conflict = reason;
    }
    return unknown(plan, ATTEMPTS + " attempts met other commits, the last: " + conflict);
  }

  private CommitOutcome outcome(CommitPlan plan, Attempt made) {
    return switch (made) {
      case Attempt.Done() -> new CommitOutcome.Committed();
      case Attempt.Impossible(String reason) -> new CommitOutcome.Stale(reason);
      case Attempt.Conflict(String reason) -> unknown(plan, reason);
      case Attempt.Unclear(RuntimeException failure) -> settled(plan, failure);
    };
  }

  /**
   * After an earlier attempt the result is unknown, because a commit that took effect may be
   * reported as a conflict. So its files stay.
   */
  private static CommitOutcome behind(CommitPlan plan, String reason, int attempts) {
    return attempts == 0 ? new CommitOutcome.Stale(reason) : unknown(plan, reason);
  }

  private CommitOutcome settled(CommitPlan plan, RuntimeException failure) {
    try {
      ledger.refresh();
    } catch (RuntimeException e) {
      return unknown(plan, CauseChain.of(e));
    }
    return Guard.contains(ledger.history(), plan.commitId())
        ? new CommitOutcome.Committed()
        : unknown(plan, CauseChain.of(failure));
  }

  private static CommitOutcome unknown(CommitPlan plan, String reason) {
    return new CommitOutcome.Unknown("commit " + plan.commitId() + ": " + reason);
  }
}
