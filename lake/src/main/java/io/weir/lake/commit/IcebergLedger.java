package io.weir.lake.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
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
 * The ledger in an Iceberg table. Each attempt makes at most one snapshot.
 *
 * <p>The catalog's connection pool repeats an UPDATE whose answer was lost. If the first UPDATE
 * took effect, the second one finds a changed table and reports a conflict with our own commit.
 * Iceberg would treat this as a failure and delete the manifests that the table now points to. Two
 * measures prevent this. The validator sees the ancestry before each attempt, and throws "state
 * unknown" if our own commit is already in it. And the manifests that Iceberg wants to delete are
 * collected, and deleted only after the commit succeeded.
 */
public final class IcebergLedger implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(IcebergLedger.class);

  private final Table table;

  public IcebergLedger(Table table) {
    this.table = table;
  }

  @Override
  public void refresh() {
    table.refresh();
  }

  @Override
  public Iterable<Marker> history() {
    return CommittedOffsets.history(table);
  }

  @Override
  public Attempt attempt(CommitPlan plan, Changes changes, Guard guard) {
    var leftovers = new ArrayList<String>();
    try {
      Optional<String> lost = lost(changes);
      if (lost.isPresent()) {
        return new Attempt.Impossible(
            lost.get()
                + " no longer exists, so it was not committed in time: its records are read again");
      }
      if (changes.deletes().isEmpty()) {
        AppendFiles append = table.newFastAppend();
        changes.rows().forEach(append::appendFile);
        guarded(append, plan, guard).deleteWith(leftovers::add).commit();
      } else {
        RowDelta delta = table.newRowDelta();
        changes.rows().forEach(delta::addRows);
        changes.deletes().forEach(delta::addDeletes);
        guarded(delta, plan, guard).deleteWith(leftovers::add).commit();
      }
    } catch (RuntimeException e) {
      LOG.warn("Commit {} to {} failed: {}", plan.commitId(), table.name(), e.toString());
      return e instanceof CleanableFailure
          ? new Attempt.Conflict(String.valueOf(e.getMessage()))
          : new Attempt.Unclear(e);
    }
    delete(leftovers);
    return new Attempt.Done();
  }

  /**
   * The first file that no longer exists. The removal of orphans deletes a file that was written
   * long ago and is not committed.
   */
  private Optional<String> lost(Changes changes) {
    return Stream.concat(changes.rows().stream(), changes.deletes().stream())
        .map(ContentFile::location)
        .filter(file -> !table.io().newInputFile(file).exists())
        .findFirst();
  }

  private static <T extends SnapshotUpdate<T>> T guarded(T update, CommitPlan plan, Guard guard) {
    return CommittedOffsets.mark(update, plan.after(guard.newest()))
        .validateWith(new Ancestry(guard));
  }

  private record Ancestry(Guard guard) implements SnapshotAncestryValidator {
    @Override
    public boolean validate(Iterable<Snapshot> ancestry) {
      List<Marker> history = CommittedOffsets.markers(ancestry);
      if (guard.isDone(history)) {
        throw new CommitStateUnknownException(
            "commit " + guard.commitId() + " took effect although it was reported as failed",
            new IllegalStateException("repeated by the catalog's connection pool"));
      }
      return guard.isCurrent(history);
    }

    @Override
    public String errorMessage() {
      return "the table has moved on from commit " + guard.newest().commitId();
    }
  }

  /** Deletes the manifests of failed attempts after one attempt succeeded. */
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
