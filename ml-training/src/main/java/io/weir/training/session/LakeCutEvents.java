package io.weir.training.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.training.session.LakeSessions.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Reads the events of sessions from {@code silver.events}, from one snapshot of it. */
final class LakeCutEvents {
  private static final String NAME = LakeTables.EVENTS.fullName();
  private static final List<String> OF_PRODUCT = List.of("product_id", "price_e4");

  private static final List<String> PLAIN =
      List.of(
          "event_id",
          "event_type",
          "event_time",
          "visitor_id",
          "url",
          "url_domain",
          "url_path",
          "device",
          "browser",
          "os",
          "country",
          "referrer_class",
          "campaign_source",
          "campaign_name");

  private LakeCutEvents() {}

  /** Gives the sessions their events; returns the snapshot that they come from. */
  static long read(Table table, SessionCuts cuts) {
    Instant from = Instant.ofEpochMilli(cuts.from());
    Instant to = Instant.ofEpochMilli(cuts.to() + 1);
    var range = new Range(Optional.of(from), Optional.of(to), cuts.plan().eventsSnapshot());
    Snapshot snapshot = LakeScan.snapshot(table, NAME, range);
    var columns = new ArrayList<>(PLAIN);
    OF_PRODUCT.forEach(field -> columns.add("products." + LakeFields.column(field)));
    TableRows.read(
        LakeScan.scan(table, snapshot, "event_time", range, columns), row -> cuts.add(event(row)));
    return snapshot.snapshotId();
  }

  private static EnrichedEvent event(Record row) {
    var event = new EnrichedEvent();
    LakeFields.copy(row, PLAIN, event);
    event.setProducts(products((List<?>) row.getField("products")));
    return event;
  }

  private static List<Product> products(@Nullable List<?> rows) {
    return rows == null ? List.of() : rows.stream().map(row -> product((Record) row)).toList();
  }

  private static Product product(Record row) {
    var product = new Product();
    LakeFields.copy(row, OF_PRODUCT, product);
    return product;
  }
}
