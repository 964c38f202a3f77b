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
 * An Iceberg table, moved one snapshot at a time.
 *
 * <p>The catalog's connection pool repeats an UPDATE whose answer was lost. If the first one did
 * take effect, the second finds the table moved and reports a conflict - by our own commit. Iceberg
 * would take that for a failure and delete the manifests that the table now points to. So two
 * things are done here. The validator, which sees the ancestry before each attempt, stops with
 * "state unknown" when our own commit is already in it. And the manifests that Iceberg wants
 * deleted are only remembered, and deleted once the outcome is certain.
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
                + " is no more, so it was not committed in time: its records are read again");
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

  /** The removal of orphans may have met a file that was written long ago and is in no table. */
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
