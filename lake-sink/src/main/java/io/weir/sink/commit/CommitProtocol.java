package io.weir.sink.commit;

import io.weir.sink.ops.Reason;
import java.util.Optional;

/**
 * Decides what to try and what to believe, never trusting an exception: after each one the table is
 * read again and the commit id looked for.
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
  public Outcome commit(CommitPlan plan, Changes changes) {
    String conflict = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        ledger.refresh();
      } catch (RuntimeException e) {
        return unknown(plan, Reason.of(e));
      }
      Iterable<Marker> history = ledger.history();
      if (Guard.contains(history, plan.commitId())) {
        return new Outcome.Committed();
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

  private Outcome outcome(CommitPlan plan, Attempt made) {
    return switch (made) {
      case Attempt.Done() -> new Outcome.Committed();
      case Attempt.Impossible(String reason) -> new Outcome.Stale(reason);
      case Attempt.Conflict(String reason) -> unknown(plan, reason);
      case Attempt.Unclear(RuntimeException failure) -> settled(plan, failure);
    };
  }

  /** A conflict may have been reported of a commit that took effect: its files stay. */
  private static Outcome behind(CommitPlan plan, String reason, int attempts) {
    return attempts == 0 ? new Outcome.Stale(reason) : unknown(plan, reason);
  }

  private Outcome settled(CommitPlan plan, RuntimeException failure) {
    try {
      ledger.refresh();
    } catch (RuntimeException e) {
      return unknown(plan, Reason.of(e));
    }
    return Guard.contains(ledger.history(), plan.commitId())
        ? new Outcome.Committed()
        : unknown(plan, Reason.of(failure));
  }

  private static Outcome unknown(CommitPlan plan, String reason) {
    return new Outcome.Unknown("commit " + plan.commitId() + ": " + reason);
  }
}
