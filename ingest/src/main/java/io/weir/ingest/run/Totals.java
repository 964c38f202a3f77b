package io.weir.ingest.run;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The totals of all files, or of a topic. The balance {@code records = sent + skipped + known}
 * always holds; known records were sent by an earlier run.
 */
public final class Totals {
  private static final int MOST_TYPES = 1_000;

  private final Map<Reason, Skipped> skipped = new EnumMap<>(Reason.class);
  private final Map<String, long[]> types = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Visitors visitors = new Visitors();
  private long files;
  private long knownFiles;
  private long records;
  private long known;
  private long sent;
  private long bytes;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * The skipped records of one kind.
   *
   * @param place of the first of them
   * @param why the first of them was skipped
   */
  public record Skipped(long count, String place, Skip why) {

    /** The place of the first, and nothing that stands in the record: fit for a log. */
    public String first() {
      return with(why.remark());
    }

    /** The place of the first with the offending value, which may be personal. */
    public String example() {
      return with(String.valueOf(why.getMessage()));
    }

    private String with(String detail) {
      return detail.isEmpty() ? place : place + ": " + detail;
    }
  }

  void file(long size) {
    files++;
    bytes += size;
  }

  void knownFile(String note) {
    knownFiles++;
    notes.add(note);
  }

  /** Takes note of one more record. */
  public void record() {
    records++;
  }

  void known() {
    known++;
  }

  /** Takes note of an event that was sent. */
  public void sent(String type, long time, String visitor) {
    sent++;
    first = Math.min(first, time);
    last = Math.max(last, time);
    visitors.add(visitor);
    long[] count = types.get(type);
    if (count != null) {
      count[0]++;
    } else if (types.size() < MOST_TYPES) {
      types.put(type, new long[] {1});
    }
  }

  /**
   * Takes note of a record that became no event.
   *
   * @param where the record is
   */
  public void skip(String where, Skip why) {
    Skipped before = skipped.get(why.reason());
    skipped.put(
        why.reason(),
        before == null
            ? new Skipped(1, where, why)
            : new Skipped(before.count + 1, before.place, before.why));
  }

  public Map<Reason, Skipped> skipped() {
    return Map.copyOf(skipped);
  }

  public long skippedRecords() {
    return skipped.values().stream().mapToLong(Skipped::count).sum();
  }

  /** The number of sent events by type. */
  public Map<String, Long> types() {
    var counts = new HashMap<String, Long>();
    types.forEach((type, count) -> counts.put(type, count[0]));
    return counts;
  }

  /** Content that was left out because it was sent before, one line per file. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  public long files() {
    return files;
  }

  public long knownFiles() {
    return knownFiles;
  }

  public long records() {
    return records;
  }

  public long knownRecords() {
    return known;
  }

  public long sentEvents() {
    return sent;
  }

  /** The bytes of the files; packed bytes of packed files. */
  public long bytes() {
    return bytes;
  }

  public Optional<Long> firstTime() {
    return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(first);
  }

  public Optional<Long> lastTime() {
    return last == Times.INVALID ? Optional.empty() : Optional.of(last);
  }

  /** The number of different visitors; exact up to a million. */
  public long visitors() {
    return visitors.count();
  }

  public boolean hasMoreVisitors() {
    return visitors.isMore();
  }
}
