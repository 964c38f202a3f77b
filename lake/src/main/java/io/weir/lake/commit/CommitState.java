package io.weir.lake.commit;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one writer in its partitions. A partition is first <em>assigned</em>: its offset
 * in the table is not known yet. Then it is <em>placed</em>. Records that were read from it are
 * <em>pending</em> until a plan that covers them is committed. A plan whose outcome is not known is
 * <em>in doubt</em>. Until the outcome is known, nothing more is read and no other plan is made.
 */
public final class CommitState {
  private final Set<Integer> assigned = new TreeSet<>();
  private final Map<Integer, Progress> placed = new TreeMap<>();
  private @Nullable CommitPlan inDoubt;
  private String topicId = "";

  private static final class Progress {
    private long committed;
    private long start;
    private long next;

    Progress(long committed, long start) {
      this.committed = committed;
      this.start = start;
      this.next = start;
    }

    boolean isPending() {
      return next != start;
    }
  }

  public void assigned(Collection<Integer> partitions) {
    assigned.addAll(partitions);
    placed.keySet().removeAll(partitions);
  }

  /** The partitions whose offset in the table must be looked up before they are read. */
  public Set<Integer> unplaced() {
    return Set.copyOf(assigned);
  }

  /**
   * Places an assigned partition: {@code committed} is its offset in the table, or {@link
   * Offsets#NONE}, and {@code start} is the first offset to read. The two differ only if the table
   * has no offset, or one that the topic no longer has.
   */
  public void placed(int partition, long committed, long start) {
    if (!assigned.remove(partition)) {
      throw new IllegalStateException("partition " + partition + " is not waiting to be placed");
    }
    placed.put(partition, new Progress(committed, start));
  }

  /** Notes Kafka's id of the topic that is read; empty if the broker did not report one. */
  public void reads(String id) {
    if (!id.isEmpty()) {
      topicId = id;
    }
  }

  /** Whether partitions are placed in a topic with another id. */
  public boolean readsAnother(String id) {
    return !placed.isEmpty() && !topicId.isEmpty() && !id.isEmpty() && !topicId.equals(id);
  }

  public boolean isPlaced(int partition) {
    return placed.containsKey(partition);
  }

  /** Notes that a record was written. Offsets may have gaps but never go back. */
  public void consumed(int partition, long offset) {
    Progress progress = placed.get(partition);
    if (progress == null || inDoubt != null) {
      throw new IllegalStateException("partition " + partition + " may not be read now");
    }
    if (offset < progress.next) {
      throw new IllegalStateException(
          "partition " + partition + " went back to " + offset + " from " + progress.next);
    }
    progress.next = offset + 1;
  }

  public boolean hasPending() {
    for (Progress progress : placed.values()) {
      if (progress.isPending()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The plan in doubt if there is one, otherwise a new plan with the given id for everything
   * pending.
   */
  public CommitPlan plan(String commitId) {
    if (inDoubt != null) {
      return inDoubt;
    }
    var spans = new TreeMap<Integer, CommitPlan.Span>();
    placed.forEach((partition, progress) -> {
      if (progress.isPending()) {
        spans.put(partition, new CommitPlan.Span(progress.committed, progress.next));
      }
    });
    return new CommitPlan(commitId, topicId, spans);
  }

  /** Notes that the plan is in the table. Partitions that were lost meanwhile are not touched. */
  public void committed(CommitPlan plan) {
    refuseOther(plan);
    inDoubt = null;
    plan.spans()
        .forEach((partition, span) -> {
          Progress progress = placed.get(partition);
          if (progress != null && progress.committed == span.from()) {
            progress.committed = span.to();
            progress.start = span.to();
          }
        });
  }

  /** Puts the plan in doubt: it is not known whether the table has it. */
  public void outcomeUnknown(CommitPlan plan) {
    refuseOther(plan);
    inDoubt = plan;
  }

  public Optional<CommitPlan> inDoubt() {
    return Optional.ofNullable(inDoubt);
  }

  /**
   * Drops everything that was read and not committed: every partition must be placed again. A plan
   * in doubt is dropped too; its files must stay where they are.
   */
  public void reset() {
    inDoubt = null;
    topicId = "";
    assigned.addAll(placed.keySet());
    placed.clear();
  }

  /** Hands partitions over to another writer. They must have no pending records. */
  public void revoked(Collection<Integer> partitions) {
    for (int partition : partitions) {
      Progress progress = placed.get(partition);
      if (progress != null && progress.isPending()) {
        throw new IllegalStateException("partition " + partition + " has uncommitted records");
      }
    }
    assigned.removeAll(partitions);
    placed.keySet().removeAll(partitions);
  }

  /**
   * Notes that the partitions may already have another writer. Everything uncommitted is dropped.
   */
  public void lost(Collection<Integer> partitions) {
    reset();
    assigned.removeAll(partitions);
  }

  private void refuseOther(CommitPlan plan) {
    if (inDoubt != null && !inDoubt.equals(plan)) {
      throw new IllegalStateException(
          "commit " + inDoubt.commitId() + " is in doubt, not " + plan.commitId());
    }
  }
}
