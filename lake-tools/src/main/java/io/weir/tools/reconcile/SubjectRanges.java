package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.LakeTables;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.catalog.Catalog;

/**
 * The ranges in which silver can answer each subject.
 *
 * @param sessionsFrom before this time, retention has removed sessions
 * @param eventsFrom before this time, retention has removed events
 * @param orderMemory how far before a purchase another one of its order matters
 */
record SubjectRanges(Instant sessionsFrom, Instant eventsFrom, Duration orderMemory) {

  static SubjectRanges of(Catalog catalog, Duration orderMemory) {
    return new SubjectRanges(
        KeptFrom.of(catalog.loadTable(LakeTables.SESSIONS.identifier())),
        KeptFrom.of(catalog.loadTable(LakeTables.EVENTS.identifier())),
        orderMemory);
  }

  /** The previous active day of a visitor may be any. */
  boolean hasVisitors() {
    return sessionsFrom.equals(Instant.EPOCH) && eventsFrom.equals(Instant.EPOCH);
  }

  /** The part of each range that silver can answer, without those of which it can answer none. */
  SortedMap<CellGroup, BucketRange> of(Map<Grain, BucketRange> wanted) {
    var ranges = new TreeMap<CellGroup, BucketRange>();
    for (Subject subject : SubjectSql.ALL) {
      wanted.forEach(
          (grain, range) -> ranges.put(new CellGroup(subject, grain), held(subject, grain, range)));
    }
    ranges.values().removeIf(BucketRange::isEmpty);
    return ranges;
  }

  private BucketRange held(Subject subject, Grain grain, BucketRange range) {
    return switch (subject) {
      case SESSIONS, CARTS -> range.notBefore(sessionsFrom);
      case LATE -> range.notBefore(eventsFrom);
      case VISITORS -> grain == Grain.DAY && hasVisitors() ? range : BucketRange.NONE;
      default -> range.notBefore(sessionsFrom).notBefore(ordersFrom());
    };
  }

  private Instant ordersFrom() {
    return eventsFrom.equals(Instant.EPOCH) ? eventsFrom : eventsFrom.plus(orderMemory);
  }
}
