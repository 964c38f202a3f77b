package io.weir.sink.commit;

import io.weir.sink.ops.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits to an Iceberg table, never trusting an exception.
 *
 * <p>The catalog's connection pool repeats an UPDATE whose answer was lost. If the first one did
 * take effect, the second finds the table moved and reports a conflict - by our own commit. Iceberg
 * would take that for a failure and delete the manifests that the table now points to. So three
 * things are done here. The validator, which sees the ancestry before each attempt, stops with
 * "state unknown" when our own commit is already in it. The manifests that Iceberg wants deleted
 * are only remembered, and deleted once the outcome is certain. And after any exception the table
 * is read again and the commit id looked for, before anything is decided.
 */
public final class IcebergCommitter implements Committer {
  private static final Logger LOG = LoggerFactory.getLogger(IcebergCommitter.class);
  private static final int ATTEMPTS = 8;

  private final Table table;

  public IcebergCommitter(Table table) {
    this.table = table;
  }

  @Override
  public Offsets offsets() {
    table.refresh();
    return CommittedOffsets.newest(table).offsets();
  }

  @Override
  public Outcome commit(CommitPlan plan, Changes changes) {
    String conflict = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        table.refresh();
      } catch (RuntimeException e) {
        return unknown(plan, e);
      }
      if (CommittedOffsets.contains(table, plan.commitId())) {
        return new Outcome.Committed();
      }
      Marker newest = CommittedOffsets.newest(table);
      Optional<String> stale = plan.staleness(newest);
      if (stale.isPresent()) {
        return new Outcome.Stale(stale.get());
      }
      Optional<RuntimeException> failure = attempt(plan, changes, newest);
      if (failure.isEmpty()) {
        return new Outcome.Committed();
      }
      if (!(failure.get() instanceof CleanableFailure)) {
        return settled(plan, failure.get());
      }
      conflict = String.valueOf(failure.get().getMessage());
    }
    return new Outcome.Unknown(ATTEMPTS + " attempts met other commits, the last: " + conflict);
  }

  private Optional<RuntimeException> attempt(CommitPlan plan, Changes changes, Marker newest) {
    var leftovers = new ArrayList<String>();
    try {
      if (changes.deletes().isEmpty()) {
        AppendFiles append = table.newFastAppend();
        changes.rows().forEach(append::appendFile);
        guarded(append, plan, newest).deleteWith(leftovers::add).commit();
      } else {
        RowDelta delta = table.newRowDelta();
        changes.rows().forEach(delta::addRows);
        changes.deletes().forEach(delta::addDeletes);
        guarded(delta, plan, newest).deleteWith(leftovers::add).commit();
      }
    } catch (RuntimeException e) {
      LOG.warn("Commit {} to {} failed: {}", plan.commitId(), table.name(), e.toString());
      return Optional.of(e);
    }
    delete(leftovers);
    return Optional.empty();
  }

  private static <T extends SnapshotUpdate<T>> T guarded(T update, CommitPlan plan, Marker newest) {
    return CommittedOffsets.mark(update, plan.after(newest))
        .validateWith(new Guard(plan.commitId(), newest));
  }

  /** Passes while the newest marker is the one whose offsets the commit copies. */
  private record Guard(String commitId, Marker newest) implements SnapshotAncestryValidator {
    @Override
    public boolean validate(Iterable<Snapshot> ancestry) {
      if (CommittedOffsets.contains(ancestry, commitId)) {
        throw new CommitStateUnknownException(
            "commit " + commitId + " took effect although it was reported as failed",
            new IllegalStateException("repeated by the catalog's connection pool"));
      }
      return CommittedOffsets.newest(ancestry).equals(newest);
    }

    @Override
    public String errorMessage() {
      return "the table has moved on from commit " + newest.commitId();
    }
  }

  private Outcome settled(CommitPlan plan, RuntimeException failure) {
    try {
      table.refresh();
    } catch (RuntimeException e) {
      return unknown(plan, e);
    }
    return CommittedOffsets.contains(table, plan.commitId())
        ? new Outcome.Committed()
        : unknown(plan, failure);
  }

  private static Outcome unknown(CommitPlan plan, RuntimeException e) {
    return new Outcome.Unknown("commit " + plan.commitId() + ": " + Reason.of(e));
  }

  /** Manifests of attempts that lost, after one that won. */
  private void delete(List<String> leftovers) {
    for (String file : leftovers) {
      try {
        table.io().deleteFile(file);
      } catch (RuntimeException e) {
        LOG.warn("{} of {} stays behind: {}", file, table.name(), e.toString());
      }
    }
  }
}
