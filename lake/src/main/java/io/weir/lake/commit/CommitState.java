package io.weir.lake.commit;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far one writer is with its partitions. A partition is <em>assigned</em> (its place in the
 * table is not known yet), then <em>placed</em>; what is read of it is <em>pending</em> until a
 * plan that covers it is committed. A plan whose outcome is not known stays <em>in doubt</em>:
 * until it is settled nothing more is read and no other plan is made.
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
   * The table's offset of an assigned partition, or {@link Offsets#NONE}, and where reading starts:
   * elsewhere only when the table has no offset, or one that the topic has no more.
   */
  public void placed(int partition, long committed, long start) {
    if (!assigned.remove(partition)) {
      throw new IllegalStateException("partition " + partition + " waits for no place");
    }
    placed.put(partition, new Progress(committed, start));
  }

  /** Kafka's id of the topic that partitions are placed in; empty: it was not to be learnt. */
  public void reads(String id) {
    if (!id.isEmpty()) {
      topicId = id;
    }
  }

  /** Partitions are placed, in another topic than that one. */
  public boolean readsAnother(String id) {
    return !placed.isEmpty() && !topicId.isEmpty() && !id.isEmpty() && !topicId.equals(id);
  }

  public boolean isPlaced(int partition) {
    return placed.containsKey(partition);
  }

  /** A record was written; offsets may have gaps but never go back. */
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

  /** What is pending, as one plan under that id, or the plan in doubt under its own. */
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

  /** The plan is in the table. Partitions that were lost meanwhile are not touched. */
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

  /** Nobody knows whether the plan is in the table. */
  public void outcomeUnknown(CommitPlan plan) {
    refuseOther(plan);
    inDoubt = plan;
  }

  public Optional<CommitPlan> inDoubt() {
    return Optional.ofNullable(inDoubt);
  }

  /**
   * What was read and not committed is given up: every partition takes its place anew. A plan in
   * doubt is given up too; its files must stay where they are.
   */
  public void reset() {
    inDoubt = null;
    topicId = "";
    assigned.addAll(placed.keySet());
    placed.clear();
  }

  /** The partitions go to another writer. They must have been committed, or been given up. */
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

  /** The partitions may already have another writer: everything uncommitted is given up. */
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
