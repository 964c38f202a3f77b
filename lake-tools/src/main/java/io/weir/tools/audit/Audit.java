package io.weir.tools.audit;

import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.commit.Offsets;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Compares bronze with the offsets that it claims to hold, with the records that Kafka still has,
 * and with the end of each record. Silver and rejected are read before bronze, so bronze has all
 * records that they have.
 */
final class Audit {
  private final Offsets claimed;
  private final SeenOffsets accepted;
  private final SeenOffsets rejected;
  private final SeenOffsets bronze;
  private final CountedFrom counted;
  private final Unaccounted unaccounted;
  private final ProductBooks products;
  private final ChangeBooks changes;
  private final Optional<RawTopicReader> kafka;
  private final Instant settled;

  Audit(Catalog catalog, String topic, @Nullable RawTopicReader kafka, Instant settled) {
    this.kafka = Optional.ofNullable(kafka);
    this.settled = settled;
    Table events = load(catalog, LakeTables.EVENTS);
    this.products = ProductBooks.of(events, load(catalog, LakeTables.EVENT_PRODUCTS));
    Table sessions = load(catalog, LakeTables.SESSIONS);
    this.changes = ChangeBooks.of(sessions, load(catalog, LakeTables.SESSION_CHANGES));
    var allAccepted =
        SeenOffsets.of(events, Expressions.alwaysTrue(), "raw_partition", "raw_offset");
    var allRejected =
        SeenOffsets.of(
            load(catalog, LakeTables.REJECTED),
            Expressions.equal("raw_topic", topic),
            "raw_partition",
            "raw_offset");
    Table raw = load(catalog, LakeTables.RAW_EVENTS);
    Expression ofTopic = Expressions.equal("topic", topic);
    this.claimed = CommittedOffsets.newest(raw).offsets();
    var rows = SeenOffsets.of(raw, ofTopic, "partition", "offset");
    this.counted = CountedFrom.of(raw, events, ofTopic, rows);
    this.bronze = rows.from(counted);
    this.accepted = allAccepted.from(counted);
    this.rejected = allRejected.from(counted);
    this.unaccounted = Unaccounted.of(raw, ofTopic, counted, accepted, rejected);
    unaccounted.resolve(events);
  }

  private static Table load(Catalog catalog, TableSpec spec) {
    return catalog.loadTable(spec.identifier());
  }

  List<Books> books() {
    return claimed.next().keySet().stream().map(this::books).toList();
  }

  /** The problems that belong to no raw partition. */
  List<String> problems() {
    return changes.problems();
  }

  private Books books(int partition) {
    long next = claimed.of(partition);
    Ranges rows = bronze.of(partition);
    long first = first(partition, next);
    var problems = new ArrayList<String>();
    report(problems, missing(partition, new Books.Extent(first, next, "")), "are missing");
    report(problems, rows.twice(), "are in bronze twice");
    if (!rows.isEmpty() && rows.end() > next) {
      report(problems, List.of(new Range(next, rows.end())), "are ahead of the table's offset");
    }
    report(problems, accepted.of(partition).twice(), "were accepted twice");
    report(problems, rejected.of(partition).twice(), "were rejected twice");
    report(problems, accepted.of(partition).shared(rejected.of(partition)), "have two ends");
    report(problems, products.missing(partition), "have no products in silver.event_products");
    report(problems, products.twice(partition), "have their products twice");
    Ranges lost = lost(partition);
    report(problems, ranges(lost), "were received and never accepted, rejected or duplicate");
    return new Books(
        partition,
        new Books.Extent(first, next, lag(partition, next)),
        counts(partition, lost),
        problems);
  }

  private long first(int partition, long next) {
    if (counted.isCut()) {
      return counted.first(partition, next);
    }
    Ranges rows = bronze.of(partition);
    long first = rows.isEmpty() ? next : rows.first();
    return kafka.isPresent() ? Math.min(first, kafka.get().first(partition)) : first;
  }

  /**
   * The gaps in which records are missing. A gap where a {@code read_committed} reader finds no
   * record was left by a transaction, and is no loss.
   */
  private List<Range> missing(int partition, Books.Extent extent) {
    if (extent.first() >= extent.next()) {
      return List.of();
    }
    List<Range> gaps = bronze.of(partition).gaps(extent.first(), extent.next());
    if (kafka.isEmpty() || gaps.isEmpty()) {
      return gaps;
    }
    RawTopicReader topic = kafka.get();
    long first = topic.first(partition);
    long end = topic.end(partition);
    var missing = new ArrayList<Range>();
    for (Range gap : gaps) {
      if (gap.first() < first || gap.end() > end) {
        missing.add(gap);
      } else {
        missing.addAll(topic.records(partition, gap));
      }
    }
    return missing;
  }

  /**
   * The offsets of records that are neither accepted, rejected nor duplicates, although they are
   * old enough and later ones were processed.
   */
  private Ranges lost(int partition) {
    long reached = Math.max(end(accepted.of(partition)), end(rejected.of(partition)));
    var lost = new Ranges();
    for (Unaccounted.Found each : unaccounted.others(partition)) {
      if (each.offset() < reached && each.appended().isBefore(settled)) {
        lost.add(each.offset());
      }
    }
    return lost;
  }

  private static long end(Ranges ranges) {
    return ranges.isEmpty() ? 0 : ranges.end();
  }

  private static List<Range> ranges(Ranges of) {
    return of.isEmpty() ? List.of() : of.shared(of);
  }

  private Books.Counts counts(int partition, Ranges lost) {
    long next = claimed.of(partition);
    long received = bronze.of(partition).count() - unaccounted.erased(partition);
    long duplicates = unaccounted.duplicates(partition).size();
    long open = unaccounted.others(partition).size() - lost.count();
    return new Books.Counts(
        received,
        accepted.of(partition).countBelow(next),
        duplicates,
        rejected.of(partition).countBelow(next),
        open);
  }

  private String lag(int partition, long next) {
    return kafka.map(topic -> Long.toString(topic.end(partition) - next)).orElse("?");
  }

  private static void report(List<String> problems, List<Range> ranges, String what) {
    for (Range range : ranges) {
      problems.add("offsets " + range + " " + what);
    }
  }
}
