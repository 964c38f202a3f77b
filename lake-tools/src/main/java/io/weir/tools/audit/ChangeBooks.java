package io.weir.tools.audit;

import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.SessionChanges;
import io.weir.lake.table.TableRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * The records of sessions that are in {@code silver.session_changes} twice, and the revisions of
 * {@code silver.sessions} that are missing there.
 *
 * <p>A session without any row is left out, because the table may be younger than the session. A
 * table that has not read as far as the sessions is only searched for repeated rows.
 */
final class ChangeBooks {
  private static final String KEY = "session_key";
  private static final String REVISION = "revision";

  /** Enough to look for the cause. */
  private static final int SHOWN = 10;

  private final Map<Integer, OffsetBits> found = new TreeMap<>();
  private final Map<Integer, Ranges> twice = new TreeMap<>();
  private final LongStream.Builder keysRead = LongStream.builder();
  private final LongStream.Builder revisionsRead = LongStream.builder();
  private final List<String> missing = new ArrayList<>();
  private long missingInAll;

  private ChangeBooks() {}

  /** Reads both tables as they were when they were loaded, the sessions first. */
  static ChangeBooks of(Table sessions, Table changes) {
    var books = new ChangeBooks();
    TableRows.read(
        IcebergGenerics.read(changes)
            .select(KEY, REVISION, SessionChanges.PARTITION, SessionChanges.OFFSET),
        books::found);
    if (ProductBooks.hasRead(changes, sessions)) {
      long[] keys = books.keysRead.build().sorted().toArray();
      long[] revisions = books.revisionsRead.build().sorted().toArray();
      TableRows.read(
          IcebergGenerics.read(sessions).where(isKept(KeptFrom.of(changes))).select(KEY, REVISION),
          row -> books.expected(row, keys, revisions));
    }
    return books;
  }

  private static Expression isKept(Instant from) {
    return from.equals(Instant.EPOCH)
        ? Expressions.alwaysTrue()
        : Expressions.greaterThanOrEqual(
            "start_time", ChronoUnit.MICROS.between(Instant.EPOCH, from));
  }

  private void found(Record row) {
    var partition = (Integer) row.getField(SessionChanges.PARTITION);
    var offset = (Long) row.getField(SessionChanges.OFFSET);
    if (!found.computeIfAbsent(partition, _ -> new OffsetBits()).add(offset)) {
      twice.computeIfAbsent(partition, _ -> new Ranges()).add(offset);
    }
    var key = (String) row.getField(KEY);
    keysRead.add(hash(key, -1));
    revisionsRead.add(hash(key, (Integer) row.getField(REVISION)));
  }

  private void expected(Record row, long[] keys, long[] revisions) {
    var key = (String) row.getField(KEY);
    var revision = (Integer) row.getField(REVISION);
    if (Arrays.binarySearch(keys, hash(key, -1)) >= 0
        && Arrays.binarySearch(revisions, hash(key, revision)) < 0) {
      missingInAll++;
      if (missing.size() < SHOWN) {
        missing.add("session " + key + ": revision " + revision + " is in no change");
      }
    }
  }

  /** Eight bytes stand for a revision, so that millions of them fit into memory. */
  private static long hash(String key, int revision) {
    long hash = revision;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  List<String> problems() {
    var problems = new ArrayList<String>();
    twice.forEach((partition, ranges) -> {
      for (Range range : ranges.shared(ranges)) {
        problems.add(
            "silver.session_changes: offsets "
                + range
                + " of partition "
                + partition
                + " are there twice");
      }
    });
    for (String each : missing) {
      problems.add("silver.session_changes: " + each);
    }
    if (missingInAll > missing.size()) {
      problems.add("silver.session_changes: " + missingInAll + " revisions are in no change");
    }
    return problems;
  }
}
